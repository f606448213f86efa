package dev.hardnet.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.graph.ElementType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Bfloat16ElementsTest {
    @ParameterizedTest
    @CsvSource({"0x1p0, 0x1p0", "0x1.01p0, 0x1.00p0", "0x1.03p0, 0x1.04p0", "0x1.010002p0, 0x1.02p0",
            "-0x1.03p0, -0x1.04p0", "0x1.fep127, 0x1.fep127", "0x1.fefffep127, 0x1.fep127", "0x1.ffp127, Infinity",
            "-Infinity, -Infinity", "0x1p-133, 0x1p-133", "0x1p-134, 0x0p0", "0x1.8p-134, 0x1p-133", "-0x0p0, -0x0p0"})
    void numbersAreRoundedToTheNearestAndInTheMiddleToEven(String value, String expected) {
        float rounded = Bfloat16Elements.widened(Bfloat16Elements.rounded(Float.parseFloat(value)));
        assertEquals(Float.parseFloat(expected), rounded);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7f800001, 0x7fffffff, 0xff800001, 0xffffffff, 0x7fc00000})
    void notANumberStaysOne(int bits) {
        assertTrue(Float.isNaN(Bfloat16Elements.widened(Bfloat16Elements.rounded(Float.intBitsToFloat(bits)))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4095, 4096, 4097, 9000})
    void anyNumberOfElementsIsWrittenAndReadInItsPlace(int count) {
        Bfloat16Elements elements = new Bfloat16Elements();
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i % 256;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment map = arena.allocate(ValueLayout.JAVA_SHORT, count + 6);
            elements.write(values, map, 3);
            float[] found = new float[count + 2];
            elements.read(map, 3, found, 1, count);
            float[] expected = new float[count + 2];
            System.arraycopy(values, 0, expected, 1, count);
            assertArrayEquals(expected, found);
            assertEquals(0, map.getAtIndex(ValueLayout.JAVA_SHORT, 2));
            assertEquals(0, map.getAtIndex(ValueLayout.JAVA_SHORT, count + 3));
        }
    }

    @Test
    void classesAreNoFloats() {
        assertEquals("Classes are no floats.", assertThrows(
                IllegalArgumentException.class,
                () -> MapElements.of(ElementType.UINT8)).getMessage());
    }
}
