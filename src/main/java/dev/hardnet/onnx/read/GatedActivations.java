package dev.hardnet.onnx.read;

import dev.hardnet.traffic.Layer;
import dev.hardnet.traffic.LayerKind;
import dev.hardnet.traffic.LayerTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds Swish and HardSwish where a file spells them as products: x times its sigmoid, one layer in frameworks. */
final class GatedActivations {
    private static final Set<String> GATES = Set.of("Sigmoid", "HardSigmoid");

    private final Map<String, String> operators;
    private final Map<LayerTensor, Layer> writers;
    private final Map<LayerTensor, Long> readers;

    private GatedActivations(List<Layer> layers, Map<String, String> operators, List<LayerTensor> outputs) {
        this.operators = operators;
        writers = layers.stream().collect(Collectors.toMap(Layer::writes, layer -> layer));
        readers = layers.stream().flatMap(layer -> layer.reads().stream())
                .collect(Collectors.groupingBy(tensor -> tensor, HashMap::new, Collectors.counting()));
        outputs.forEach(output -> readers.merge(output, 1L, Long::sum));
    }

    /**
     * Joins each gate with its product.
     *
     * @param operators the operator of each layer, by its name
     * @param outputs   tensors that are read from outside
     */
    static List<Layer> joined(List<Layer> layers, Map<String, String> operators, List<LayerTensor> outputs) {
        GatedActivations activations = new GatedActivations(layers, operators, outputs);
        List<Layer> joined = new ArrayList<>();
        for (Layer layer : layers) {
            Optional<Layer> gate = activations.gate(layer);
            gate.ifPresent(joined::remove);
            joined.add(gate.map(found -> activation(layer, found)).orElse(layer));
        }
        return joined;
    }

    private static Layer activation(Layer product, Layer gate) {
        return new Layer(product.name(), LayerKind.ACTIVATION, gate.reads(), product.writes(), 0, 0, Optional.empty());
    }

    /** The layer whose result a product multiplies its own input by, and nobody else reads. */
    private Optional<Layer> gate(Layer product) {
        if (!operators.get(product.name()).equals("Mul") || product.reads().size() != 2) {
            return Optional.empty();
        }
        return product.reads().stream().map(writers::get)
                .filter(writer -> writer != null && GATES.contains(operators.get(writer.name())))
                .filter(gate -> product.reads().containsAll(gate.reads()) && readers.get(gate.writes()) == 1)
                .findFirst();
    }
}
