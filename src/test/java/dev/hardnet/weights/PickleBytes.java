package dev.hardnet.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Assembles pickles by hand, one instruction after the other. */
final class PickleBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static PickleBytes protocol2() {
        return new PickleBytes().raw(0x80, 2);
    }

    PickleBytes raw(int... bytes) {
        for (int b : bytes) {
            out.write(b);
        }
        return this;
    }

    /** Instructions without operands, by their letters. */
    PickleBytes op(String letters) {
        out.writeBytes(letters.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    PickleBytes text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        op("X").i32(utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    PickleBytes number(int value) {
        return op("J").i32(value);
    }

    PickleBytes longNumber(long value) {
        raw(0x8a, 8);
        out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
        return this;
    }

    PickleBytes global(String module, String name) {
        return op("c" + module + "\n" + name + "\n");
    }

    PickleBytes numbers(long... values) {
        op("(");
        for (long value : values) {
            longNumber(value);
        }
        return op("t");
    }

    /** A storage reference as zip files have it, five parts. */
    PickleBytes storage(String type, String key, int elements) {
        return op("(").text("storage").global("torch", type).text(key).text("cpu").number(elements).op("tQ");
    }

    /** A float32 tensor over the whole of a float storage. */
    PickleBytes tensor(String key, int elements, long offset, long[] shape, long[] strides) {
        return global("torch._utils", "_rebuild_tensor_v2").op("(").storage("FloatStorage", key, elements)
                .longNumber(offset).numbers(shape).numbers(strides)
                .raw(0x89).global("collections", "OrderedDict").op(")RtR");
    }

    byte[] stop() {
        op(".");
        return out.toByteArray();
    }

    private PickleBytes i32(int value) {
        out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
        return this;
    }
}
