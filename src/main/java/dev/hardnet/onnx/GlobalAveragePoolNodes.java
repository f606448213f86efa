package dev.hardnet.onnx;

import dev.hardnet.graph.GlobalAveragePool;

/** The mean of each channel: GlobalAveragePool. */
final class GlobalAveragePoolNodes {
    private GlobalAveragePoolNodes() {
    }

    static void add(GlobalAveragePool pool, OnnxGraph graph) {
        graph.node("GlobalAveragePool", pool.name()).reads(graph.values().read(pool.input(), pool.name()))
                .writes(graph.values().write(pool.output()));
    }
}
