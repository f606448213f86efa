package dev.hardnet.benchmarks.runtime;

import dev.hardnet.graph.Activation;
import dev.hardnet.graph.Add;
import dev.hardnet.graph.Conv;
import dev.hardnet.graph.DepthwiseConv;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.GlobalAveragePool;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.L2Norm;
import dev.hardnet.graph.Linear;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.Output;
import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Resize;
import dev.hardnet.graph.Segment;
import dev.hardnet.graph.SumToOne;
import dev.hardnet.graph.View;
import dev.hardnet.graph.Weighted;
import dev.hardnet.graph.Window;
import dev.hardnet.weights.FoldedWeights;
import dev.hardnet.weights.WeightStore;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a network as a TorchScript function of its input {@code x} and its weights {@code w}, batch norms folded. */
final class TorchScript {
    private final Graph graph;
    private final WeightStore store;
    private final WeightSink sink;
    private final StringBuilder lines = new StringBuilder();

    private int weights;

    /** Takes the tensors that the function reads, one after the other, so that Java never holds all of them. */
    interface WeightSink {
        /**
         * Takes the next one.
         *
         * @param elements in row-major order
         * @param sizes    its sizes
         */
        void add(float[] elements, long... sizes);
    }

    private TorchScript(Graph graph, WeightStore store, WeightSink sink) {
        this.graph = graph;
        this.store = store;
        this.sink = sink;
    }

    /** Writes the function {@code forward}. */
    static String of(Graph graph, WeightStore store, WeightSink sink) {
        TorchScript script = new TorchScript(graph, store, sink);
        script.line("def forward(x: Tensor, w: List[Tensor]) -> List[Tensor]:");
        script.line("    %s = x", variable(graph.input()));
        graph.operators().forEach(script::add);
        script.line("    return [%s]", graph.outputs().stream().map(TorchScript::output)
                .collect(Collectors.joining(", ")));
        return script.lines.toString();
    }

    private void line(String format, Object... values) {
        lines.append(format.formatted(values)).append('\n');
    }

    private void add(Operator operator) {
        line("    %s = %s", variable(operator.output()), switch (operator) {
            case Conv conv -> activated(conv.activation(), convolution(conv, conv.input(), conv.window(), 1));
            case DepthwiseConv conv -> activated(conv.activation(), convolution(conv, conv.input(),
                    new Window(conv.kernel(), conv.stride(), conv.padding(), 1), conv.output().shape().c()));
            case Linear linear -> "torch.linear(torch.flatten(%s, 1), %s)".formatted(read(linear.input()),
                    folded(linear));
            case Add add -> activated(add.activation(), "(%s + %s)".formatted(read(add.left()), read(add.right())));
            case GlobalAveragePool pool -> "torch.mean(%s, [2, 3], True)".formatted(read(pool.input()));
            case Pool pool -> pool(pool);
            case Resize resize -> "torch.upsample_bilinear2d(%s, [%d, %d], True, None, None)".formatted(
                    read(resize.input()), resize.output().shape().h(), resize.output().shape().w());
            case L2Norm norm -> "%1$s / (torch.norm(%1$s, 2, [1], True) + %2$s) * %3$s".formatted(read(norm.input()),
                    L2Norm.EPSILON, weight(store.weight(norm), 1, norm.input().shape().c(), 1, 1));
            case SumToOne share -> "%1$s / (torch.sum(%1$s, [1], True) + %2$s)".formatted(read(share.input()),
                    SumToOne.OFFSET);
            default -> throw new UnsupportedOperationException(
                    "%s is a %s, which is not written as TorchScript".formatted(operator.name(), operator.kind()));
        });
    }

    private String convolution(Weighted operator, View input, Window window, int groups) {
        return "torch.conv2d(%s, %s, [%d, %d], [%d, %d], [%d, %d], %d)".formatted(read(input), folded(operator),
                window.stride(), window.stride(), window.paddingHeight(), window.paddingWidth(), window.dilation(),
                window.dilation(), groups);
    }

    private String pool(Pool pool) {
        String windows = "%1$s, [%2$d, %2$d], [%3$d, %3$d], [%4$d, %4$d]".formatted(read(pool.input()), pool.kernel(),
                pool.stride(), pool.padding());
        String ceil = pool.ceilMode() ? "True" : "False";
        return switch (pool.type()) {
            case MAX -> "torch.max_pool2d(%s, [1, 1], %s)".formatted(windows, ceil);
            case AVERAGE -> "torch.avg_pool2d(%s, %s, True)".formatted(windows, ceil);
        };
    }

    private static String activated(Activation activation, String sums) {
        return switch (activation) {
            case NONE -> sums;
            case RELU -> "torch.relu_(%s)".formatted(sums);
            case RELU6 -> "torch.clamp_(%s, 0.0, 6.0)".formatted(sums);
        };
    }

    private String folded(Weighted operator) {
        FoldedWeights folded = store.folded(operator);
        return weight(folded.weight(), operator.weightShape().stream().mapToLong(Integer::longValue).toArray()) + ", "
                + weight(folded.bias(), folded.bias().length);
    }

    private String weight(float[] elements, long... sizes) {
        sink.add(elements, sizes);
        return "w[%d]".formatted(weights++);
    }

    private static String read(View view) {
        List<String> parts = view.segments().stream().map(TorchScript::read).toList();
        return parts.size() == 1 ? parts.getFirst() : "torch.cat(%s, 1)".formatted(parts);
    }

    private static String read(Segment segment) {
        String variable = variable(segment.map());
        return segment.channels() == segment.map().shape().c() ? variable
                : "torch.narrow(%s, 1, %d, %d)".formatted(variable, segment.firstChannel(), segment.channels());
    }

    private static String output(Output output) {
        String maps = switch (output.layout()) {
            case PLANES -> variable(output.maps().getFirst());
            case PRIORS -> "torch.cat([%s], 1)".formatted(output.maps().stream().map(map ->
                    "torch.reshape(torch.permute(%s, [0, 2, 3, 1]), [%d, -1, %d])".formatted(variable(map),
                            map.shape().n(), output.values())).collect(Collectors.joining(", ")));
        };
        return "torch.reshape(%s, %s)".formatted(maps, Arrays.toString(output.tensorShape()));
    }

    private static String variable(FeatureMap map) {
        return "m" + map.id();
    }
}
