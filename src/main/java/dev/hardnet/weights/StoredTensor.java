package dev.hardnet.weights;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A tensor that lies in a mapped file.
 *
 * @param type    the type of its elements
 * @param storage the bytes of its storage
 * @param layout  which elements of the storage it is made of; checked against the storage's size by the reader
 */
record StoredTensor(DataType type, MemorySegment storage, StridedLayout layout) {
    float[] toFloats() {
        float[] out = new float[Math.toIntExact(layout.elements())];
        if (type == DataType.F32 && layout.isContiguous()) {
            MemorySegment.copy(storage, DataType.FLOAT_LAYOUT, layout.offset() * Float.BYTES, out, 0, out.length);
        } else if (layout.isContiguous()) {
            for (int i = 0; i < out.length; i++) {
                out[i] = type.floatAt(storage, layout.offset() + i);
            }
        } else {
            layout.forEach((row, index) -> out[row] = type.floatAt(storage, index));
        }
        return out;
    }

    byte[] toBytes() {
        int width = type.bytes();
        byte[] out = new byte[Math.toIntExact(layout.elements() * width)];
        if (layout.isContiguous()) {
            MemorySegment.copy(storage, ValueLayout.JAVA_BYTE, layout.offset() * width, out, 0, out.length);
        } else {
            layout.forEach((row, index) ->
                    MemorySegment.copy(storage, ValueLayout.JAVA_BYTE, index * width, out, row * width, width));
        }
        return out;
    }
}
