package dev.hardnet.backend.cuda;

import dev.hardnet.backend.cuda.KernelCalls.Work;
import dev.hardnet.backend.cuda.KernelParams.Limits;
import dev.hardnet.backend.cuda.KernelParams.Target;
import dev.hardnet.graph.Activation;
import dev.hardnet.graph.Add;
import dev.hardnet.graph.BatchNormRelu;
import dev.hardnet.graph.DepthwiseConv;
import dev.hardnet.graph.GlobalAveragePool;
import dev.hardnet.graph.L2Norm;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Resize;
import dev.hardnet.graph.ResizeArgMax;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.SumToOne;
import dev.hardnet.graph.View;
import dev.hardnet.plan.Step;
import dev.hardnet.weights.FoldedWeights;
import dev.hardnet.weights.WeightStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Launches for the operators that own kernels compute. */
final class KernelSteps {
    /** Channels that kernels read at a time. */
    private static final int PACK = 8;

    private final KernelCalls calls;
    private final StripMemory maps;
    private final DeviceWeights weights;
    private final WeightStore store;
    private final DeferredNorms deferred;

    KernelSteps(KernelCalls calls, StripMemory maps, DeviceWeights weights, WeightStore store,
                DeferredNorms deferred) {
        this.calls = calls;
        this.maps = maps;
        this.weights = weights;
        this.store = store;
        this.deferred = deferred;
    }

    static Limits limits(Activation activation) {
        return switch (activation) {
            case NONE -> Limits.NONE;
            case RELU -> new Limits(0, Float.POSITIVE_INFINITY);
            case RELU6 -> new Limits(0, 6);
        };
    }

    List<Launch> pool(Pool pool, Step step) {
        String kernel = switch (pool.type()) {
            case MAX -> "hn_max_pool";
            case AVERAGE -> "hn_average_pool";
        };
        return write(kernel, Work.ELEMENTS, pool, step, maps.targets(pool.output()), params -> {
            window(params, pool.kernel(), pool.stride(), pool.padding());
            deferred.of(pool.input()).ifPresent(
                    norm -> params.inputShift(norm.shift()).inputLimits(norm.limits()));
        });
    }

    List<Launch> globalAveragePool(GlobalAveragePool pool, Step step) {
        return write("hn_global_average_pool", Work.PLANES, pool, step, maps.targets(pool.output()), _ -> { });
    }

    List<Launch> resize(Resize resize, Step step) {
        return write("hn_resize", Work.ELEMENTS, resize, step, maps.targets(resize.output()), _ -> { });
    }

    List<Launch> resizeArgMax(ResizeArgMax resize, Step step) {
        return write("hn_resize_arg_max", Work.INDEXES, resize, step, maps.targets(resize.output()), _ -> { });
    }

    List<Launch> sumToOne(SumToOne sum, Step step) {
        return write("hn_sum_to_one", Work.PLANES, sum, step, maps.targets(sum.output()), _ -> { });
    }

    List<Launch> add(Add add, Step step) {
        return write("hn_add", Work.ELEMENTS, add, step, maps.targets(add.output()),
                params -> params.limits(limits(add.activation())));
    }

    List<Launch> l2Norm(L2Norm norm, Step step) {
        long weight = weights.floats(norm.name() + " L2 weight", () -> padded(store.weight(norm)));
        return write("hn_l2_norm", Work.PIXELS, norm, step, maps.targets(norm.output()),
                params -> params.weight(weight));
    }

    List<Launch> depthwise(DepthwiseConv conv, Step step) {
        int channels = conv.output().shape().c();
        int paddedChannels = maps.slots().places(conv.output()).getFirst().slot().channels();
        long weight = weights.floats(conv.name() + " depthwise " + paddedChannels, () -> tapMajor(
                store.folded(conv).weight(), channels, paddedChannels));
        long bias = weights.floats(conv.name() + " bias", () -> padded(store.folded(conv).bias()));
        return write("hn_depthwise_conv", Work.ELEMENTS, conv, step, maps.targets(conv.output(), 0, bias),
                params -> window(params.weight(weight).limits(limits(conv.activation())), conv.kernel(),
                        conv.stride(), conv.padding()));
    }

    List<Launch> batchNormRelu(BatchNormRelu norm, Step step) {
        List<Target> targets = new ArrayList<>();
        for (BatchNormRelu.Destination destination : norm.destinations()) {
            FoldedWeights scaling = store.scaling(destination);
            String name = destination.output().name() + " " + destination.output().id();
            long scale = weights.floats(name + " scale", () -> padded(scaling.weight()));
            long shift = weights.floats(name + " shift", () -> padded(scaling.bias()));
            targets.addAll(maps.targets(destination.output(), scale, shift));
        }
        return calls.norm(source(norm.input(), step), norm.input().shape(), targets, norm.input().shape().w(),
                limits(Activation.RELU));
    }

    private List<Launch> write(String kernel, Work work, Operator operator, Step step, List<Target> targets,
                               Consumer<KernelParams> fill) {
        Shape in = operator.reads().getFirst().shape();
        List<ViewSource> sources = operator.reads().stream().map(view -> source(view, step)).toList();
        return calls.write(kernel, work, sources, operator.output().shape(), targets, params -> {
            params.set("in_c", in.c()).set("in_h", in.h()).set("in_w", in.w());
            fill.accept(params);
        });
    }

    private ViewSource source(View view, Step step) {
        return ViewSource.of(maps, view, step.index(), calls.isHalf(), calls.session());
    }

    private static void window(KernelParams params, int kernel, int stride, int padding) {
        params.set("kernel_h", kernel).set("kernel_w", kernel).set("stride", stride).set("padding_h", padding)
                .set("padding_w", padding).set("dilation", 1);
    }

    /** Filled up so that a kernel may read whole packs from any channel on. */
    static float[] padded(float[] values) {
        return FilterPacking.padded(values, (values.length / PACK + 2) * PACK);
    }

    private static float[] tapMajor(float[] weight, int channels, int paddedChannels) {
        int taps = weight.length / channels;
        float[] packed = new float[taps * paddedChannels];
        for (int i = 0; i < weight.length; i++) {
            packed[i % taps * paddedChannels + i / taps] = weight[i];
        }
        return packed;
    }
}
