package dev.hardnet.backend.cuda;

import dev.hardnet.HarDNetException;
import dev.hardnet.Precision;
import dev.hardnet.graph.Add;
import dev.hardnet.graph.BatchNormRelu;
import dev.hardnet.graph.Conv;
import dev.hardnet.graph.ConvDepthwise;
import dev.hardnet.graph.DepthwiseConv;
import dev.hardnet.graph.GlobalAveragePool;
import dev.hardnet.graph.L2Norm;
import dev.hardnet.graph.Linear;
import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Resize;
import dev.hardnet.graph.ResizeArgMax;
import dev.hardnet.graph.SumToOne;
import dev.hardnet.graph.TransposedConv;
import dev.hardnet.plan.Plan;
import dev.hardnet.plan.SlotLayout;
import dev.hardnet.plan.Step;
import dev.hardnet.weights.WeightStore;
import java.util.List;
import java.util.Map;

/** Turns the steps of a plan into launches. Steps must come in their order, as norms are deferred to later ones. */
final class StepCompiler {
    private final KernelCalls calls;
    private final StripMemory maps;
    private final DeviceWeights weights;
    private final WeightStore store;
    private final Precision precision;
    private final KernelSteps kernels;
    private final ConvolutionSteps convolutions;

    StepCompiler(KernelCalls calls, KernelCalls copies, ConvolutionChooser chooser, StripMemory maps, Plan plan,
                 DeviceWeights weights, WeightStore store, Precision precision) {
        this.calls = calls;
        this.maps = maps;
        this.weights = weights;
        this.store = store;
        this.precision = precision;
        DeferredNorms deferred = new DeferredNorms(plan.graph());
        kernels = new KernelSteps(calls, maps, weights, store, deferred);
        convolutions = new ConvolutionSteps(calls, copies, chooser, maps, weights, store, deferred, precision);
    }

    /** How the convolutions that were compiled are computed. */
    String convolutions() {
        return convolutions.summary();
    }

    /** How each convolution that was compiled is computed, by the index of its step. */
    Map<Integer, String> ways() {
        return convolutions.kinds();
    }

    List<Launch> compile(Step step) {
        SlotLayout slots = maps.slots();
        return switch (step.operator()) {
            case Conv conv -> convolutions.of(ConvolutionCase.of(slots, conv, step.index()), step);
            case Linear linear -> convolutions.of(ConvolutionCase.of(slots, linear, step.index()), step);
            case TransposedConv conv -> TransposedConvolution.of(slots, conv, step.index(), precision)
                    .launches(calls, maps, weights, store, step);
            case DepthwiseConv conv -> kernels.depthwise(conv, step);
            case ConvDepthwise both -> throw new HarDNetException(
                    "The cuda backend has no kernel for %s, %s; expected the two convolutions by themselves."
                            .formatted(both.name(), both.kind()));
            case BatchNormRelu norm -> kernels.batchNormRelu(norm, step);
            case Pool pool -> kernels.pool(pool, step);
            case GlobalAveragePool pool -> kernels.globalAveragePool(pool, step);
            case Add add -> kernels.add(add, step);
            case Resize resize -> kernels.resize(resize, step);
            case ResizeArgMax resize -> kernels.resizeArgMax(resize, step);
            case L2Norm norm -> kernels.l2Norm(norm, step);
            case SumToOne sum -> kernels.sumToOne(sum, step);
        };
    }
}
