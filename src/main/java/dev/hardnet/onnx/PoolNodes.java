package dev.hardnet.onnx;

import dev.hardnet.graph.Pool;
import java.util.Arrays;
import java.util.List;

/**
 * Maximum and average pools: MaxPool and AveragePool without their ceil_mode, whose divisor runtimes disagree about.
 * What a last, incomplete window adds is written as padding instead; an average, which counts all padding, is then put
 * right for these windows.
 */
final class PoolNodes {
    private PoolNodes() {
    }

    static void add(Pool pool, OnnxGraph graph) {
        int bottom = overhang(pool, pool.input().shape().h(), pool.output().shape().h());
        int right = overhang(pool, pool.input().shape().w(), pool.output().shape().w());
        int padding = pool.padding();
        boolean average = pool.type() == Pool.Type.AVERAGE;
        OnnxNode node = graph.node(average ? "AveragePool" : "MaxPool", pool.name())
                .reads(graph.values().read(pool.input(), pool.name()))
                .integers("kernel_shape", pool.kernel(), pool.kernel())
                .integers("strides", pool.stride(), pool.stride())
                .integers("pads", padding, padding, padding + bottom, padding + right);
        if (average) {
            node.integer("count_include_pad", 1);
        }
        if (average && bottom + right > 0) {
            node = corrected(node, pool, bottom, right, graph);
        }
        node.writes(graph.values().write(pool.output()));
    }

    /** Rows or columns of the last window beyond the padded map. */
    private static int overhang(Pool pool, int from, int to) {
        return Math.max(0, (to - 1) * pool.stride() + pool.kernel() - from - 2 * pool.padding());
    }

    private static OnnxNode corrected(OnnxNode node, Pool pool, int bottom, int right, OnnxGraph graph) {
        OnnxNode last = node;
        if (bottom > 0) {
            int rows = pool.output().shape().h();
            last = multiplied(last, pool.name() + "/rows", factors(pool, rows, bottom), List.of((long) rows, 1L),
                    graph);
        }
        if (right > 0) {
            int columns = pool.output().shape().w();
            last = multiplied(last, pool.name() + "/columns", factors(pool, columns, right), List.of((long) columns),
                    graph);
        }
        return last;
    }

    /** From a divisor of kernel to one of what lies inside: 1 but for the last window. */
    private static float[] factors(Pool pool, int windows, int overhang) {
        float[] factors = new float[windows];
        Arrays.fill(factors, 1);
        factors[windows - 1] = (float) pool.kernel() / (pool.kernel() - overhang);
        return factors;
    }

    private static OnnxNode multiplied(OnnxNode node, String name, float[] factors, List<Long> dims, OnnxGraph graph) {
        String averages = node.writes(graph.values().unused(name + "/averages"));
        return graph.node("Mul", name).reads(averages,
                graph.floats(name + "/factors", dims, factors));
    }
}
