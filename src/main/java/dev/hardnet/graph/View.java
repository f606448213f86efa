package dev.hardnet.graph;

import dev.hardnet.HarDNetException;
import java.util.ArrayList;
import java.util.List;

/**
 * An ordered list of segments of equal N, H and W: the only form in which an operator reads its input. A concatenation
 * or a channel split is a view, never an operator, never a copy.
 *
 * @param segments the segments in channel order, at least one
 */
public record View(List<Segment> segments) {
    /**
     * Checks that the segments fit together.
     *
     * @throws HarDNetException when there is none, or when two differ in N, H or W
     */
    public View {
        segments = List.copyOf(segments);
        if (segments.isEmpty()) {
            throw new HarDNetException("A view has no segments; it needs at least one.");
        }
        Shape first = segments.getFirst().map().shape();
        for (Segment segment : segments) {
            Shape shape = segment.map().shape();
            if (shape.n() != first.n() || shape.h() != first.h() || shape.w() != first.w()) {
                throw new HarDNetException("A view joins %s with %s; all but the channels must be equal."
                        .formatted(segments.getFirst().map(), segment.map()));
            }
        }
    }

    /**
     * All of one map.
     *
     * @param map the feature map
     * @return a view with one segment
     */
    public static View of(FeatureMap map) {
        return new View(List.of(Segment.of(map)));
    }

    /**
     * A concatenation along the channels.
     *
     * @param views the parts, in channel order
     * @return one view of all their segments
     */
    public static View concat(List<View> views) {
        List<Segment> segments = new ArrayList<>();
        for (View view : views) {
            segments.addAll(view.segments());
        }
        return new View(segments);
    }

    /**
     * A range of this view's channels.
     *
     * @param firstChannel the first channel, counted in this view
     * @param channels     how many, at least 1
     * @return the segments that make up the range
     * @throws HarDNetException when the range is empty or leaves the view
     */
    public View slice(int firstChannel, int channels) {
        if (firstChannel < 0 || channels < 1 || firstChannel > shape().c() - channels) {
            throw new HarDNetException("Channels %d to %d of a view of %d channels do not exist.".formatted(
                    firstChannel, (long) firstChannel + channels - 1, shape().c()));
        }
        List<Segment> parts = new ArrayList<>();
        int start = 0;
        for (Segment segment : segments) {
            int from = Math.max(firstChannel, start);
            int to = Math.min(firstChannel + channels, start + segment.channels());
            if (from < to) {
                parts.add(new Segment(segment.map(), segment.firstChannel() + from - start, to - from));
            }
            start += segment.channels();
        }
        return new View(parts);
    }

    /**
     * The sizes as an operator sees them.
     *
     * @return N x (sum of the segments' channels) x H x W
     */
    public Shape shape() {
        int channels = 0;
        for (Segment segment : segments) {
            channels += segment.channels();
        }
        return segments.getFirst().map().shape().withChannels(channels);
    }

    /**
     * The maps read, each once, in the order of their first segment.
     *
     * @return distinct maps
     */
    public List<FeatureMap> maps() {
        List<FeatureMap> maps = new ArrayList<>(segments.size());
        for (Segment segment : segments) {
            if (!maps.contains(segment.map())) {
                maps.add(segment.map());
            }
        }
        return maps;
    }

    /** Whether it is all of one map, and nothing else. */
    boolean isAllOf(FeatureMap map) {
        return segments.size() == 1 && segments.getFirst().map().equals(map) && shape().c() == map.shape().c();
    }
}
