package dev.hardnet.backend.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Maps of float32: copies. */
final class Float32Elements implements MapElements {
    @Override
    public void read(MemorySegment map, long first, float[] to, int position, int length) {
        MemorySegment.copy(map, ValueLayout.JAVA_FLOAT, first * Float.BYTES, to, position, length);
    }
}
