package dev.hardnet.backend.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Maps of bfloat16, the upper halves of floats: rounded as native/cpu/simd/bfloat16.h does, some at a time. */
final class Bfloat16Elements implements MapElements {
    private static final int PART = 4096;
    private static final int QUIET = 0x400000;

    private final short[] part = new short[PART];

    /** To nearest, to even in the middle; a NaN stays one. */
    static short rounded(float value) {
        int bits = Float.floatToRawIntBits(value);
        int up = bits + 0x7fff + (bits >>> 16 & 1);
        return (short) ((value != value ? bits | QUIET : up) >>> 16);
    }

    static float widened(short element) {
        return Float.intBitsToFloat(element << 16);
    }

    @Override
    public void write(float[] from, MemorySegment map, long first) {
        for (int done = 0; done < from.length; done += PART) {
            int count = Math.min(PART, from.length - done);
            for (int i = 0; i < count; i++) {
                part[i] = rounded(from[done + i]);
            }
            MemorySegment.copy(part, 0, map, ValueLayout.JAVA_SHORT, (first + done) * Short.BYTES, count);
        }
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
