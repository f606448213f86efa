package dev.hardnet.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tensors of any length arrive whole, whether one thread copies them or several. */
class PinnedCopyTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 1000, 1 << 20, (1 << 20) + 1, 3_333_333})
    void floatsComeBackAsTheyWent(int length) {
        float[] values = new float[length];
        Random random = new Random(length);
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat();
        }
        try (Arena arena = Arena.ofShared()) {
            MemorySegment memory = arena.allocate(ValueLayout.JAVA_FLOAT, length);
            PinnedCopy.in(values, memory);
            assertArrayEquals(values, memory.toArray(ValueLayout.JAVA_FLOAT));
            float[] back = new float[length];
            PinnedCopy.out(memory, back);
            assertArrayEquals(values, back);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1 << 20, 2_500_001})
    void bytesComeAsTheyAre(int length) {
        byte[] values = new byte[length];
        new Random(length).nextBytes(values);
        try (Arena arena = Arena.ofShared()) {
            MemorySegment memory = arena.allocate(length);
            memory.copyFrom(MemorySegment.ofArray(values));
            byte[] back = new byte[length];
            PinnedCopy.out(memory, back);
            assertArrayEquals(values, back);
        }
    }
}
