package dev.hardnet.backend.cpu;

import dev.hardnet.HarDNetException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A set-associative cache, of which the least recently used line of a set makes room.
 *
 * @param bytes     its size, a multiple of a line in every way, at most 1 GiB
 * @param lineBytes bytes of a line, a power of two from 16 to 4096
 * @param ways      lines of a set, 1 to 1024
 */
public record CacheSize(long bytes, int lineBytes, int ways) {
    private static final long MOST_BYTES = 1L << 30;
    private static final int DEFAULT_LINE_BYTES = 64;
    private static final int DEFAULT_WAYS = 16;
    private static final Pattern TEXT = Pattern.compile("(\\d{1,10})(B|KiB|MiB)?(?::(\\d{1,9})(?::(\\d{1,9}))?)?");

    /** Refuses what no cache is. */
    public CacheSize {
        check(bytes > 0 && bytes <= MOST_BYTES, "%d bytes", bytes, "1 byte to 1 GiB");
        check(Integer.bitCount(lineBytes) == 1 && lineBytes >= 16 && lineBytes <= 4096, "lines of %d bytes", lineBytes,
                "a power of two from 16 to 4096");
        check(ways >= 1 && ways <= 1024, "%d ways", ways, "1 to 1024");
        check(bytes % ((long) lineBytes * ways) == 0, "%d bytes", bytes,
                "a multiple of %d ways of %d bytes".formatted(ways, lineBytes));
    }

    private static void check(boolean valid, String found, long value, String expected) {
        if (!valid) {
            throw new HarDNetException("A cache cannot have %s; expected %s."
                    .formatted(found.formatted(value), expected));
        }
    }

    /**
     * Reads a cache as people write it.
     *
     * @param text SIZE, SIZE:LINE or SIZE:LINE:WAYS, where SIZE is bytes or has a unit: {@code 1MiB:64:16}; a line is
     *             64 bytes and a set 16 ways unless said
     * @return the cache
     * @throws HarDNetException when the text does not have that form or no cache is like that
     */
    public static CacheSize parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new HarDNetException("'%s' is not a cache; expected SIZE[:LINE[:WAYS]], for example 1MiB:64:16."
                    .formatted(text));
        }
        long unit = switch (matcher.group(2)) {
            case "MiB" -> 1L << 20;
            case "KiB" -> 1L << 10;
            case null, default -> 1;
        };
        return new CacheSize(Long.parseLong(matcher.group(1)) * unit, number(matcher.group(3), DEFAULT_LINE_BYTES),
                number(matcher.group(4), DEFAULT_WAYS));
    }

    private static int number(String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    /** The cache as {@link #parse} reads it. */
    @Override
    public String toString() {
        long unit = bytes % (1 << 20) == 0 ? 1 << 20 : bytes % (1 << 10) == 0 ? 1 << 10 : 1;
        String name = unit == 1 << 20 ? "MiB" : unit == 1 << 10 ? "KiB" : "B";
        return String.format(Locale.ROOT, "%d%s:%d:%d", bytes / unit, name, lineBytes, ways);
    }
}
