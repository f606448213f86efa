package dev.hardnet.onnx;

import dev.hardnet.graph.Resize;
import dev.hardnet.graph.Shape;

/** Bilinear interpolation: Resize to sizes whose batch is the input's. */
final class ResizeNodes {
    private ResizeNodes() {
    }

    static void add(Resize resize, OnnxGraph graph) {
        String input = graph.values().read(resize.input(), resize.name());
        node(resize.name(), input, resize.output().shape(), graph).writes(graph.values().write(resize.output()));
    }

    /** The node that resizes to these channels, rows and columns; its output is still open. */
    static OnnxNode node(String name, String input, Shape to, OnnxGraph graph) {
        String planes = graph.longs("sizes_%dx%dx%d".formatted(to.c(), to.h(), to.w()), to.c(), to.h(), to.w());
        String sizes = graph.node("Concat", name + "/sizes").reads(graph.batchSize(), planes).integer("axis", 0)
                .writes(graph.values().unused(name + "/sizes"));
        return graph.node("Resize", name).reads(input, "", "", sizes).text("mode", "linear")
                .text("coordinate_transformation_mode", "align_corners");
    }
}
