package dev.hardnet.testing;

import dev.hardnet.graph.Activation;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.GraphBuilder.NormSlice;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import dev.hardnet.graph.Window;
import java.util.List;
import java.util.function.Consumer;

/** Operators alone, each added to a graph whose outputs it marks, and all of them reading odd views. */
public enum OperatorCase {
    DILATED_CONV(graph -> graph.output("y", graph.conv("op", graph.input(), 7,
            Window.same(3).padding(4).dilation(4), Activation.RELU, Parameters.normalized("w", "norm")))),
    CONV_7X7_STRIDE_2(graph -> graph.output("y", graph.conv("op", parts(graph), 9, 7, 2, Activation.RELU6,
            Parameters.biased("op")))),
    CONV_4X4_PADDING_1(graph -> graph.output("y", graph.conv("op", graph.input(), 5,
            Window.same(4).padding(1), Activation.NONE, Parameters.biased("op")))),
    CONV_WITHOUT_PADDING(graph -> graph.output("y", graph.conv("op", parts(graph), 5,
            Window.same(3).padding(0).stride(2), Activation.NONE, Parameters.biased("op")))),
    CONV_1X3(graph -> graph.output("y", graph.conv("op", parts(graph), 60, Window.same(1, 3), Activation.RELU,
            Parameters.normalized("w", "norm")))),
    CONV_3X1_STRIDE_2(graph -> graph.output("y", graph.conv("op", graph.input(), 21, Window.same(3, 1).stride(2),
            Activation.NONE, Parameters.biased("op")))),
    CONV_2X5_DILATED(graph -> graph.output("y", graph.conv("op", parts(graph), 5, new Window(2, 5, 1, 0, 3, 2),
            Activation.NONE, Parameters.biased("op")))),
    AVERAGE_POOL_9X9(graph -> graph.output("y", graph.pool("op", Pool.Type.AVERAGE, parts(graph), 9, 1, 4, false))),
    AVERAGE_POOL_ROUNDED_UP(graph -> graph.output("y",
            graph.pool("op", Pool.Type.AVERAGE, graph.input(), 2, 2, 0, true))),
    MAX_POOL_3X3_STRIDE_1(graph -> graph.output("y", graph.pool("op", Pool.Type.MAX, parts(graph), 3, 1, 1, false))),
    RESIZE_UP(graph -> graph.output("y", graph.resize("op", parts(graph), 25, 41))),
    RESIZE_DOWN(graph -> graph.output("y", graph.resize("op", graph.input(), 5, 1))),
    ADD(graph -> graph.output("y", graph.add("op", parts(graph), graph.input().slice(3, 16), Activation.RELU))),
    BATCH_NORM_RELU(graph -> graph.output("y", graph.batchNormRelu("op", parts(graph), "norm"))),
    BATCH_NORM_RELU_TO_THREE(graph -> {
        List<View> outputs = graph.batchNormRelu("op", parts(graph), List.of(new NormSlice("a", 0, 16),
                new NormSlice("b", 5, 30), new NormSlice("b", 14, 30)));
        graph.output("first", outputs.get(0));
        graph.output("second", outputs.get(1));
        graph.output("third", outputs.get(2));
    }),
    L2_NORM(graph -> graph.output("y", graph.l2Norm("op", parts(graph), "op.weight"))),
    SUM_TO_ONE(graph -> graph.output("y", graph.sumToOne("op", parts(graph)))),
    TRANSPOSED_CONV(graph -> graph.output("y", graph.transposedConv("op", parts(graph), new Shape(2, 11, 26, 33),
            new Window(3, 2, 1, 1), Activation.NONE, Parameters.biased("op")))),
    CONV_WITH_DEPTHWISE(graph -> graph.output("y", graph.depthwiseConv("op", graph.conv("first", parts(graph), 37, 1, 1,
            Activation.RELU6, Parameters.biased("first")), 3, 1, Activation.NONE, Parameters.biased("op")))),
    CONV_WITH_DEPTHWISE_STRIDE_2(graph -> graph.output("y", graph.depthwiseConv("op", graph.conv("first", graph.input(),
            50, 1, 1, Activation.NONE, Parameters.normalized("w", "norm")), 3, 2, Activation.RELU,
            Parameters.biased("op")))),
    PRIORS(graph -> {
        View coarse = graph.resize("coarse", graph.input(), 3, 2);
        graph.outputPriors("y", List.of(graph.sumToOne("fine", graph.input()), coarse), 5);
    });

    /** The input of every graph: N x C x H x W. */
    public static final Shape INPUT = new Shape(2, 20, 13, 17);

    private final Consumer<GraphBuilder> operator;

    OperatorCase(Consumer<GraphBuilder> operator) {
        this.operator = operator;
    }

    /** 16 of the input's 20 channels in three segments, the last of them first. */
    public static View parts(GraphBuilder graph) {
        View input = graph.input();
        return View.concat(List.of(input.slice(13, 7), input.slice(0, 1), input.slice(2, 8)));
    }

    /** The graph with the operator. */
    public Graph graph() {
        GraphBuilder graph = new GraphBuilder(INPUT);
        operator.accept(graph);
        return graph.build();
    }
}
