package dev.hardnet.backend.cpu;

import dev.hardnet.HarDNetException;
import dev.hardnet.Precision;
import dev.hardnet.backend.Backend;
import dev.hardnet.backend.BackendOptions;
import dev.hardnet.backend.Executable;
import dev.hardnet.graph.Bfloat16Maps;
import dev.hardnet.graph.ConvDepthwiseFusion;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.ReadoutFusion;
import dev.hardnet.plan.Plan;
import dev.hardnet.weights.WeightStore;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The native kernels of one instruction-set tier. They choose how to compute a convolution by its sizes; with tuning,
 * measurements do.
 */
public final class CpuBackend implements Backend {
    private final Tier tier;
    private final ConvolutionWay way;
    private final boolean bfloat16;

    private CpuBackend(Tier tier, ConvolutionWay way, boolean bfloat16) {
        this.tier = tier;
        this.way = way;
        this.bfloat16 = bfloat16;
    }

    /**
     * Opens the backend for float32, as {@link #open(Precision)}.
     *
     * @return the backend
     * @throws HarDNetException when the native library is missing or another version's
     */
    public static CpuBackend open() {
        return open(Precision.FLOAT32);
    }

    /**
     * Opens the backend with the processor's best tier, or the one of {@code -Dhardnet.cpu.tier}, and with the way of
     * convolution of {@code -Dhardnet.cpu.convolution}, if any.
     *
     * @param precision float32, or bfloat16 for maps and large weights
     * @return the backend
     * @throws HarDNetException when the native library is missing or another version's
     */
    public static CpuBackend open(Precision precision) {
        NativeLibrary library = NativeLibrary.load();
        if (NativeFunctions.abiVersion() != NativeFunctions.ABI_VERSION) {
            throw new HarDNetException("The native library %s has interface version %d; expected %d.".formatted(
                    library.file(), NativeFunctions.abiVersion(), NativeFunctions.ABI_VERSION));
        }
        return new CpuBackend(Tier.chosen(), ConvolutionWay.wanted(), precision == Precision.BFLOAT16);
    }

    Kernels kernels() {
        return Kernels.all(tier, way);
    }

    /**
     * The tier its kernels use.
     *
     * @return the tier
     */
    public Tier tier() {
        return tier;
    }

    /**
     * The processor's instruction sets, for reports.
     *
     * @return one line
     */
    public String processor() {
        return MeasurementFunctions.processor();
    }

    @Override
    public String name() {
        return "cpu " + tier + (bfloat16 ? " " + Precision.BFLOAT16 : "");
    }

    @Override
    public Plan plan(Graph graph, BackendOptions options) {
        Graph fused = ReadoutFusion.apply(ConvDepthwiseFusion.apply(graph));
        Graph stored = bfloat16 ? Bfloat16Maps.apply(fused) : fused;
        for (Operator operator : stored.operators()) {
            check(operator);
        }
        return Plan.of(stored);
    }

    private void check(Operator operator) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment step = call.allocate(NativeStructs.STEP);
            StepWriter.writeSizes(step, operator, way);
            NativeFunctions.checkStep(tier.ordinal(), step, operator.name());
        }
    }

    @Override
    public Executable compile(Plan plan, WeightStore weights, BackendOptions options) {
        // A way that was forced leaves nothing to measure.
        Kernels kernels = options.tune() && way == ConvolutionWay.CHOSEN
                ? new ConvolutionChooser(tier, options, plan.graph().input().type()).choose(plan)
                : Kernels.all(tier, way);
        return CpuExecutable.prepare(plan, weights, kernels, options.threads());
    }
}
