package dev.hardnet.graph;

/** What a feature map's elements are. */
public enum ElementType {
    /** IEEE 754 single precision. */
    FLOAT32(Float.BYTES),
    /** A whole number from 0 to 255: a class. */
    UINT8(Byte.BYTES),
    /** The upper half of a single precision number. No tensor outside a backend has it. */
    BFLOAT16(Short.BYTES);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /**
     * Its size in memory.
     *
     * @return bytes of one element
     */
    public int bytes() {
        return bytes;
    }
}
