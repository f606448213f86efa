package dev.hardnet.traffic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who reads which tensor of a network, and which memory it is. */
final class TensorUses {
    private final Map<String, Layer> writers = new HashMap<>();
    private final Map<String, List<Layer>> readers = new HashMap<>();
    private final Set<String> outputs = new HashSet<>();

    TensorUses(LayerGraph graph) {
        graph.layers().forEach(layer -> writers.put(layer.writes().name(), layer));
        for (Layer layer : graph.layers()) {
            if (layer.kind() != LayerKind.RESHAPE) {
                layer.reads().stream().map(this::memoryOf).distinct()
                        .forEach(tensor -> readers.computeIfAbsent(tensor, _ -> new ArrayList<>()).add(layer));
            }
        }
        graph.outputs().forEach(output -> outputs.add(memoryOf(output)));
    }

    /** The tensor that this one is another view of, or it itself. */
    String memoryOf(LayerTensor tensor) {
        LayerTensor found = tensor;
        while (writers.get(found.name()) instanceof Layer writer && writer.kind() == LayerKind.RESHAPE) {
            found = writer.reads().getFirst();
        }
        return found.name();
    }

    /** The layers that read a tensor, through reshapes too. */
    List<Layer> readers(LayerTensor tensor) {
        return readers.getOrDefault(memoryOf(tensor), List.of());
    }

    /** Whether one layer alone needs a tensor. */
    boolean isPrivate(LayerTensor tensor) {
        return readers(tensor).size() == 1 && !outputs.contains(memoryOf(tensor));
    }

    /** The one layer that needs a tensor, when concatenations and slices are no copies; empty where several do. */
    Optional<Layer> onlyReaderThroughViews(LayerTensor tensor) {
        if (!isPrivate(tensor)) {
            return Optional.empty();
        }
        Layer reader = readers(tensor).getFirst();
        return reader.kind().computes() ? Optional.of(reader) : onlyReaderThroughViews(reader.writes());
    }

    /** The tensors in memory that a tensor consists of, when concatenations and slices are no copies. */
    Set<LayerTensor> sources(LayerTensor tensor) {
        Set<LayerTensor> sources = new LinkedHashSet<>();
        collectSources(tensor, sources);
        return sources;
    }

    private void collectSources(LayerTensor tensor, Set<LayerTensor> sources) {
        Layer writer = writers.get(tensor.name());
        if (writer == null || writer.kind().computes()) {
            sources.add(tensor);
        } else {
            writer.reads().forEach(read -> collectSources(read, sources));
        }
    }
}
