package dev.hardnet.backend.cpu;

import dev.hardnet.graph.ElementType;
import java.lang.foreign.MemorySegment;

/** Reads maps in native memory as floats, whatever they consist of; not safe for several threads. */
sealed interface MapElements permits Float32Elements, Bfloat16Elements {
    /**
     * Reads values one after the other.
     *
     * @param map      the map
     * @param first    the first element
     * @param to       receives the values
     * @param position where the first value goes
     * @param length   how many
     */
    void read(MemorySegment map, long first, float[] to, int position, int length);

    static MapElements of(ElementType type) {
        return switch (type) {
            case FLOAT32 -> new Float32Elements();
            case BFLOAT16 -> new Bfloat16Elements();
            case UINT8 -> throw new IllegalArgumentException("Classes are no floats.");
        };
    }
}
