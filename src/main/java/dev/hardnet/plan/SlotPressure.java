package dev.hardnet.plan;

import java.util.List;

/**
 * How far strips lift the arena above what is wanted.
 *
 * @param others       bytes live at each step beside the strips in question
 * @param wantedBytes  the arena that would be small enough
 * @param channelBytes bytes of one channel of the strips in question
 */
record SlotPressure(long[] others, long wantedBytes, long channelBytes) {
    /** Channels above the wanted arena, summed over the steps. */
    long excess(List<SlotRow> strips) {
        long[] change = new long[others.length + 1];
        for (SlotRow strip : strips) {
            change[strip.firstStep()] += strip.channels();
            change[strip.lastStep() + 1] -= strip.channels();
        }
        long channels = 0;
        long excess = 0;
        for (int step = 0; step < others.length; step++) {
            channels += change[step];
            excess += Math.max(0, others[step] + channels * channelBytes - wantedBytes);
        }
        return excess / channelBytes;
    }
}
