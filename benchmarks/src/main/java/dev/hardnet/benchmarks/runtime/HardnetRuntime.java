package dev.hardnet.benchmarks.runtime;

import dev.hardnet.Model;
import dev.hardnet.Network;
import dev.hardnet.Session;
import dev.hardnet.Tensor;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** This project's session on the processor; copies of input and outputs are part of a run. */
final class HardnetRuntime implements InferenceRuntime {
    private final Session session;
    private final Tensor input;
    private final List<Tensor> outputs;

    HardnetRuntime(BenchmarkCase each, CaseFiles files) {
        try (Model model = Model.load(Network.byName(each.network()), files.weights(each))) {
            session = Session.open(model, each.sessionOptions());
        }
        input = each.input();
        outputs = session.newOutputs();
    }

    @Override
    public void run() {
        session.run(input, outputs);
    }

    @Override
    public Map<String, FloatBuffer> outputs() {
        Map<String, FloatBuffer> named = new LinkedHashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            named.put(session.outputNames().get(i), FloatBuffer.wrap(outputs.get(i).data()));
        }
        return named;
    }

    @Override
    public void close() {
        session.close();
    }
}
