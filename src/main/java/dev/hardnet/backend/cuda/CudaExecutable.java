package dev.hardnet.backend.cuda;

import dev.hardnet.Precision;
import dev.hardnet.Tensor;
import dev.hardnet.backend.Executable;
import dev.hardnet.graph.Output;
import dev.hardnet.plan.Plan;
import dev.hardnet.weights.WeightStore;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A plan on a GPU: one arena, and one recorded graph that is launched for each run. */
final class CudaExecutable implements Executable {
    private static final int WARM_UP = 3;

    private final CudaSession session;
    private final Arena params;
    private final InputTransfer input;
    private final List<OutputTransfer> outputs;
    private final StepSchedule steps;
    private final CudaGraph whole;
    private final String convolutions;
    private final Map<Integer, String> ways;
    private final long arenaBytes;
    private final DeviceWeights weights;

    private CudaExecutable(CudaSession session, Arena params, Plan plan, WeightStore store,
                           ConvolutionChooser chooser, Precision precision) {
        this.session = session;
        this.params = params;
        DeviceMemory arena = session.hold(DeviceMemory.zeros(plan.arenaBytes(), "the arena"));
        StripMemory maps = new StripMemory(plan, arena.address());
        KernelCalls calls = new KernelCalls(session, params, precision);
        arenaBytes = arena.bytes();
        weights = DeviceWeights.of(store, session.device());
        CudaStream side = session.hold(CudaStream.create());
        StepCompiler compiler = new StepCompiler(calls, calls.into(side), chooser, maps, plan, weights, store,
                precision);
        input = new InputTransfer(calls, maps, plan.graph().input());
        steps = new StepSchedule(session, side, plan.steps().stream().map(compiler::compile).toList(),
                new CopyPlan(maps.slots()));
        convolutions = compiler.convolutions();
        ways = compiler.ways();
        outputs = new ArrayList<>();
        for (Output output : plan.graph().outputs()) {
            outputs.add(new OutputTransfer(calls, maps, output));
        }
        // The first run loads what libraries load at first use, which cannot be recorded.
        enqueueAll();
        session.stream().synchronize();
        whole = session.hold(session.stream().capture(this::enqueueAll));
    }

    /** Takes over the session when it succeeds. */
    static CudaExecutable prepare(CudaSession session, Plan plan, WeightStore store, ConvolutionChooser chooser,
                                  Precision precision) {
        Arena params = Arena.ofShared();
        try {
            return new CudaExecutable(session, params, plan, store, chooser, precision);
        } catch (RuntimeException | Error failure) {
            params.close();
            throw failure;
        }
    }

    private void enqueueAll() {
        input.launches().forEach(Launch::enqueue);
        steps.enqueueAll();
        outputs.forEach(output -> output.launches().forEach(Launch::enqueue));
    }

    @Override
    public void run(Tensor from, List<Tensor> to) {
        session.context().makeCurrent();
        input.stage(from);
        try (ProfilerRange _ = ProfilerRange.begin()) {
            whole.launch(session.stream());
            session.stream().synchronize();
        }
        for (int i = 0; i < outputs.size(); i++) {
            outputs.get(i).read(to.get(i));
        }
    }

    @Override
    public long[] profile() {
        session.context().makeCurrent();
        try (Resources events = new Resources()) {
            List<CudaEvent> moments = new ArrayList<>();
            for (int i = 0; i <= steps.size(); i++) {
                moments.add(events.add(CudaEvent.create()));
            }
            moments.getFirst().record(session.stream());
            for (int i = 0; i < steps.size(); i++) {
                steps.enqueue(i);
                moments.get(i + 1).record(session.stream());
            }
            session.stream().synchronize();
            long[] nanoseconds = new long[steps.size()];
            Arrays.setAll(nanoseconds, i -> Math.round(1e6 * moments.get(i + 1).millisSince(moments.get(i))));
            return nanoseconds;
        }
    }

    /** The recorded steps without the transfers of input and outputs. */
    @Override
    public OptionalDouble deviceMillis(int runs) {
        session.context().makeCurrent();
        try (Resources measured = new Resources()) {
            CudaGraph graph = measured.add(session.stream().capture(steps::enqueueAll));
            CudaEvent start = measured.add(CudaEvent.create());
            CudaEvent end = measured.add(CudaEvent.create());
            double[] millis = new double[runs];
            for (int run = -WARM_UP; run < runs; run++) {
                start.record(session.stream());
                graph.launch(session.stream());
                end.record(session.stream());
                end.synchronize();
                millis[Math.max(run, 0)] = end.millisSince(start);
            }
            Arrays.sort(millis);
            return OptionalDouble.of(millis[(runs - 1) / 2]);
        }
    }

    @Override
    public OptionalLong deviceBytes() {
        return OptionalLong.of(arenaBytes + weights.bytes());
    }

    @Override
    public String convolutions() {
        return convolutions;
    }

    @Override
    public String way(int step) {
        return ways.getOrDefault(step, "");
    }

    @Override
    public void close() {
        session.context().tryToMakeCurrent();
        session.close();
        params.close();
    }
}
