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
    /** The elements from the first on, in row-major order. */
    void toFloats(int first, float[] to, int count) {
        if (type == DataType.F32 && layout.isContiguous()) {
            MemorySegment.copy(storage, DataType.FLOAT_LAYOUT, (layout.offset() + first) * Float.BYTES, to, 0, count);
        } else if (layout.isContiguous()) {
            for (int i = 0; i < count; i++) {
                to[i] = type.floatAt(storage, layout.offset() + first + i);
            }
        } else {
            layout.forEach(first, count, (row, index) -> to[row - first] = type.floatAt(storage, index));
        }
    }

    /** Lets the system take back the memory that pages of a mapped file fill; they come back when they are read. */
    void unload() {
        if (storage.isMapped()) {
            storage.unload();
        }
    }

    byte[] toBytes() {
        int width = type.bytes();
        byte[] out = new byte[Math.toIntExact(layout.elements() * width)];
        if (layout.isContiguous()) {
            MemorySegment.copy(storage, ValueLayout.JAVA_BYTE, layout.offset() * width, out, 0, out.length);
        } else {
            layout.forEach(0, Math.toIntExact(layout.elements()), (row, index) ->
                    MemorySegment.copy(storage, ValueLayout.JAVA_BYTE, index * width, out, row * width, width));
        }
        return out;
    }
}
