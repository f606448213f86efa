package dev.hardnet.weights;

import dev.hardnet.HarDNetException;

/** Reads a part of a file from front to back and never past the part's end. */
final class ByteCursor {
    private final FileBytes file;
    private final String part;
    private final long limit;
    private long position;

    /**
     * Starts at the front of a part.
     *
     * @param file  the file
     * @param part  what the part is, for messages
     * @param start its first byte
     * @param limit the byte after its last
     */
    ByteCursor(FileBytes file, String part, long start, long limit) {
        this.file = file;
        this.part = part;
        this.position = start;
        this.limit = limit;
    }

    FileBytes file() {
        return file;
    }

    long position() {
        return position;
    }

    long remaining() {
        return limit - position;
    }

    int u8() {
        return file.u8(take(1));
    }

    int u16() {
        return file.u16(take(2));
    }

    long u32() {
        return file.u32(take(4));
    }

    int i32() {
        return (int) u32();
    }

    long i64() {
        return file.i64(take(8));
    }

    byte[] bytes(long count) {
        return file.bytes(take(count), count);
    }

    void skip(long count) {
        take(count);
    }

    HarDNetException refusal(long at, String problem) {
        return file.refusal(at, problem);
    }

    private long take(long count) {
        if (count < 0 || count > remaining()) {
            throw refusal(position, "%s is cut short, %s bytes are expected here and %d are left"
                    .formatted(part, Long.toUnsignedString(count), remaining()));
        }
        long at = position;
        position += count;
        return at;
    }
}
