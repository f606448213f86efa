package dev.hardnet.onnx;

import dev.hardnet.graph.ElementType;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Output;
import dev.hardnet.graph.Segment;
import dev.hardnet.graph.View;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which value of the ONNX graph holds a map or a view. A whole map is a value of its own; any other view becomes Slice
 * and Concat nodes when it is first read. Maps of one pixel may also be held as vectors, N x C.
 */
final class MapValues {
    private final OnnxGraph graph;
    private final UniqueNames names = new UniqueNames();
    private final Map<FeatureMap, String> maps = new HashMap<>();
    private final Map<FeatureMap, String> vectors = new HashMap<>();
    private final Set<FeatureMap> written = new HashSet<>();
    private final Set<FeatureMap> writtenVectors = new HashSet<>();
    private final Map<View, String> views = new HashMap<>();

    MapValues(OnnxGraph graph, Graph network) {
        this.graph = graph;
        maps.put(network.input(), unused(network.input().name()));
        written.add(network.input());
        network.outputs().forEach(this::nameOutput);
    }

    /** A map that is an output as it stands has the output's name. */
    private void nameOutput(Output output) {
        names.take(output.name());
        FeatureMap map = output.maps().getFirst();
        if (output.layout() == Output.Layout.PLANES && map.type() == ElementType.FLOAT32) {
            (output.tensorShape().length == 2 ? vectors : maps).putIfAbsent(map, output.name());
        }
    }

    /** Names what an operator is about to write. */
    String write(FeatureMap map) {
        written.add(map);
        return maps.computeIfAbsent(map, _ -> unused(map.name()));
    }

    /** Names what an operator is about to write as a vector, N x C. */
    String writeVector(FeatureMap map) {
        writtenVectors.add(map);
        return vectors.computeIfAbsent(map, _ -> unused(map.name()));
    }

    /** The value of a view, N x C x H x W; reader names the nodes it takes. */
    String read(View view, String reader) {
        Segment first = view.segments().getFirst();
        if (view.equals(View.of(first.map()))) {
            return read(first.map());
        }
        String value = views.get(view);
        if (value == null) {
            value = view.segments().size() == 1 ? slice(first) : concat(view, reader);
            views.put(view, value);
        }
        return value;
    }

    private String read(FeatureMap map) {
        if (written.contains(map)) {
            return maps.get(map);
        }
        String vector = vectors.get(map);
        return graph.node("Unsqueeze", vector + "/unsqueeze").reads(vector, graph.longs("pixel_axes", 2, 3))
                .writes(write(map));
    }

    /** The value of a view of one pixel as a vector, N x C; reader names the nodes it takes. */
    String readVector(View view, String reader) {
        FeatureMap map = view.segments().getFirst().map();
        boolean whole = view.equals(View.of(map));
        if (whole && writtenVectors.contains(map)) {
            return vectors.get(map);
        }
        String from = read(view, reader);
        return graph.node("Flatten", reader + "/flatten").reads(from).integer("axis", 1)
                .writes(whole ? writeVector(map) : unused(reader + "/flatten"));
    }

    private String concat(View view, String reader) {
        List<String> parts = view.segments().stream().map(segment -> read(new View(List.of(segment)), reader)).toList();
        return graph.node("Concat", reader + "/concat").reads(parts.toArray(String[]::new)).integer("axis", 1)
                .writes(unused(reader + "/concat"));
    }

    private String slice(Segment segment) {
        int end = segment.firstChannel() + segment.channels();
        String name = unused("%s/channels_%d_%d".formatted(segment.map().name(), segment.firstChannel(), end));
        return graph.node("Slice", name).reads(read(segment.map()),
                graph.longs("index_" + segment.firstChannel(), segment.firstChannel()),
                graph.longs("index_" + end, end), graph.longs("channel_axis", 1)).writes(name);
    }

    /** A name that no other value has. */
    String unused(String wanted) {
        return names.take(wanted);
    }
}
