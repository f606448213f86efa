package dev.hardnet.graph;

import dev.hardnet.HarDNetException;

/**
 * A range of channels of a feature map: the unit that views are made of.
 *
 * @param map          the feature map
 * @param firstChannel the first channel read
 * @param channels     how many channels are read, at least 1
 */
public record Segment(FeatureMap map, int firstChannel, int channels) {
    /**
     * Checks the range.
     *
     * @throws HarDNetException when the range is empty or leaves the map
     */
    public Segment {
        if (firstChannel < 0 || channels < 1 || firstChannel > map.shape().c() - channels) {
            throw new HarDNetException("Channels %d to %d of %s do not exist; it has %d.".formatted(
                    firstChannel, (long) firstChannel + channels - 1, map.name(), map.shape().c()));
        }
    }

    /**
     * All channels of a map.
     *
     * @param map the feature map
     * @return the segment that covers it
     */
    public static Segment of(FeatureMap map) {
        return new Segment(map, 0, map.shape().c());
    }
}
