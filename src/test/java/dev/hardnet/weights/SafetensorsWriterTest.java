package dev.hardnet.weights;

import static dev.hardnet.weights.Refusals.refuses;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.HarDNetException;
import dev.hardnet.graph.ParameterSpec;
import dev.hardnet.testing.SharedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
    @TempDir
    private Path folder;

    @Test
    void writesExactlyTheseBytes() throws IOException {
        Path file = folder.resolve("a.safetensors");
        SafetensorsWriter.write(file, Map.of("z", "1", "a", "\"2\""), List.of(
                new RawTensor("u", DataType.U8, List.of(3), new byte[] {1, 2, 3}),
                RawTensor.ofFloats("f", List.of(1, 1), new float[] {2})));
        String header = "{\"__metadata__\":{\"a\":\"\\\"2\\\"\",\"z\":\"1\"},"
                + "\"u\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[4,7]},"
                + "\"f\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]}}";
        String padded = header + " ".repeat(-header.length() & 7);
        byte[] expected = CheckpointBytes.safetensors(padded, (byte) 0, (byte) 0, (byte) 0, (byte) 0x40, (byte) 1,
                (byte) 2, (byte) 3);
        assertEquals(new String(expected, StandardCharsets.ISO_8859_1),
                new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    }

    @Test
    void keepsEveryTypeAndShapeOfAPyTorchFile() {
        Path file = folder.resolve("b.safetensors");
        try (Checkpoint source = Checkpoint.open(
                SharedFiles.path("reference", "checkpoints", "small_ordereddict_zip.pth"))) {
            SafetensorsWriter.write(file, Map.of(), source.keys().stream().map(source::raw).toList());
            try (Checkpoint copy = Checkpoint.open(file)) {
                assertEquals(List.copyOf(source.keys()), List.copyOf(copy.keys()));
                assertEquals(Map.of(), copy.metadata());
                for (String key : source.keys()) {
                    assertEquals(source.shape(key), copy.shape(key), key);
                    assertEquals(source.raw(key).type(), copy.raw(key).type(), key);
                    assertArrayEquals(source.read(key), copy.read(key), key);
                }
            }
        }
    }

    @Test
    void writesASourceWithoutAStoredFormAsFloats() {
        Path file = folder.resolve("c.safetensors");
        SyntheticWeights source = new SyntheticWeights(List.of(new ParameterSpec("w", List.of(2, 3)),
                new ParameterSpec("n.num_batches_tracked", List.of())), 5);
        SafetensorsWriter.write(file, Map.of(), source);
        try (Checkpoint copy = Checkpoint.open(file)) {
            assertArrayEquals(source.read("w"), copy.read("w"));
            assertEquals(List.of(), copy.shape("n.num_batches_tracked"));
            assertEquals(DataType.F32, copy.raw("w").type());
        }
    }

    @Test
    void replacesAFileAndLeavesNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("d.safetensors"), "old");
        SafetensorsWriter.write(file, Map.of(), List.of(RawTensor.ofFloats("f", List.of(1), new float[] {2})));
        try (Checkpoint copy = Checkpoint.open(file)) {
            assertArrayEquals(new float[] {2}, copy.read("f"));
        }
        assertEquals(Set.of("d.safetensors"), names());
    }

    @Test
    void leavesTheOldFileWhenItFailsHalfWay() throws IOException {
        Path file = Files.writeString(folder.resolve("e.safetensors"), "old");
        WeightSource failing = new FailingSource();
        assertThrows(HarDNetException.class, () -> SafetensorsWriter.write(file, Map.of(), failing));
        assertEquals("old", Files.readString(file));
        assertEquals(Set.of("e.safetensors"), names());
    }

    @Test
    void refusesAFolderThatIsNotThere() throws IOException {
        Path file = folder.resolve("none").resolve("f.safetensors");
        String message = assertThrows(HarDNetException.class,
                () -> SafetensorsWriter.write(file, Map.of(), List.of())).getMessage();
        assertEquals(file + " cannot be written: there is no folder " + file.getParent() + ".", message);
        assertEquals(Set.of(), names());
    }

    @Test
    void refusesKeysThatOccurTwiceOrAreReserved() throws IOException {
        RawTensor tensor = RawTensor.ofFloats("f", List.of(1), new float[] {2});
        RawTensor reserved = RawTensor.ofFloats("__metadata__", List.of(1), new float[] {2});
        Path file = folder.resolve("g");
        refuses(file + " cannot be written because the key f occurs twice or is reserved.",
                () -> SafetensorsWriter.write(file, Map.of(), List.of(tensor, tensor)));
        refuses(file + " cannot be written because the key __metadata__ occurs twice or is reserved.",
                () -> SafetensorsWriter.write(file, Map.of(), List.of(reserved)));
        assertEquals(Set.of(), names());
    }

    @Test
    void refusesTensorsWhoseBytesDoNotFitTheirSizes() {
        refuses("The tensor t of sizes [2, 2] of F16 cannot have 7 bytes.",
                () -> new RawTensor("t", DataType.F16, List.of(2, 2), new byte[7]));
        refuses("The tensor t of sizes [-1, -1] of U8 cannot have 1 bytes.",
                () -> new RawTensor("t", DataType.U8, List.of(-1, -1), new byte[1]));
        refuses("The tensor t holds F16, but whole numbers are expected.",
                () -> new RawTensor("t", DataType.F16, List.of(1), new byte[2]).longs());
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return Set.copyOf(files.map(path -> path.getFileName().toString()).toList());
        }
    }

    /** One tensor that can be read, then one that cannot. */
    private static final class FailingSource implements WeightSource {
        @Override
        public String origin() {
            return "failing";
        }

        @Override
        public Set<String> keys() {
            return new TreeSet<>(Set.of("a", "b"));
        }

        @Override
        public List<Integer> shape(String key) {
            return List.of(1);
        }

        @Override
        public float[] read(String key) {
            if (key.equals("b")) {
                throw new HarDNetException("The file went away.");
            }
            return new float[1];
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
