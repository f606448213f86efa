package dev.hardnet.backend.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Maps of bfloat16, the upper halves of floats, some at a time. */
final class Bfloat16Elements implements MapElements {
    private static final int PART = 4096;

    private final short[] part = new short[PART];

    static float widened(short element) {
        return Float.intBitsToFloat(element << 16);
    }

    @Override
    public void read(MemorySegment map, long first, float[] to, int position, int length) {
        for (int done = 0; done < length; done += PART) {
            int count = Math.min(PART, length - done);
            MemorySegment.copy(map, ValueLayout.JAVA_SHORT, (first + done) * Short.BYTES, part, 0, count);
            for (int i = 0; i < count; i++) {
                to[position + done + i] = widened(part[i]);
            }
        }
    }
}
