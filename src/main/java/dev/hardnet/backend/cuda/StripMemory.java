package dev.hardnet.backend.cuda;

import dev.hardnet.backend.cuda.KernelParams.Target;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Segment;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import dev.hardnet.plan.ChannelOrder;
import dev.hardnet.plan.Place;
import dev.hardnet.plan.Plan;
import dev.hardnet.plan.SlotLayout;
import dev.hardnet.plan.Step;
import java.util.List;
import java.util.Optional;

/** The arena in the GPU's memory, with the strips of a plan at their offsets. */
final class StripMemory {
    private final Plan plan;
    private final SlotLayout slots;
    private final long arena;

    StripMemory(Plan plan, long arena) {
        this.plan = plan;
        this.arena = arena;
        slots = plan.slots().orElseThrow();
    }

    SlotLayout slots() {
        return slots;
    }

    ChannelOrder order() {
        return slots.rules().order();
    }

    /** Where a step's workspace begins, or 0. */
    long workspace(Step step) {
        return step.workspaceBytes() == 0 ? 0 : arena + plan.workspaceOffset(step);
    }

    MapAddress of(Place place) {
        Shape strip = place.strip().shape();
        long pixels = (long) strip.h() * strip.w();
        long address = arena + plan.offset(place);
        return order() == ChannelOrder.FIRST ? new MapAddress(address, pixels * strip.c(), pixels, 1)
                : new MapAddress(address, pixels * strip.c(), 1, strip.c());
    }

    /** Channels that a step reads. */
    MapAddress of(Segment segment, int step) {
        Place place = slots.place(segment, step);
        return of(place).from(segment.firstChannel() - place.slot().segment().firstChannel(),
                place.strip().elementBytes());
    }

    /** All of a map, in the place that lives as long as the map. */
    MapAddress of(FeatureMap map) {
        return of(slots.places(map).getFirst());
    }

    /** Neighbouring channels of a strip, as one map. */
    MapAddress of(ChannelRange range) {
        MapAddress strip = of(range.place());
        return new MapAddress(address(range), strip.pictureStride(), strip.channelStride(), strip.pixelStride());
    }

    long address(ChannelRange range) {
        return arena + plan.stripOffset(range.place().stripIndex()) + range.byteOffset(order());
    }

    Optional<ChannelRange> range(View view, int step) {
        return ChannelRange.of(slots, view, step);
    }

    /** Every place of a map, to be written unchanged. */
    List<Target> targets(FeatureMap map) {
        return targets(map, 0, 0);
    }

    /**
     * Every place of a map.
     *
     * @param scale address of a float32 for each channel of the map, or 0
     * @param shift address of a float32 for each channel of the map, or 0
     */
    List<Target> targets(FeatureMap map, long scale, long shift) {
        return targets(slots.places(map), scale, shift);
    }

    /** The same for places of a map in an order of the caller's. */
    List<Target> targets(List<Place> places, long scale, long shift) {
        return places.stream().map(place -> target(place, scale, shift)).toList();
    }

    private Target target(Place place, long scale, long shift) {
        int first = place.slot().segment().firstChannel();
        return new Target(of(place), from(scale, first), from(shift, first), first, place.slot().channels());
    }

    private static long from(long array, int channel) {
        return array == 0 ? 0 : array + (long) channel * Float.BYTES;
    }
}
