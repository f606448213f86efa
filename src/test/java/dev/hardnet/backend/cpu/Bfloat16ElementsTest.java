package dev.hardnet.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.graph.ElementType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Bfloat16ElementsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4095, 4096, 4097, 9000})
    void anyNumberOfElementsIsReadFromItsPlace(int count) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment map = arena.allocate(ValueLayout.JAVA_SHORT, count + 6);
            float[] expected = new float[count + 2];
            for (int i = 0; i < count; i++) {
                expected[i + 1] = i % 256;
                map.setAtIndex(ValueLayout.JAVA_SHORT, i + 3, (short) (Float.floatToRawIntBits(i % 256) >>> 16));
            }
            float[] found = new float[count + 2];
            new Bfloat16Elements().read(map, 3, found, 1, count);
            assertArrayEquals(expected, found);
        }
    }

    @Test
    void classesAreNoFloats() {
        assertEquals("Classes are no floats.", assertThrows(
                IllegalArgumentException.class,
                () -> MapElements.of(ElementType.UINT8)).getMessage());
    }
}
