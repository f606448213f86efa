package dev.hardnet.backend.cuda;

import dev.hardnet.backend.cuda.ConvolutionChooser.Choice;
import dev.hardnet.backend.cuda.KernelParams.Target;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Measures ways to compute a convolution, on memory of its own. */
final class ConvolutionTimer {
    private static final int WARM_UP = 2;
    private static final int RUNS = 7;
    private static final int PACK = 8;

    private final int device;
    private final byte[] kernels;
    private final EngineStore engines;

    ConvolutionTimer(int device, byte[] kernels, EngineStore engines) {
        this.device = device;
        this.kernels = kernels;
        this.engines = engines;
    }

    /** The choice with the smallest median; the first of equals. */
    Choice fastest(ConvolutionProblem problem, List<Choice> choices) {
        Choice fastest = null;
        float least = Float.POSITIVE_INFINITY;
        for (Choice choice : choices) {
            float millis = millis(problem, choice);
            if (fastest == null || millis < least) {
                fastest = choice;
                least = millis;
            }
        }
        return fastest;
    }

    private float millis(ConvolutionProblem problem, Choice choice) {
        try (CudaSession session = CudaSession.open(device, kernels); Arena params = Arena.ofConfined()) {
            KernelCalls calls = new KernelCalls(session, params, problem.precision());
            List<Launch> launches = new ConvolutionLaunches(calls, engines).of("a measured convolution", problem,
                    choice.method(), operands(session, problem, choice));
            CudaEvent start = session.hold(CudaEvent.create());
            CudaEvent end = session.hold(CudaEvent.create());
            float[] times = new float[RUNS];
            for (int run = -WARM_UP; run < RUNS; run++) {
                start.record(session.stream());
                launches.forEach(Launch::enqueue);
                end.record(session.stream());
                end.synchronize();
                times[Math.max(run, 0)] = end.millisSince(start);
            }
            Arrays.sort(times);
            return times[RUNS / 2];
        }
    }

    /** Zeros for everything: times do not depend on values. */
    private static ConvolutionLaunches.Operands operands(CudaSession session, ConvolutionProblem problem,
                                                         Choice choice) {
        int elementBytes = CudaPlanner.rules(problem.precision()).elementBytes();
        int[] filter = problem.filterDimensions();
        long filterBytes = (long) (filter[0] + PACK) * filter[1] * filter[2] * filter[3] * Float.BYTES;
        long filters = zeros(session, filterBytes);
        long bias = zeros(session, (problem.output().c() + 2L * PACK) * Float.BYTES);
        MapAddress input = map(zeros(session, problem.input().elements() * elementBytes), problem.input());
        List<Target> targets = new ArrayList<>();
        for (int place = 0; place < problem.places(); place++) {
            long output = zeros(session, problem.output().elements() * elementBytes);
            targets.add(new Target(map(output, problem.output()), 0, bias, 0, problem.output().c()));
        }
        long workspace = choice.workspaceBytes() == 0 ? 0 : zeros(session, choice.workspaceBytes());
        return new ConvolutionLaunches.Operands(input.address(), ViewSource.of(input), _ -> filters, bias, targets,
                workspace, choice.workspaceBytes(), false);
    }

    private static MapAddress map(long address, TensorLayout layout) {
        return new MapAddress(address, layout.pictureStride(), layout.channelStride(), layout.columnStride());
    }

    private static long zeros(CudaSession session, long bytes) {
        return session.hold(DeviceMemory.zeros(bytes, "a measurement")).address();
    }
}
