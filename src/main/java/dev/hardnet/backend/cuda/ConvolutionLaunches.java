package dev.hardnet.backend.cuda;

import dev.hardnet.HarDNetException;
import dev.hardnet.backend.cuda.KernelParams.Limits;
import dev.hardnet.backend.cuda.KernelParams.Target;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Launches of a convolution by a given method. */
final class ConvolutionLaunches {
    private final KernelCalls calls;
    private final KernelCalls copies;
    private final CudaSession session;
    private final EngineStore store;
    /** Equal convolutions share an engine. */
    private final Map<EngineStore.Key, CudnnEngine> engines = new HashMap<>();

    /**
     * The addresses of a convolution.
     *
     * @param input          of the first channel that is read
     * @param source         the same for own kernels
     * @param filters        of the filter, as the method wants it
     * @param bias           of a float32 for each output channel, padding included
     * @param targets        the places of the result, the first for all of it; each with the bias as shift
     * @param workspace      of the step's workspace
     * @param workspaceBytes its size
     * @param deferred       whether the reader adds the bias and applies the limits
     */
    record Operands(long input, ViewSource source, ToLongFunction<ConvolutionMethod> filters, long bias,
                    List<Target> targets, long workspace, long workspaceBytes, boolean deferred) {
        long output() {
            return targets.getFirst().map().address();
        }
    }

    /** All launches follow each other in the stream of the calls. */
    ConvolutionLaunches(KernelCalls calls, EngineStore store) {
        this(calls, calls, store);
    }

    /** Copies to further places are {@link SideLaunch} where they have calls of their own. */
    ConvolutionLaunches(KernelCalls calls, KernelCalls copies, EngineStore store) {
        this.calls = calls;
        this.copies = copies;
        this.store = store;
        session = calls.session();
    }

    /**
     * Makes the launches.
     *
     * @param name     the operator's, for error messages
     * @param problem  the convolution
     * @param method   how it is computed
     * @param operands where everything is
     */
    List<Launch> of(String name, ConvolutionProblem problem, ConvolutionMethod method, Operands operands) {
        return switch (method) {
            case ConvolutionMethod.Graph(int rank) -> graph(name, problem, rank, operands);
            case ConvolutionMethod.Legacy(int algorithm) -> legacy(problem, algorithm, operands);
            case ConvolutionMethod.Segments segments -> segments(problem, segments, operands);
        };
    }

    private List<Launch> graph(String name, ConvolutionProblem problem, int rank, Operands operands) {
        CudnnEngine engine = engines.computeIfAbsent(new EngineStore.Key(problem, rank),
                _ -> open(name, problem, rank));
        List<Launch> launches = new ArrayList<>();
        launches.add(engine.bind(operands.input(), operands.filters().applyAsLong(new ConvolutionMethod.Graph(rank)),
                operands.bias(), operands.output(), operands.workspace()));
        List<Target> others = operands.targets().subList(1, operands.targets().size()).stream()
                .map(Target::unchanged).toList();
        List<Launch> copying = norm(copies, problem, operands, others, Limits.NONE);
        launches.addAll(copies == calls ? copying : copying.stream().<Launch>map(SideLaunch::new).toList());
        return launches;
    }

    private CudnnEngine open(String name, ConvolutionProblem problem, int rank) {
        return session.hold(store.open(session.cudnn(), problem, rank).orElseThrow(() -> new HarDNetException(
                "cuDNN no longer supports engine %d for %s, which it did before.".formatted(rank, name))));
    }

    /** The raw result goes to the first place, from which the norm kernel writes all of them, the first one too. */
    private List<Launch> legacy(ConvolutionProblem problem, int algorithm, Operands operands) {
        LegacyConvolution convolution = session.hold(LegacyConvolution.of(session.cudnn(), problem));
        List<Launch> launches = new ArrayList<>();
        launches.add(convolution.bind(algorithm, operands.input(),
                operands.filters().applyAsLong(new ConvolutionMethod.Legacy(algorithm)), operands.output(),
                operands.workspace(), operands.workspaceBytes()));
        if (!operands.deferred()) {
            launches.addAll(norm(calls, problem, operands, operands.targets(), problem.limits()));
        }
        return launches;
    }

    private static List<Launch> norm(KernelCalls calls, ConvolutionProblem problem, Operands operands,
                                     List<Target> targets, Limits limits) {
        Shape shape = shape(problem);
        return calls.norm(ViewSource.of(operands.targets().getFirst().map()), shape, targets, shape.w(), limits);
    }

    private List<Launch> segments(ConvolutionProblem problem, ConvolutionMethod.Segments method, Operands operands) {
        Window window = problem.window();
        return calls.convolution(method, operands.source(), shape(problem), operands.targets(), problem.limits(),
                operands.workspace(), params -> params.weight(operands.filters().applyAsLong(method))
                        .set("in_c", problem.input().c()).set("in_h", problem.input().h())
                        .set("in_w", problem.input().w()).set("kernel_h", window.kernelHeight())
                        .set("kernel_w", window.kernelWidth()).set("stride", window.stride())
                        .set("padding_h", window.paddingHeight()).set("padding_w", window.paddingWidth())
                        .set("dilation", window.dilation()));
    }

    private static Shape shape(ConvolutionProblem problem) {
        TensorLayout output = problem.output();
        return new Shape(output.n(), problem.outputs(), output.h(), output.w());
    }
}
