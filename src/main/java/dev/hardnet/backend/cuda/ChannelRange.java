package dev.hardnet.backend.cuda;

import dev.hardnet.graph.Segment;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import dev.hardnet.plan.ChannelOrder;
import dev.hardnet.plan.Place;
import dev.hardnet.plan.SlotLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Neighbouring channels of a strip: what a library's convolution reads or writes as one tensor.
 *
 * @param place        the place that they begin in
 * @param firstChannel the strip's channel that they begin at
 * @param order        for each of them, the channel of the view (or map) that stands there, or -1 for padding
 */
record ChannelRange(Place place, int firstChannel, List<Integer> order) {
    private static final int MOST_ALIGNMENT = 16;
    private static final int PADDING = -1;

    /** Where a view stands; empty when it is no range. */
    static Optional<ChannelRange> of(SlotLayout slots, View view, int step) {
        if (view.segments().size() == 1) {
            return Optional.of(of(slots, view.segments().getFirst(), step));
        }
        List<Place> row = slots.range(view, step);
        if (row.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> order = new ArrayList<>();
        row.forEach(place -> add(order, start(view, place.slot().segment()), place));
        return Optional.of(new ChannelRange(row.getFirst(), row.getFirst().slot().firstChannel(), order));
    }

    /** Channels of one map; with its padding where they are all of a slot. */
    private static ChannelRange of(SlotLayout slots, Segment segment, int step) {
        Place place = slots.place(segment, step);
        if (place.slot().segment().equals(segment)) {
            return of(place);
        }
        List<Integer> order = new ArrayList<>();
        for (int c = 0; c < segment.channels(); c++) {
            order.add(c);
        }
        int skipped = segment.firstChannel() - place.slot().segment().firstChannel();
        return new ChannelRange(place, place.slot().firstChannel() + skipped, order);
    }

    /** All of a slot, padding included. */
    static ChannelRange of(Place place) {
        List<Integer> order = new ArrayList<>();
        add(order, 0, place);
        return new ChannelRange(place, place.slot().firstChannel(), order);
    }

    private static void add(List<Integer> order, int start, Place place) {
        for (int c = 0; c < place.slot().channels(); c++) {
            order.add(c < place.slot().segment().channels() ? start + c : PADDING);
        }
    }

    private static int start(View view, Segment wanted) {
        int start = 0;
        for (Segment segment : view.segments()) {
            if (segment.equals(wanted)) {
                return start;
            }
            start += segment.channels();
        }
        throw new IllegalArgumentException(wanted + " is no segment of the view.");
    }

    /** Bytes from the strip's start. */
    long byteOffset(ChannelOrder order) {
        Shape strip = place.strip().shape();
        long plane = order == ChannelOrder.FIRST ? (long) strip.h() * strip.w() : 1;
        return firstChannel * plane * place.strip().elementBytes();
    }

    /** Sizes and strides. */
    TensorLayout layout(ChannelOrder channels) {
        Shape strip = place.strip().shape();
        long pixels = (long) strip.h() * strip.w();
        long picture = pixels * strip.c();
        int alignment = alignment(channels, picture);
        return channels == ChannelOrder.FIRST
                ? new TensorLayout(strip.n(), order.size(), strip.h(), strip.w(), picture, pixels, strip.w(), 1,
                        alignment)
                : new TensorLayout(strip.n(), order.size(), strip.h(), strip.w(), picture, 1,
                        (long) strip.w() * strip.c(), strip.c(), alignment);
    }

    /** Strips begin at multiples of 256 bytes, ranges and pictures in them need not. */
    private int alignment(ChannelOrder channels, long picture) {
        long pictures = place.strip().shape().n() == 1 ? 0 : picture * place.strip().elementBytes();
        return (int) Long.lowestOneBit(byteOffset(channels) | pictures | MOST_ALIGNMENT);
    }
}
