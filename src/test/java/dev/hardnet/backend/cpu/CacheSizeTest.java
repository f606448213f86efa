package dev.hardnet.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.HarDNetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheSizeTest {
    @Test
    void sizeAloneHasLinesOf64BytesAnd16Ways() {
        assertEquals(new CacheSize(1 << 20, 64, 16), CacheSize.parse("1MiB"));
    }

    @ParameterizedTest
    @CsvSource({"1MiB:64:16,1048576,64,16", "96KiB:32,98304,32,16", "65536:128:4,65536,128,4", "2048B:64:1,2048,64,1"})
    void partsAreReadInTheirOrder(String text, long bytes, int lineBytes, int ways) {
        assertEquals(new CacheSize(bytes, lineBytes, ways), CacheSize.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1MiB:64:16", "96KiB:32:16", "1008B:16:7"})
    void textIsReadBack(String text) {
        assertEquals(text, CacheSize.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MiB", "1GB", "1MiB:", "1MiB:64:16:2", "-1", "99999999999"})
    void otherFormsAreNoCache(String text) {
        HarDNetException failure = assertThrows(HarDNetException.class, () -> CacheSize.parse(text));
        assertEquals("'" + text + "' is not a cache; expected SIZE[:LINE[:WAYS]], for example 1MiB:64:16.",
                failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1MiB:48 | A cache cannot have lines of 48 bytes; expected a power of two from 16 to 4096.",
        "1000:64:16 | A cache cannot have 1000 bytes; expected a multiple of 16 ways of 64 bytes.",
        "2000MiB | A cache cannot have 2097152000 bytes; expected 1 byte to 1 GiB.",
        "1MiB:64:0 | A cache cannot have 0 ways; expected 1 to 1024."})
    void impossibleCachesAreRefused(String text, String sentence) {
        assertEquals(sentence, assertThrows(HarDNetException.class, () -> CacheSize.parse(text)).getMessage());
    }
}
