package dev.hardnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.hardnet.graph.ElementType;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class TensorTest {
    @Test
    void memoryIsTheArrayOfFloats() {
        float[] data = {1, 2, 3, 4, 5, 6};
        Tensor tensor = Tensor.of(data, 1, 2, 3);
        tensor.memory().setAtIndex(ValueLayout.JAVA_FLOAT, 4, -7);
        assertEquals(-7, data[4]);
        assertEquals(6 * Float.BYTES, tensor.memory().byteSize());
        assertSame(tensor.memory(), tensor.memory());
    }

    @Test
    void memoryIsTheArrayOfBytes() {
        Tensor tensor = Tensor.zeros(ElementType.UINT8, 2, 3);
        tensor.memory().set(ValueLayout.JAVA_BYTE, 5, (byte) 200);
        assertEquals((byte) 200, tensor.bytes()[5]);
        assertEquals(6, tensor.memory().byteSize());
    }
}
