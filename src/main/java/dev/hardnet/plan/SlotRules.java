package dev.hardnet.plan;

import dev.hardnet.HarDNetException;
import dev.hardnet.graph.ElementType;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Segment;

/**
 * What a device's kernels ask of strips. Maps of classes are bytes without padding under any rules.
 *
 * @param elementBytes       bytes of an element of a float map in memory
 * @param channelGranularity slots begin at multiples of this many channels, and end there by padding
 * @param order              where the channels stand
 */
public record SlotRules(int elementBytes, int channelGranularity, ChannelOrder order) {
    /** Single precision: channels first, no padding. */
    public static final SlotRules FLOAT32 = new SlotRules(Float.BYTES, 1, ChannelOrder.FIRST);
    /** Half precision: channels last, in packs of 8, which are 16 bytes. */
    public static final SlotRules FLOAT16 = new SlotRules(Short.BYTES, 8, ChannelOrder.LAST);

    /**
     * Checks the rules.
     *
     * @throws HarDNetException when a number is below 1
     */
    public SlotRules {
        if (elementBytes < 1 || channelGranularity < 1) {
            throw new HarDNetException("Slots of %d-byte elements in packs of %d channels make no sense; expected 1 or "
                    .formatted(elementBytes, channelGranularity) + "more of both.");
        }
    }

    /**
     * The channels that a segment takes in a strip.
     *
     * @param segment channels of a map
     * @return its channels with padding
     */
    public int paddedChannels(Segment segment) {
        return segment.map().type() == ElementType.UINT8 ? segment.channels()
                : Math.ceilDiv(segment.channels(), channelGranularity) * channelGranularity;
    }

    /**
     * The bytes that an element of a map takes in a strip.
     *
     * @param map a map
     * @return bytes
     */
    public int elementBytes(FeatureMap map) {
        return map.type() == ElementType.UINT8 ? map.type().bytes() : elementBytes;
    }

    /** Bytes of a map without padding. */
    long bytes(FeatureMap map) {
        return map.shape().c() * channelBytes(map);
    }

    /** Bytes of one channel of a map for the whole batch. */
    long channelBytes(FeatureMap map) {
        return map.shape().withChannels(1).elements() * elementBytes(map);
    }

    Slot slot(Segment segment, int firstChannel, int firstStep, int lastStep) {
        return new Slot(segment, firstChannel, paddedChannels(segment), firstStep, lastStep);
    }
}
