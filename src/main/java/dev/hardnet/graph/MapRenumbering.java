package dev.hardnet.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Copies operators into a graph that has fewer maps, whose ids then follow one another again, or other types of maps.
 */
final class MapRenumbering {
    private final Map<FeatureMap, FeatureMap> renumbered = new HashMap<>();
    private final UnaryOperator<ElementType> types;
    private int next;

    /** Starts with the network's input, which keeps its id. */
    MapRenumbering(FeatureMap input) {
        this(input, UnaryOperator.identity());
    }

    /** Maps of each type get the type that is given for it. */
    MapRenumbering(FeatureMap input, UnaryOperator<ElementType> types) {
        this.types = types;
        write(input);
    }

    /** A map that was copied before, with its new id. */
    FeatureMap copy(FeatureMap map) {
        return renumbered.get(map);
    }

    /** The operator with the maps' new ids; operators come in their order. */
    Operator copy(Operator operator) {
        return switch (operator) {
            case Conv conv -> copy(conv, write(conv.output()));
            case DepthwiseConv conv -> copy(conv, view(conv.input()));
            case ConvDepthwise both -> copy(both.pointwise(), both.depthwise());
            case TransposedConv conv -> new TransposedConv(conv.name(), view(conv.input()), write(conv.output()),
                    conv.kernel(), conv.stride(), conv.padding(), conv.activation(), conv.keys());
            case Linear linear -> new Linear(linear.name(), view(linear.input()), write(linear.output()),
                    linear.keys());
            case Pool pool -> new Pool(pool.name(), pool.type(), view(pool.input()), write(pool.output()),
                    pool.kernel(), pool.stride(), pool.padding(), pool.ceilMode());
            case GlobalAveragePool pool -> new GlobalAveragePool(pool.name(), view(pool.input()),
                    write(pool.output()));
            case Add add -> new Add(add.name(), view(add.left()), view(add.right()), write(add.output()),
                    add.activation());
            case BatchNormRelu norm -> new BatchNormRelu(norm.name(), view(norm.input()), destinations(norm));
            case L2Norm norm -> new L2Norm(norm.name(), view(norm.input()), write(norm.output()), norm.weight());
            case SumToOne sum -> new SumToOne(sum.name(), view(sum.input()), write(sum.output()));
            case Resize resize -> new Resize(resize.name(), view(resize.input()), write(resize.output()));
            case ResizeArgMax resize -> new ResizeArgMax(resize.name(), view(resize.input()), write(resize.output()));
        };
    }

    /** Both operators as one; the map between them gets no number. */
    ConvDepthwise copy(Conv pointwise, DepthwiseConv depthwise) {
        FeatureMap between = renumbered(pointwise.output(), ConvDepthwise.BETWEEN);
        return new ConvDepthwise(copy(pointwise, between), copy(depthwise, View.of(between)));
    }

    private Conv copy(Conv conv, FeatureMap output) {
        return new Conv(conv.name(), view(conv.input()), output, conv.window(), conv.activation(), conv.keys());
    }

    private DepthwiseConv copy(DepthwiseConv conv, View input) {
        return new DepthwiseConv(conv.name(), input, write(conv.output()), conv.kernel(), conv.stride(),
                conv.padding(), conv.activation(), conv.keys());
    }

    private List<BatchNormRelu.Destination> destinations(BatchNormRelu norm) {
        List<BatchNormRelu.Destination> destinations = new ArrayList<>();
        for (BatchNormRelu.Destination each : norm.destinations()) {
            destinations.add(new BatchNormRelu.Destination(write(each.output()), each.norm(), each.firstChannel(),
                    each.normChannels()));
        }
        return destinations;
    }

    /** The output with its maps' new ids. */
    Output copy(Output output) {
        List<FeatureMap> maps = new ArrayList<>();
        for (FeatureMap map : output.maps()) {
            maps.add(copy(map));
        }
        return new Output(output.name(), maps, output.layout(), output.values(),
                output.shape());
    }

    private View view(View view) {
        List<Segment> segments = new ArrayList<>(view.segments().size());
        for (Segment segment : view.segments()) {
            segments.add(new Segment(copy(segment.map()), segment.firstChannel(), segment.channels()));
        }
        return new View(segments);
    }

    private FeatureMap write(FeatureMap map) {
        FeatureMap written = renumbered(map, next++);
        renumbered.put(map, written);
        return written;
    }

    private FeatureMap renumbered(FeatureMap map, int id) {
        return new FeatureMap(id, map.name(), map.shape(), types.apply(map.type()));
    }
}
