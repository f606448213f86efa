package dev.hardnet.plan;

import dev.hardnet.graph.ElementType;
import dev.hardnet.graph.Shape;
import java.util.Comparator;
import java.util.List;

/**
 * Memory in which feature maps of one height and width stand side by side as channel ranges.
 *
 * @param slots what it holds, in the order of channels, then of steps; at least one
 */
public record Strip(List<Slot> slots) {
    /** Puts the slots in order, the first channel at 0. */
    public Strip {
        int least = slots.stream().mapToInt(Slot::firstChannel).min().orElseThrow();
        slots = slots.stream().map(slot -> slot.shifted(-least))
                .sorted(Comparator.comparingInt(Slot::firstChannel).thenComparingInt(Slot::firstStep)).toList();
    }

    /**
     * Its size.
     *
     * @return N x C x H x W, where C counts the channels of the strip
     */
    public Shape shape() {
        int channels = slots.stream().mapToInt(Slot::endChannel).max().orElseThrow();
        return slots.getFirst().segment().map().shape().withChannels(channels);
    }

    /**
     * Its memory.
     *
     * @return bytes
     */
    public long bytes() {
        ElementType type = slots.getFirst().segment().map().type();
        return shape().elements() * type.bytes();
    }

    UsageRecord record() {
        int first = slots.stream().mapToInt(Slot::firstStep).min().orElseThrow();
        int last = slots.stream().mapToInt(Slot::lastStep).max().orElseThrow();
        return new UsageRecord("strip of " + slots.getFirst().segment().map().name(), bytes(), first, last,
                Lifetimes.ALIGNMENT);
    }
}
