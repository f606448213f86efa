package dev.hardnet.weights;

import dev.hardnet.HarDNetException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The bytes of a checkpoint file, little-endian. Every access is checked against the end of the file first. */
final class FileBytes {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment segment;
    private final String origin;

    FileBytes(MemorySegment segment, String origin) {
        this.segment = segment;
        this.origin = origin;
    }

    String origin() {
        return origin;
    }

    long size() {
        return segment.byteSize();
    }

    /** Whether {@code count} bytes from {@code at} lie inside the file; never overflows. */
    boolean holds(long at, long count) {
        return at >= 0 && count >= 0 && at <= size() && count <= size() - at;
    }

    int u8(long at) {
        need(at, 1);
        return Byte.toUnsignedInt(segment.get(ValueLayout.JAVA_BYTE, at));
    }

    int u16(long at) {
        need(at, 2);
        return Short.toUnsignedInt(segment.get(SHORT, at));
    }

    long u32(long at) {
        need(at, 4);
        return Integer.toUnsignedLong(segment.get(INT, at));
    }

    /** A 64-bit number; one of 2^63 and above comes out negative, which every range check refuses. */
    long i64(long at) {
        need(at, 8);
        return segment.get(LONG, at);
    }

    byte[] bytes(long at, long count) {
        return slice(at, count).toArray(ValueLayout.JAVA_BYTE);
    }

    MemorySegment slice(long at, long count) {
        need(at, count);
        return segment.asSlice(at, count);
    }

    /** A refusal that says where: {@code problem} is the rest of the sentence, without its full stop. */
    HarDNetException refusal(long at, String problem) {
        return new HarDNetException(sentence(at, problem));
    }

    HarDNetException refusal(long at, String problem, Throwable cause) {
        return new HarDNetException(sentence(at, problem), cause);
    }

    private String sentence(long at, String problem) {
        return origin + ", byte " + at + ": " + problem + ".";
    }

    private void need(long at, long count) {
        if (!holds(at, count)) {
            throw refusal(at, "%s bytes are expected here, but the file ends at byte %d"
                    .formatted(Long.toUnsignedString(count), size()));
        }
    }
}
