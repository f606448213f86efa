package dev.hardnet.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.hardnet.HarDNetException;
import dev.hardnet.onnx.proto.Onnx.GraphProto;
import dev.hardnet.onnx.proto.Onnx.ModelProto;
import dev.hardnet.onnx.proto.Onnx.TensorProto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxFileTest {
    private static final ModelProto MODEL = ModelProto.newBuilder().setIrVersion(8).setProducerName("p").build();
    private static final GraphProto GRAPH = GraphProto.newBuilder().setName("g").build();

    @Test
    void isTheMessageThatProtobufItselfWouldWrite() throws IOException {
        float[] large = new float[50_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = i - 0.1f;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        file(new WeightTensors(List.of(header("a", 2, 25_000), header("b", 1)), () -> List.of(large, new float[] {7})))
                .writeTo(bytes);
        ModelProto model = ModelProto.parseFrom(bytes.toByteArray());
        assertEquals(MODEL, model.toBuilder().clearGraph().build());
        assertEquals(GRAPH, model.getGraph().toBuilder().clearInitializer().build());
        TensorProto first = model.getGraph().getInitializer(0);
        assertEquals(List.of(2L, 25_000L), first.getDimsList());
        assertEquals(TensorProto.DataType.FLOAT.getNumber(), first.getDataType());
        assertArrayEquals(large, floats(first));
        assertEquals("b", model.getGraph().getInitializer(1).getName());
        assertArrayEquals(new float[] {7}, floats(model.getGraph().getInitializer(1)));
        assertEquals(model.getSerializedSize(), bytes.size());
    }

    @Test
    void weightsAreNeverCopiedAsAWhole() throws IOException {
        float[] elements = new float[1 << 24];
        OnnxFile file = file(new WeightTensors(List.of(header("a", elements.length)), () -> List.of(elements)));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        file.writeTo(OutputStream.nullOutputStream());
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 4 << 20, "64 MiB were written with " + allocated + " bytes of memory");
    }

    @Test
    void moreThanTwoGibibytesAreRefusedBeforeAnythingIsWritten() {
        OnnxFile file = file(new WeightTensors(List.of(header("a", 1 << 15, 1 << 14)), () -> {
            throw new AssertionError("weights were asked for");
        }));
        HarDNetException refusal = assertThrows(HarDNetException.class, () -> file.checkSize(Path.of("big.onnx")));
        assertEquals("big.onnx would have 2147483687 bytes; an ONNX file holds at most 2147483647.",
                refusal.getMessage());
    }

    private static OnnxFile file(WeightTensors weights) {
        return new OnnxFile(MODEL, GRAPH, List.of(weights), _ -> { });
    }

    private static WeightTensors.Header header(String name, Integer... dims) {
        return WeightTensors.Header.of(name, List.of(dims));
    }

    private static float[] floats(TensorProto tensor) {
        float[] floats = new float[tensor.getRawData().size() / Float.BYTES];
        tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        return floats;
    }
}
