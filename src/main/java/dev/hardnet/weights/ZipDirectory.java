package dev.hardnet.weights;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The table of contents of a zip archive, zip64 included, whose entries are read in place. */
final class ZipDirectory {
    private static final long LOCAL_HEADER = 0x04034b50;
    private static final long CENTRAL_HEADER = 0x02014b50;
    private static final long END_RECORD = 0x06054b50;
    private static final long ZIP64_END_RECORD = 0x06064b50;
    private static final long ZIP64_LOCATOR = 0x07064b50;
    private static final int LOCAL_HEADER_BYTES = 30;
    private static final int CENTRAL_HEADER_BYTES = 46;
    private static final int END_RECORD_BYTES = 22;
    private static final int ZIP64_LOCATOR_BYTES = 20;
    private static final int MAX_COMMENT_BYTES = 0xffff;
    private static final int ZIP64_EXTRA_ID = 1;
    /** A 32-bit field of this value stands in the zip64 record instead. */
    private static final long IN_ZIP64 = 0xffffffffL;
    private static final int ENCRYPTED_FLAG = 1;

    private final FileBytes file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private ZipDirectory(FileBytes file) {
        this.file = file;
    }

    /**
     * An entry of the archive.
     *
     * @param name     its path
     * @param flags    the zip format's general purpose flags
     * @param method   the compression method, 0 for none
     * @param size     its bytes once unpacked
     * @param headerAt the byte of the file at which its local header begins
     */
    record Entry(String name, int flags, int method, long size, long headerAt) {
    }

    static ZipDirectory read(FileBytes file) {
        ZipDirectory directory = new ZipDirectory(file);
        directory.readEntries(directory.locate());
        return directory;
    }

    Map<String, Entry> entries() {
        return Collections.unmodifiableMap(entries);
    }

    Optional<Entry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** The byte at which an entry's content begins; the entry must be stored as it is. */
    long dataAt(Entry entry) {
        long at = entry.headerAt();
        String name = Excerpt.of(entry.name());
        if (entry.method() != 0 || (entry.flags() & ENCRYPTED_FLAG) != 0) {
            throw file.refusal(at, "the zip entry %s is compressed or encrypted (method %d), but a PyTorch checkpoint "
                    .formatted(name, entry.method()) + "stores its entries as they are and only such can be mapped");
        }
        if (!file.holds(at, LOCAL_HEADER_BYTES) || file.u32(at) != LOCAL_HEADER) {
            throw file.refusal(at, "the header of the zip entry %s is expected here".formatted(name));
        }
        long dataAt = at + LOCAL_HEADER_BYTES + file.u16(at + 26) + file.u16(at + 28);
        if (!file.holds(dataAt, entry.size())) {
            throw file.refusal(dataAt, "the zip entry %s needs %s bytes here, but the file ends at byte %d"
                    .formatted(name, Long.toUnsignedString(entry.size()), file.size()));
        }
        return dataAt;
    }

    MemorySegment data(Entry entry) {
        return file.slice(dataAt(entry), entry.size());
    }

    private ByteCursor locate() {
        long endAt = findEndRecord();
        long bytes = file.u32(endAt + 12);
        long at = file.u32(endAt + 16);
        long limit = endAt;
        long locatorAt = endAt - ZIP64_LOCATOR_BYTES;
        if (locatorAt >= 0 && file.u32(locatorAt) == ZIP64_LOCATOR) {
            long recordAt = file.i64(locatorAt + 8);
            if (!file.holds(recordAt, 56) || file.u32(recordAt) != ZIP64_END_RECORD) {
                throw file.refusal(locatorAt, "the zip64 end record is said to be at byte %s, but it is not there"
                        .formatted(Long.toUnsignedString(recordAt)));
            }
            bytes = file.i64(recordAt + 40);
            at = file.i64(recordAt + 48);
            limit = recordAt;
        }
        if (at < 0 || bytes < 0 || at > limit || bytes > limit - at) {
            throw file.refusal(endAt, "the zip directory is said to be %s bytes at byte %s, but it must end by byte %d"
                    .formatted(Long.toUnsignedString(bytes), Long.toUnsignedString(at), limit));
        }
        return new ByteCursor(file, "the zip directory", at, at + bytes);
    }

    /** The end record is last, but for a comment of up to 64 KiB. */
    private long findEndRecord() {
        long lowest = Math.max(0, file.size() - END_RECORD_BYTES - MAX_COMMENT_BYTES);
        for (long at = file.size() - END_RECORD_BYTES; at >= lowest; at--) {
            if (file.u32(at) == END_RECORD && file.u16(at + 20) == file.size() - at - END_RECORD_BYTES) {
                return at;
            }
        }
        throw file.refusal(file.size(), "the zip archive ends without its directory, so it is probably cut short");
    }

    private void readEntries(ByteCursor cursor) {
        while (cursor.remaining() > 0) {
            long at = cursor.position();
            Entry entry = readEntry(cursor);
            if (entries.put(entry.name(), entry) != null) {
                throw file.refusal(at, "the zip entry %s is there twice".formatted(Excerpt.of(entry.name())));
            }
        }
    }

    private Entry readEntry(ByteCursor cursor) {
        long at = cursor.position();
        cursor.skip(CENTRAL_HEADER_BYTES);
        if (file.u32(at) != CENTRAL_HEADER) {
            throw file.refusal(at, "an entry of the zip directory is expected here");
        }
        String name = new String(cursor.bytes(file.u16(at + 28)), StandardCharsets.UTF_8);
        long extraAt = cursor.position();
        int extraBytes = file.u16(at + 30);
        cursor.skip(extraBytes);
        cursor.skip(file.u16(at + 32));
        Wide wide = new Wide(new ByteCursor(file, "the zip64 field", extraAt, extraAt + extraBytes));
        long size = wide.orElse(file.u32(at + 24));
        wide.orElse(file.u32(at + 20));
        return new Entry(name, file.u16(at + 8), file.u16(at + 10), size, wide.orElse(file.u32(at + 42)));
    }

    /** The numbers of an entry that are too large for 32 bits: in the order of use, only those that are. */
    private static final class Wide {
        private final ByteCursor extra;
        private boolean found;

        Wide(ByteCursor extra) {
            this.extra = extra;
        }

        long orElse(long narrow) {
            if (narrow != IN_ZIP64) {
                return narrow;
            }
            while (!found) {
                int id = extra.u16();
                int length = extra.u16();
                found = id == ZIP64_EXTRA_ID;
                extra.skip(found ? 0 : length);
            }
            return extra.i64();
        }
    }
}
