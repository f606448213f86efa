package dev.hardnet.graph;

import dev.hardnet.HarDNetException;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a segmentation network's graph into one that gives the class of each pixel: the final resize and the arg-max
 * become one operator, and full-size logits are never stored.
 */
public final class ArgMaxFusion {
    /** The output that is replaced. */
    private static final String LOGITS = "logits";
    /** The output that takes its place. */
    private static final String CLASSES = "classes";

    private ArgMaxFusion() {
    }

    /**
     * Replaces the output {@code logits} (N x C x H x W) by {@code classes} (N x H x W, bytes).
     *
     * @param graph a graph with the single output {@code logits}
     * @return the graph that ends in {@link ResizeArgMax}
     * @throws HarDNetException when the outputs are others, or the classes are more than a byte tells apart
     */
    public static Graph apply(Graph graph) {
        if (graph.outputs().size() != 1 || !graph.outputs().getFirst().name().equals(LOGITS)) {
            throw new HarDNetException("A class per pixel needs a network whose one output is %s; this one gives %s."
                    .formatted(LOGITS, graph.outputs().stream().map(Output::name).toList()));
        }
        FeatureMap logits = graph.outputs().getFirst().maps().getFirst();
        List<Operator> operators = new ArrayList<>(graph.operators());
        boolean resized = operators.getLast() instanceof Resize last && last.output().equals(logits);
        View input = resized ? ((Resize) operators.removeLast()).input() : View.of(logits);
        FeatureMap classes = new FeatureMap(resized ? logits.id() : graph.maps().size(), CLASSES,
                logits.shape().withChannels(1), ElementType.UINT8);
        operators.add(new ResizeArgMax(CLASSES, input, classes));
        return new Graph(graph.input(), operators, List.of(Output.planes(CLASSES, classes)));
    }
}
