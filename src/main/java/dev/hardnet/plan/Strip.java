package dev.hardnet.plan;

import dev.hardnet.graph.Shape;
import java.util.Comparator;
import java.util.List;

/**
 * Memory in which feature maps of one height and width stand side by side as channel ranges.
 *
 * @param slots        what it holds, in the order of channels, then of steps; at least one
 * @param elementBytes bytes of an element in memory
 */
public record Strip(List<Slot> slots, int elementBytes) {
    /** What the kernels of GPUs and their libraries want: offsets in the arena are multiples of this many bytes. */
    public static final int ALIGNMENT = 256;

    /** Puts the slots in order, the first channel at 0. */
    public Strip {
        int least = slots.stream().mapToInt(Slot::firstChannel).min().orElseThrow();
        slots = slots.stream().map(slot -> slot.shifted(-least))
                .sorted(Comparator.comparingInt(Slot::firstChannel).thenComparingInt(Slot::firstStep)).toList();
    }

    /**
     * Its size.
     *
     * @return N x C x H x W, where C counts the channels of the strip, padding included
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
        return shape().elements() * elementBytes;
    }

    /**
     * The step that writes its first slot.
     *
     * @return the first step of its life
     */
    public int firstStep() {
        return slots.stream().mapToInt(Slot::firstStep).min().orElseThrow();
    }

    /**
     * The last step that reads one of its slots.
     *
     * @return the last step of its life, included
     */
    public int lastStep() {
        return slots.stream().mapToInt(Slot::lastStep).max().orElseThrow();
    }

    UsageRecord record(int index) {
        String id = "strip %d from %s".formatted(index, slots.getFirst().segment().map().name());
        return new UsageRecord(id, bytes(), firstStep(), lastStep(), ALIGNMENT);
    }
}
