package dev.hardnet.weights;

import dev.hardnet.HarDNetException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The bytes of a checkpoint file, little-endian, for one thread. Every access is first checked against its end. */
final class FileBytes {
    private final MemorySegment segment;
    private final String origin;
    /** A number as it stands in the file: a segment's own getters make classes for each type of number. */
    private final byte[] number = new byte[Long.BYTES];

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
        return (int) number(at, Byte.BYTES);
    }

    int u16(long at) {
        return (int) number(at, Short.BYTES);
    }

    long u32(long at) {
        return number(at, Integer.BYTES);
    }

    /** A 64-bit number; one of 2^63 and above comes out negative, which every range check refuses. */
    long i64(long at) {
        return number(at, Long.BYTES);
    }

    private long number(long at, int bytes) {
        need(at, bytes);
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, at, number, 0, bytes);
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << Byte.SIZE | Byte.toUnsignedLong(number[i]);
        }
        return value;
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
