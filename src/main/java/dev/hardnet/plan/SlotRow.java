package dev.hardnet.plan;

import java.util.List;

/**
 * A strip under construction: its first channel may be any number.
 *
 * @param slots     what it holds
 * @param left      its first channel
 * @param right     the channel after its last one
 * @param firstStep the first step of its life
 * @param lastStep  the last step of its life, included
 */
record SlotRow(List<Slot> slots, int left, int right, int firstStep, int lastStep) {
    static SlotRow of(List<Slot> slots) {
        int left = Integer.MAX_VALUE;
        int right = Integer.MIN_VALUE;
        int first = Integer.MAX_VALUE;
        int last = 0;
        for (Slot slot : slots) {
            left = Math.min(left, slot.firstChannel());
            right = Math.max(right, slot.endChannel());
            first = Math.min(first, slot.firstStep());
            last = Math.max(last, slot.lastStep());
        }
        return new SlotRow(slots, left, right, first, last);
    }

    int channels() {
        return right - left;
    }

    /** Channels times steps. */
    long area() {
        return (long) channels() * (lastStep - firstStep + 1);
    }
}
