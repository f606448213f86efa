package dev.hardnet.onnx;

import dev.hardnet.graph.ElementType;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Output;
import dev.hardnet.graph.View;
import java.util.List;

/** Maps read out as tensors: nothing for a map that is one; else Flatten, Squeeze, or Transpose, Reshape and Concat. */
final class OutputNodes {
    private final OnnxGraph graph;
    private final Output output;

    private OutputNodes(OnnxGraph graph, Output output) {
        this.graph = graph;
        this.output = output;
    }

    static void add(List<Output> outputs, OnnxGraph graph) {
        outputs.forEach(output -> new OutputNodes(graph, output).add());
    }

    private void add() {
        if (output.layout() == Output.Layout.PRIORS) {
            addPriors();
        } else if (output.type() == ElementType.UINT8) {
            graph.node("Squeeze", output.name() + "/output").reads(map(), graph.longs("channel_axis", 1)).writes(output.name());
        } else {
            String value = output.tensorShape().length == 2 ? vector() : map();
            if (!value.equals(output.name())) {
                graph.node("Identity", output.name() + "/output").reads(value).writes(output.name());
            }
        }
    }

    private String map() {
        return graph.values().read(View.of(output.maps().getFirst()), output.name());
    }

    private String vector() {
        return graph.values().readVector(View.of(output.maps().getFirst()), output.name());
    }

    private void addPriors() {
        if (output.maps().size() == 1) {
            priors(output.maps().getFirst()).writes(output.name());
            return;
        }
        String[] parts = output.maps().stream()
                .map(map -> priors(map).writes(graph.values().unused(output.name() + "/" + map.name())))
                .toArray(String[]::new);
        graph.node("Concat", output.name() + "/output").reads(parts).integer("axis", 1).writes(output.name());
    }

    /** One map as N x priors x values; the 0 of the shape keeps the batch. */
    private OnnxNode priors(FeatureMap map) {
        String name = output.name() + "/" + map.name();
        String pixels = graph.node("Transpose", name + "/pixels")
                .reads(graph.values().read(View.of(map), name)).integers("perm", 0, 2, 3, 1)
                .writes(graph.values().unused(name + "/pixels"));
        int priors = Math.toIntExact(map.shape().elements() / map.shape().n() / output.values());
        String shape = graph.longs("shape_%dx%d".formatted(priors, output.values()), 0, priors, output.values());
        return graph.node("Reshape", name).reads(pixels, shape);
    }
}
