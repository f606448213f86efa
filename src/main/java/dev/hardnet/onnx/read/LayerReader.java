package dev.hardnet.onnx.read;

import dev.hardnet.HarDNetException;
import dev.hardnet.InputSize;
import dev.hardnet.onnx.proto.Onnx.GraphProto;
import dev.hardnet.onnx.proto.Onnx.NodeProto;
import dev.hardnet.onnx.proto.Onnx.ValueInfoProto;
import dev.hardnet.traffic.Layer;
import dev.hardnet.traffic.LayerGraph;
import dev.hardnet.traffic.LayerKind;
import dev.hardnet.traffic.LayerTensor;
import dev.hardnet.traffic.UnsupportedNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Goes through the nodes of a graph in their order, and keeps what is known of each value. */
public final class LayerReader {
    private static final Set<String> STANDARD_DOMAINS = Set.of("", "ai.onnx");

    private final Path file;
    private final GraphProto graph;
    private final GraphValues values;
    private final InputShapes shapes;
    private final NodeNames names = new NodeNames();
    private final Map<String, Dims> toldShapes;
    private final Map<String, String> operators = new HashMap<>();
    private final List<Layer> layers = new ArrayList<>();
    private final List<UnsupportedNode> unsupported = new ArrayList<>();

    /**
     * Prepares to read.
     *
     * @param file  the file, for messages
     * @param graph its graph; large tensors may be without elements
     * @param size  rows and columns where the file leaves them open, or null
     */
    public LayerReader(Path file, GraphProto graph, InputSize size) {
        this.file = file;
        this.graph = graph;
        shapes = new InputShapes(size);
        values = new GraphValues(graph);
        toldShapes = graph.getValueInfoList().stream().filter(value -> InputShapes.told(value).isPresent())
                .collect(Collectors.toMap(ValueInfoProto::getName, value -> InputShapes.told(value).orElseThrow(),
                        (first, _) -> first));
    }

    /**
     * Reads the graph.
     *
     * @return its layers
     * @throws HarDNetException when it contradicts itself, or a size is missing
     */
    public LayerGraph read() {
        try {
            return readGraph();
        } catch (HarDNetException fault) {
            throw new HarDNetException("%s: %s".formatted(file, fault.getMessage()), fault);
        } catch (ArithmeticException overflow) {
            throw new HarDNetException("%s: a tensor has more elements than can be counted.".formatted(file), overflow);
        }
    }

    private LayerGraph readGraph() {
        graph.getInitializerList().forEach(tensor -> values.define(TensorContent.value(tensor)));
        List<LayerTensor> inputs = new ArrayList<>();
        for (ValueInfoProto input : graph.getInputList()) {
            if (!values.isDefined(input.getName())) {
                OnnxValue value = OnnxValue.computed(input.getName(), shapes.of(input));
                values.define(value);
                inputs.add(value.tensor());
            }
        }
        graph.getNodeList().forEach(this::readNode);
        List<LayerTensor> outputs = outputs();
        return new LayerGraph(file.getFileName().toString(), inputs,
                GatedActivations.joined(layers, operators, outputs), outputs, unsupported);
    }

    /** The outputs whose shapes are known. */
    private List<LayerTensor> outputs() {
        return graph.getOutputList().stream().map(output -> values.read(output.getName(), "the graph's output"))
                .flatMap(Optional::stream).map(OnnxValue::tensor).toList();
    }

    private void readNode(NodeProto node) {
        String name = names.take(node);
        List<OnnxValue> inputs = new ArrayList<>();
        for (String input : node.getInputList()) {
            Optional<OnnxValue> value = input.isEmpty() ? Optional.empty() : values.read(input, "node " + name);
            if (value.isEmpty() && !input.isEmpty()) {
                leaveOut(name, node, "It reads %s, whose shape is unknown.".formatted(input), Optional.empty());
                return;
            }
            inputs.add(value.orElse(null));
        }
        read(name, node, new NodeCall(name, node, inputs));
    }

    private void read(String name, NodeProto node, NodeCall call) {
        Optional<NodeRule> rule = OperatorRules.of(node.getOpType())
                .filter(_ -> STANDARD_DOMAINS.contains(node.getDomain()));
        if (rule.isEmpty()) {
            leaveOut(name, node, "Its operator is not known.", Optional.empty());
            return;
        }
        try {
            write(name, node, call, rule.get().infer(call));
        } catch (NodeNotSupported reason) {
            leaveOut(name, node, reason.getMessage(), reason.output());
        } catch (ArithmeticException overflow) {
            throw call.fault("has tensors of more elements than can be counted");
        }
    }

    private void leaveOut(String name, NodeProto node, String reason, Optional<Dims> firstOutput) {
        unsupported.add(new UnsupportedNode(name, node.getOpType(), reason));
        for (int i = 0; i < node.getOutputCount(); i++) {
            String output = node.getOutput(i);
            Optional<Dims> inferred = i == 0 ? firstOutput : Optional.empty();
            inferred.or(() -> Optional.ofNullable(toldShapes.get(output))).ifPresentOrElse(
                    dims -> values.define(OnnxValue.computed(output, dims)), () -> values.defineUnknown(output));
        }
    }

    private void write(String name, NodeProto node, NodeCall call, Inference inference) {
        for (int i = 0; i < node.getOutputCount(); i++) {
            String output = node.getOutput(i);
            if (i >= inference.outputs().size()) {
                values.defineUnknown(output);
            } else if (!output.isEmpty()) {
                write(output, i, name, call, inference);
            }
        }
    }

    /** One output; a constant one needs no layer, and what a pool or a norm writes besides is not counted. */
    private void write(String output, int index, String name, NodeCall call, Inference inference) {
        Dims dims = inference.outputs().get(index);
        if (inference.content().isPresent() || call.inputs().stream().allMatch(OnnxValue::constant)) {
            values.define(OnnxValue.constant(output, dims, content(call, index, inference, dims)));
            return;
        }
        OnnxValue value = OnnxValue.computed(output, dims);
        values.define(value);
        if (index == 0 || call.type().equals("Split")) {
            Layer layer = layer(index == 0 ? name : names.another(name), call, inference, value);
            layers.add(layer);
            operators.put(layer.name(), call.type());
        }
    }

    private static Optional<Numbers> content(NodeCall call, int index, Inference inference, Dims dims) {
        return index > 0 ? Optional.empty()
                : inference.content().or(() -> Folding.content(call, dims));
    }

    private static Layer layer(String name, NodeCall call, Inference inference, OnnxValue written) {
        List<LayerTensor> reads = call.inputs().stream().filter(value -> !value.constant()).distinct()
                .map(OnnxValue::tensor).toList();
        return new Layer(name, inference.kind(), reads, written.tensor(), inference.macs(), inference.weights(),
                inference.convolution());
    }
}
