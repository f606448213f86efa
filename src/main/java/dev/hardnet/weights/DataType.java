package dev.hardnet.weights;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;

/** The element types of stored tensors, named as safetensors names them. Stored little-endian. */
public enum DataType {
    /** IEEE 754 binary64. */
    F64(8),
    /** IEEE 754 binary32. */
    F32(4),
    /** IEEE 754 binary16. */
    F16(2),
    /** The upper half of a binary32. */
    BF16(2),
    /** Signed 64-bit integer. */
    I64(8),
    /** Signed 32-bit integer. */
    I32(4),
    /** Signed 16-bit integer. */
    I16(2),
    /** Signed 8-bit integer. */
    I8(1),
    /** Unsigned 8-bit integer. */
    U8(1),
    /** One byte, 0 for false. */
    BOOL(1);

    private static final DataType[] VALUES = values();
    static final ValueLayout.OfFloat FLOAT_LAYOUT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE_LAYOUT =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG_LAYOUT =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT_LAYOUT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT_LAYOUT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final int bytes;

    DataType(int bytes) {
        this.bytes = bytes;
    }

    /**
     * The size of an element.
     *
     * @return its size in bytes
     */
    public int bytes() {
        return bytes;
    }

    /**
     * Whether the elements are whole numbers.
     *
     * @return false for the floating-point types
     */
    public boolean isInteger() {
        return switch (this) {
            case F64, F32, F16, BF16 -> false;
            case I64, I32, I16, I8, U8, BOOL -> true;
        };
    }

    static Optional<DataType> named(String name) {
        for (DataType type : VALUES) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** The element at an index counted in elements, rounded to float32. */
    float floatAt(MemorySegment data, long index) {
        long at = index * bytes;
        return switch (this) {
            case F64 -> (float) data.get(DOUBLE_LAYOUT, at);
            case F32 -> data.get(FLOAT_LAYOUT, at);
            case F16 -> Float.float16ToFloat(data.get(SHORT_LAYOUT, at));
            case BF16 -> Float.intBitsToFloat(data.get(SHORT_LAYOUT, at) << 16);
            case I64, I32, I16, I8, U8, BOOL -> longAt(data, index);
        };
    }

    /** The whole number at an index counted in elements; only for integer types. */
    long longAt(MemorySegment data, long index) {
        long at = index * bytes;
        return switch (this) {
            case I64 -> data.get(LONG_LAYOUT, at);
            case I32 -> data.get(INT_LAYOUT, at);
            case I16 -> data.get(SHORT_LAYOUT, at);
            case I8 -> data.get(ValueLayout.JAVA_BYTE, at);
            case U8 -> Byte.toUnsignedLong(data.get(ValueLayout.JAVA_BYTE, at));
            case BOOL -> data.get(ValueLayout.JAVA_BYTE, at) == 0 ? 0 : 1;
            case F64, F32, F16, BF16 -> throw new IllegalArgumentException(this + " is not an integer type");
        };
    }
}
