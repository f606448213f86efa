package dev.hardnet.traffic;

import dev.hardnet.graph.Activation;
import dev.hardnet.graph.Add;
import dev.hardnet.graph.BatchNormRelu;
import dev.hardnet.graph.Conv;
import dev.hardnet.graph.ConvDepthwise;
import dev.hardnet.graph.DepthwiseConv;
import dev.hardnet.graph.ElementType;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.GlobalAveragePool;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.L2Norm;
import dev.hardnet.graph.Linear;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Resize;
import dev.hardnet.graph.ResizeArgMax;
import dev.hardnet.graph.Segment;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.SumToOne;
import dev.hardnet.graph.TransposedConv;
import dev.hardnet.graph.View;
import dev.hardnet.graph.Weighted;
import dev.hardnet.graph.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a graph apart into the layers that a framework runs one by one: a convolution, its batch norm and its
 * activation are three. A view of several segments that an operator reads is one concatenation of all of them, made
 * once even where several operators read the same; a segment that is not a whole map is a slice. A batch norm that the
 * graph applies to parts of a view one by one is one norm over their concatenation, as the authors wrote it.
 */
public final class GraphLayers {
    private final List<Layer> layers = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Map<FeatureMap, LayerTensor> tensors = new HashMap<>();
    private final Map<FeatureMap, NormPart> parts = new HashMap<>();
    private final Map<View, LayerTensor> views = new HashMap<>();

    /** A map that holds a part of a norm's output, and what the norm reads there. */
    private record NormPart(View input, BatchNormRelu.Destination destination) {
    }

    private GraphLayers() {
    }

    /**
     * Takes a graph apart.
     *
     * @param name  the network's name
     * @param graph the network for fixed sizes
     * @return its layers; they have the multiply-adds, CIO and learned values of the graph's {@link NetworkFigures}
     */
    public static LayerGraph of(String name, Graph graph) {
        GraphLayers made = new GraphLayers();
        LayerTensor input = new LayerTensor(graph.input().name(), graph.input().shape());
        made.names.add(input.name());
        made.tensors.put(graph.input(), input);
        graph.operators().forEach(made::add);
        List<LayerTensor> outputs = graph.outputs().stream().flatMap(output -> output.maps().stream())
                .map(map -> made.read(View.of(map), map.name())).toList();
        return new LayerGraph(name, List.of(input), made.layers, outputs, List.of());
    }

    private void add(Operator operator) {
        switch (operator) {
            case BatchNormRelu norm -> norm.destinations()
                    .forEach(each -> parts.put(each.output(), new NormPart(norm.input(), each)));
            case Weighted weighted -> tensors.put(weighted.output(), weighted(weighted));
            case ConvDepthwise both -> {
                add(both.pointwise());
                add(both.depthwise());
            }
            case Add add -> tensors.put(add.output(), activated(add.name(),
                    unweighted(add, LayerKind.ELEMENTWISE, add.output().shape()), add.activation()));
            case Pool pool -> put(pool, LayerKind.POOL);
            case GlobalAveragePool pool -> put(pool, LayerKind.GLOBAL_POOL);
            case Resize resize -> put(resize, LayerKind.RESIZE);
            case SumToOne sum -> put(sum, LayerKind.CHANNEL_NORM);
            case L2Norm norm -> tensors.put(norm.output(), layer(norm.name(), LayerKind.CHANNEL_NORM, inputs(norm),
                    norm.output().shape(), 0, norm.input().shape().c(), Optional.empty()));
            case ResizeArgMax resize -> tensors.put(resize.output(), resizedArgMax(resize));
        }
    }

    private void put(Operator operator, LayerKind kind) {
        tensors.put(operator.output(), unweighted(operator, kind, operator.output().shape()));
    }

    private LayerTensor unweighted(Operator operator, LayerKind kind, Shape shape) {
        return layer(operator.name(), kind, inputs(operator), shape, 0, 0, Optional.empty());
    }

    private LayerTensor resizedArgMax(ResizeArgMax resize) {
        Shape classes = resize.output().shape();
        LayerTensor resized = layer(resize.name() + ".resize", LayerKind.RESIZE, inputs(resize),
                classes.withChannels(resize.input().shape().c()), 0, 0, Optional.empty());
        return layer(resize.name(), LayerKind.ARG_MAX, List.of(resized), classes, resize.output().type(), 0, 0,
                Optional.empty());
    }

    private LayerTensor weighted(Weighted weighted) {
        Shape shape = weighted.output().shape();
        long kernel = weighted.weightShape().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
        LayerTensor tensor = layer(weighted.name(), kind(weighted), inputs(weighted), shape, weighted.macs(),
                kernel + (weighted.keys().bias().isPresent() ? shape.c() : 0), convolution(weighted));
        if (weighted.keys().norm().isPresent()) {
            tensor = norm(weighted.keys().norm().get(), tensor);
        }
        return activated(weighted.name(), tensor, activation(weighted));
    }

    private static LayerKind kind(Weighted weighted) {
        return switch (weighted) {
            case Conv _ -> LayerKind.CONV;
            case DepthwiseConv _ -> LayerKind.DEPTHWISE_CONV;
            case TransposedConv _ -> LayerKind.TRANSPOSED_CONV;
            case Linear _ -> LayerKind.LINEAR;
        };
    }

    private static Activation activation(Weighted weighted) {
        return switch (weighted) {
            case Conv conv -> conv.activation();
            case DepthwiseConv conv -> conv.activation();
            case TransposedConv conv -> conv.activation();
            case Linear _ -> Activation.NONE;
        };
    }

    private static Optional<ConvolutionSizes> convolution(Weighted weighted) {
        return switch (weighted) {
            case Conv conv -> Optional.of(sizes(conv.window(), 1));
            case DepthwiseConv conv -> Optional.of(
                    sizes(new Window(conv.kernel(), conv.stride(), conv.padding(), 1), conv.output().shape().c()));
            case TransposedConv conv -> Optional.of(
                    sizes(new Window(conv.kernel(), conv.stride(), conv.padding(), 1), 1));
            case Linear _ -> Optional.empty();
        };
    }

    private static ConvolutionSizes sizes(Window window, int groups) {
        return new ConvolutionSizes(window.kernelHeight(), window.kernelWidth(), window.stride(), window.stride(),
                window.paddingHeight(), window.paddingWidth(), window.paddingHeight(), window.paddingWidth(),
                window.dilation(), groups);
    }

    private LayerTensor norm(String name, LayerTensor input) {
        return layer(name, LayerKind.BATCH_NORM, List.of(input), input.shape(), 0, 2L * input.shape().c(),
                Optional.empty());
    }

    private LayerTensor activated(String name, LayerTensor input, Activation activation) {
        return activation == Activation.NONE ? input
                : layer(name + "." + activation.name().toLowerCase(Locale.ROOT), LayerKind.ACTIVATION, List.of(input),
                        input.shape(), 0, 0, Optional.empty());
    }

    private List<LayerTensor> inputs(Operator operator) {
        return operator.reads().stream().map(view -> read(view, operator.name())).toList();
    }

    private LayerTensor read(View view, String reader) {
        LayerTensor known = views.get(view);
        if (known == null) {
            known = isWholeNorm(view) ? normalized(view) : joined(view, reader);
            views.put(view, known);
        }
        return known;
    }

    /** Whether a view is what one norm writes, from its first channel to its last. */
    private boolean isWholeNorm(View view) {
        NormPart first = parts.get(view.segments().getFirst().map());
        int channels = 0;
        for (Segment segment : view.segments()) {
            NormPart part = parts.get(segment.map());
            if (part == null || !part.destination.norm().equals(first.destination.norm())
                    || part.destination.firstChannel() != channels || !segment.equals(Segment.of(segment.map()))) {
                return false;
            }
            channels += segment.channels();
        }
        return channels == first.destination.normChannels();
    }

    private LayerTensor normalized(View view) {
        String norm = parts.get(view.segments().getFirst().map()).destination.norm();
        View input = View.concat(view.maps().stream().map(map -> parts.get(map).input).toList());
        return activated(norm, norm(norm, read(input, norm)), Activation.RELU);
    }

    private LayerTensor joined(View view, String reader) {
        List<LayerTensor> sources = view.segments().stream().map(this::source).toList();
        return sources.size() == 1 ? sources.getFirst()
                : layer(reader + ".concat", LayerKind.CONCAT, sources, view.shape(), 0, 0, Optional.empty());
    }

    private LayerTensor source(Segment segment) {
        LayerTensor whole = tensors.get(segment.map());
        if (whole == null) {
            whole = part(segment.map());
        }
        if (segment.equals(Segment.of(segment.map()))) {
            return whole;
        }
        View view = new View(List.of(segment));
        LayerTensor slice = views.get(view);
        if (slice == null) {
            slice = layer("%s[%d:%d]".formatted(segment.map().name(), segment.firstChannel(),
                    segment.firstChannel() + segment.channels()), LayerKind.SLICE, List.of(whole), view.shape(), 0, 0,
                    Optional.empty());
            views.put(view, slice);
        }
        return slice;
    }

    /** A part of a norm that is read without the rest. */
    private LayerTensor part(FeatureMap map) {
        LayerTensor tensor = activated(map.name(), norm(map.name(), read(parts.get(map).input, map.name())),
                Activation.RELU);
        tensors.put(map, tensor);
        return tensor;
    }

    private LayerTensor layer(String name, LayerKind kind, List<LayerTensor> reads, Shape shape, long macs,
                              long weights, Optional<ConvolutionSizes> convolution) {
        return layer(name, kind, reads, shape, ElementType.FLOAT32, macs, weights, convolution);
    }

    private LayerTensor layer(String name, LayerKind kind, List<LayerTensor> reads, Shape shape, ElementType type,
                              long macs, long weights, Optional<ConvolutionSizes> convolution) {
        String unique = unique(name);
        LayerTensor writes = new LayerTensor(unique, shape, type);
        layers.add(new Layer(unique, kind, reads, writes, macs, weights, convolution));
        return writes;
    }

    private String unique(String name) {
        String unique = name;
        for (int i = 2; !names.add(unique); i++) {
            unique = name + "." + i;
        }
        return unique;
    }
}
