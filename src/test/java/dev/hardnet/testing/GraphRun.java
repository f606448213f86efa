package dev.hardnet.testing;

import dev.hardnet.Tensor;
import dev.hardnet.backend.Backend;
import dev.hardnet.backend.BackendOptions;
import dev.hardnet.backend.Executable;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Output;
import dev.hardnet.weights.WeightSource;
import dev.hardnet.weights.WeightStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs graphs that are no network. */
public final class GraphRun {
    private GraphRun() {
    }

    /** The outputs by name of one run on a backend. */
    public static Map<String, Tensor> on(Backend backend, Graph graph, WeightSource source, Tensor input, int threads) {
        WeightStore weights = new WeightStore(source);
        BackendOptions options = new BackendOptions(threads, false);
        List<Output> outputs = graph.outputs();
        List<Tensor> tensors = outputs.stream()
                .map(output -> Tensor.zeros(output.type(), output.tensorShape())).toList();
        try (Executable executable = backend.compile(backend.plan(graph, options), weights, options)) {
            executable.run(input, tensors);
        } finally {
            weights.release();
        }
        Map<String, Tensor> named = new LinkedHashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            named.put(outputs.get(i).name(), tensors.get(i));
        }
        return named;
    }
}
