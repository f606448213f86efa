package dev.hardnet.backend.cuda;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/** Copies between tensors and pinned memory; of more than a few megabytes several threads copy parts. */
final class PinnedCopy {
    /** Elements of a part: long enough that handing it to a thread costs nothing beside copying it. */
    private static final long PART = 1 << 20;

    private PinnedCopy() {
    }

    static void in(float[] from, MemorySegment pinned) {
        parts(from.length, first -> MemorySegment.copy(from, (int) first, pinned, ValueLayout.JAVA_FLOAT,
                first * Float.BYTES, count(first, from.length)));
    }

    static void out(MemorySegment pinned, float[] to) {
        parts(to.length, first -> MemorySegment.copy(pinned, ValueLayout.JAVA_FLOAT, first * Float.BYTES, to,
                (int) first, count(first, to.length)));
    }

    static void out(MemorySegment pinned, byte[] to) {
        parts(to.length, first -> MemorySegment.copy(pinned, ValueLayout.JAVA_BYTE, first, to, (int) first,
                count(first, to.length)));
    }

    private static int count(long first, long length) {
        return (int) Math.min(PART, length - first);
    }

    private static void parts(long length, LongConsumer copy) {
        if (length <= PART) {
            copy.accept(0);
        } else {
            LongStream.range(0, Math.ceilDiv(length, PART)).parallel().forEach(part -> copy.accept(part * PART));
        }
    }
}
