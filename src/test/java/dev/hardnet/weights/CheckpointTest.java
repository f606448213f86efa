package dev.hardnet.weights;

import static dev.hardnet.weights.Refusals.refuses;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.HarDNetException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    @TempDir
    private Path folder;

    @Test
    void tellsFormatsApartByContentNotByName() {
        Path file = folder.resolve("misnamed.pth");
        SafetensorsWriter.write(file, Map.of(), List.of(RawTensor.ofFloats("w", List.of(1), new float[] {7})));
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertArrayEquals(new float[] {7}, checkpoint.read("w"));
            assertEquals(file.toString(), checkpoint.origin());
        }
    }

    @Test
    void stripsAPrefixOnlyWhenEveryKeyHasIt() {
        try (Checkpoint both = CheckpointBytes.open(twoTensors("module.a", "module.b"));
             Checkpoint one = CheckpointBytes.open(twoTensors("module.a", "b"))) {
            assertEquals(Set.of("a", "b"), both.keys());
            assertEquals(Set.of("module.a", "b"), one.keys());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"numpy_score_legacy.pth", "numpy_score_zip.pth"})
    void ignoresScoresOfNumpysTypeBesideTheWeights(String name) throws Exception {
        Path file = Path.of(CheckpointTest.class.getResource(name).toURI());
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertEquals(Set.of("w"), checkpoint.keys());
            assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, checkpoint.read("w"));
        }
    }

    @Test
    void ignoresWhatIsNotATensor() {
        byte[] pickle = PickleBytes.protocol2().op("}(").text("epoch").number(3)
                .number(5).tensor("0", 1, 0, new long[] {1}, new long[] {1})
                .text("model_state").op("}").text("w").tensor("0", 1, 0, new long[] {1}, new long[] {1}).op("s")
                .text("optimizer").op("}").text("state").op("}").number(0).op("}").text("momentum")
                .tensor("1", 2, 0, new long[] {2}, new long[] {1}).op("sssu").stop();
        byte[] file = CheckpointBytes.zip(pickle, Map.of("archive/data/0", CheckpointBytes.floats(9)));
        try (Checkpoint checkpoint = CheckpointBytes.open(file)) {
            assertEquals(Set.of("w"), checkpoint.keys());
            assertArrayEquals(new float[] {9}, checkpoint.read("w"));
        }
    }

    @Test
    void refusesKeysItDoesNotHold() {
        try (Checkpoint checkpoint = CheckpointBytes.open(twoTensors("a", "b"))) {
            refuses("memory.pth holds no tensor c; it holds 2 others.", () -> checkpoint.read("c"));
        }
    }

    @Test
    void refusesFilesThatCannotBeRead() throws IOException {
        Path missing = folder.resolve("missing.pth");
        refuses(missing + " does not exist, but a checkpoint file is expected.", () -> Checkpoint.open(missing));
        refuses(folder + " is a folder, but a checkpoint file is expected.", () -> Checkpoint.open(folder));
        Path empty = Files.createFile(folder.resolve("empty.pth"));
        refuses(empty + ", byte 0: the file begins neither like a PyTorch checkpoint (zip or legacy) nor like "
                + "safetensors.", () -> Checkpoint.open(empty));
    }

    @Test
    void closesTwiceAndThenRefusesToRead() {
        Checkpoint checkpoint = CheckpointBytes.open(twoTensors("a", "b"));
        checkpoint.close();
        checkpoint.close();
        assertEquals("The checkpoint memory.pth is closed.",
                assertThrows(IllegalStateException.class, () -> checkpoint.read("a")).getMessage());
    }

    @Test
    void letsReadsInFlightFinishBeforeItCloses() throws Exception {
        Path file = folder.resolve("shared.safetensors");
        float[] values = new float[1 << 16];
        Arrays.fill(values, 3);
        SafetensorsWriter.write(file, Map.of(), List.of(RawTensor.ofFloats("w", List.of(1 << 16), values)));
        Checkpoint checkpoint = Checkpoint.open(file);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            CountDownLatch started = new CountDownLatch(4);
            Callable<Integer> readUntilClosed = () -> readUntilClosed(checkpoint, values, started);
            List<Future<Integer>> readers = Stream.generate(() -> threads.submit(readUntilClosed)).limit(4).toList();
            started.await();
            checkpoint.close();
            for (Future<Integer> reader : readers) {
                assertTrue(reader.get() >= 1);
            }
        }
    }

    @Test
    void reportsAFileThatIsCutShortWhileItIsMapped() throws IOException {
        Path file = folder.resolve("shrinking.safetensors");
        SafetensorsWriter.write(file, Map.of(), List.of(RawTensor.ofFloats("w", List.of(1 << 20), new float[1 << 20])));
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(100);
            }
            HarDNetException e = assertThrows(HarDNetException.class, () -> checkpoint.read("w"));
            assertEquals(file + " was changed or cut short by someone else while it was being read.", e.getMessage());
            assertInstanceOf(InternalError.class, e.getCause());
            assertThrows(HarDNetException.class, () -> checkpoint.raw("w"));
        }
    }

    @Test
    void convertsRoundingAndSpecialValues() {
        assertConverted(DataType.F16, new byte[] {0, 0x7c, 1, 0}, Float.POSITIVE_INFINITY, 0x1p-24f);
        assertConverted(DataType.BF16, new byte[] {(byte) 0x80, (byte) 0xbf, 0x49, 0x40}, -1, 3.140625f);
        assertConverted(DataType.F64, new byte[] {0x18, 0x2d, 0x44, 0x54, (byte) 0xfb, 0x21, 9, 0x40}, (float) Math.PI);
        assertConverted(DataType.I64, new byte[] {1, 0, 0, 1, 0, 0, 0, 0}, 16777216);
        assertConverted(DataType.I32, new byte[] {-1, -1, -1, -1}, -1);
        assertConverted(DataType.BOOL, new byte[] {0, 1, 2}, 0, 1, 1);
    }

    /** Reads again and again, and counts how often it went well; everything but the refusal of a closed file fails. */
    private static int readUntilClosed(Checkpoint checkpoint, float[] expected, CountDownLatch started) {
        int reads = 0;
        while (true) {
            try {
                assertArrayEquals(expected, checkpoint.read("w"));
            } catch (IllegalStateException e) {
                assertEquals("The checkpoint " + checkpoint.origin() + " is closed.", e.getMessage());
                return reads;
            }
            reads++;
            if (reads == 1) {
                started.countDown();
            }
        }
    }

    private void assertConverted(DataType type, byte[] bytes, float... expected) {
        Path file = folder.resolve(type + ".safetensors");
        SafetensorsWriter.write(file, Map.of(),
                List.of(new RawTensor("t", type, List.of(expected.length), bytes)));
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertArrayEquals(expected, checkpoint.read("t"), type.toString());
        }
    }

    private static byte[] twoTensors(String first, String second) {
        return CheckpointBytes.safetensors("{\"%s\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0,1]},"
                .formatted(first) + "\"%s\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[1,2]}}".formatted(second),
                (byte) 1, (byte) 2);
    }
}
