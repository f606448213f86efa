package dev.hardnet.weights;

import static dev.hardnet.weights.Refusals.refuses;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hardnet.graph.ParameterSpec;
import dev.hardnet.testing.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real files of the ground truth. */
class CheckpointFilesTest {
    @ParameterizedTest
    @ValueSource(strings = {"small_ordereddict_legacy.pth", "small_ordereddict_zip.pth"})
    void readsEveryTypeAndLayoutExactly(String name) throws IOException {
        JsonObject expected = JsonParser.parseString(Files.readString(checkpoint("small_expected.json")))
                .getAsJsonObject();
        try (Checkpoint checkpoint = Checkpoint.open(checkpoint(name))) {
            assertEquals(expected.keySet(), checkpoint.keys());
            for (String key : expected.keySet()) {
                // JSON cannot say that the empty tensor has 0 rows of 4.
                List<Integer> shape = key.equals("empty") ? List.of(0, 4) : shape(expected.get(key));
                assertEquals(shape, checkpoint.shape(key), key);
                assertArrayEquals(values(expected.get(key)), checkpoint.read(key), key);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small_ordereddict_legacy.pth", "small_ordereddict_zip.pth"})
    void readsAnyPartOfEveryTypeAndLayout(String name) {
        try (Checkpoint checkpoint = Checkpoint.open(checkpoint(name))) {
            for (String key : checkpoint.keys()) {
                float[] whole = checkpoint.read(key);
                for (int first = 0; first < whole.length; first++) {
                    for (int end = first + 1; end <= whole.length; end++) {
                        float[] part = new float[end - first];
                        checkpoint.read(key, first, part, part.length);
                        assertArrayEquals(Arrays.copyOfRange(whole, first, end), part, key);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small_wrapped_state_dict_legacy.pth", "small_wrapped_state_dict_zip.pth"})
    void unwrapsTheStateDictAndItsDataParallelPrefix(String name) {
        try (Checkpoint checkpoint = Checkpoint.open(checkpoint(name))) {
            assertEquals(Set.of("w"), checkpoint.keys());
            assertEquals(List.of(2, 2), checkpoint.shape("w"));
            assertArrayEquals(new float[] {1, 1, 1, 1}, checkpoint.read("w"));
        }
    }

    @ParameterizedTest
    @CsvSource({"hardnet39ds_seed1_zip.pth,hardnet39ds", "fchardnet70_seed1_legacy_dataparallel.pkl,fchardnet70"})
    void readsWholeNetworksWhoseValuesAreTheSyntheticOnes(String name, String network) {
        List<ParameterSpec> specs = StateDictTable.of(network);
        SyntheticWeights synthetic = new SyntheticWeights(specs, 1);
        try (Checkpoint checkpoint = Checkpoint.open(checkpoint(name))) {
            assertEquals(specs.stream().map(ParameterSpec::key).toList(), List.copyOf(checkpoint.keys()));
            for (ParameterSpec spec : specs) {
                assertEquals(spec.shape(), checkpoint.shape(spec.key()), spec.key());
                assertArrayEquals(synthetic.read(spec.key()), checkpoint.read(spec.key()), spec.key());
            }
            StateDictCheck.check(specs, checkpoint);
        }
    }

    @Test
    void readsThePicturesAndLabelsOfTheSample() {
        try (Checkpoint sample = Checkpoint.open(SharedFiles.path("reference", "models",
                "cifar10_sample_1000.safetensors"))) {
            RawTensor images = sample.raw("images");
            assertEquals(DataType.U8, images.type());
            assertEquals(List.of(1000, 32, 32, 3), images.shape());
            assertEquals(3_072_000, images.bytes().length);
            RawTensor labels = sample.raw("labels");
            assertEquals(DataType.I64, labels.type());
            assertEquals(8000, labels.bytes().length);
            assertEquals(1000, labels.longs().length);
            assertEquals("0.8630", sample.metadata().get("top1"));
            assertEquals(863, agreement(sample));
        }
    }

    @Test
    void readsTheTrainedModelWithItsMetadata() {
        try (Checkpoint model = Checkpoint.open(SharedFiles.path("reference", "models",
                "hardnet39ds_cifar10.safetensors"))) {
            assertEquals("64", model.metadata().get("input_size"));
            assertEquals(10, StateDictCheck.outputs(model, "base.14.3.weight"));
            List<ParameterSpec> specs = StateDictTable.of("hardnet39ds").stream()
                    .map(spec -> spec.key().startsWith("base.14.3.") ? withOutputs(spec, 10) : spec).toList();
            StateDictCheck.check(specs, model);
        }
    }

    @Test
    void refusesWhatIsNoCheckpoint() {
        refusesShared("hostile_not_a_checkpoint.pth", "byte 0: the file begins neither like a PyTorch checkpoint "
                + "(zip or legacy) nor like safetensors.");
    }

    @Test
    void refusesGlobalsThatWouldRunCommands() {
        refusesShared("hostile_os_system_legacy.pth", "byte 150: the file names the global posix.system, but only "
                + "OrderedDict, tensors and storages are allowed.");
        refusesShared("hostile_os_system_zip.pth", "byte 77: the file names the global posix.system, but only "
                + "OrderedDict, tensors and storages are allowed.");
    }

    @Test
    void refusesTruncatedFiles() {
        refusesShared("hostile_truncated_legacy.pth",
                "byte 477: the legacy checkpoint is cut short, 16 bytes are expected here and 7 are left.");
        refusesShared("hostile_truncated_zip.pth",
                "byte 533: the zip archive ends without its directory, so it is probably cut short.");
    }

    private static void refusesShared(String name, String sentence) {
        Path path = checkpoint(name);
        refuses(path + ", " + sentence, () -> Checkpoint.open(path).close());
    }

    private static Path checkpoint(String name) {
        return SharedFiles.path("reference", "checkpoints", name);
    }

    private static ParameterSpec withOutputs(ParameterSpec spec, int outputs) {
        List<Integer> shape = new ArrayList<>(spec.shape());
        shape.set(0, outputs);
        return new ParameterSpec(spec.key(), shape);
    }

    /** How often the largest logit is the label's. */
    private static int agreement(Checkpoint sample) {
        float[] logits = sample.read("logits");
        long[] labels = sample.raw("labels").longs();
        int right = 0;
        for (int picture = 0; picture < labels.length; picture++) {
            int best = 0;
            for (int c = 1; c < 10; c++) {
                best = logits[picture * 10 + c] > logits[picture * 10 + best] ? c : best;
            }
            right += best == labels[picture] ? 1 : 0;
        }
        return right;
    }

    private static List<Integer> shape(JsonElement value) {
        List<Integer> shape = new ArrayList<>();
        JsonElement at = value;
        while (at instanceof JsonArray array) {
            shape.add(array.size());
            at = array.isEmpty() ? null : array.get(0);
        }
        return shape;
    }

    private static float[] values(JsonElement value) {
        List<Float> out = new ArrayList<>();
        collect(value, out);
        float[] floats = new float[out.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = out.get(i);
        }
        return floats;
    }

    private static void collect(JsonElement value, List<Float> out) {
        if (value instanceof JsonArray array) {
            array.forEach(item -> collect(item, out));
        } else {
            out.add(value.getAsFloat());
        }
    }
}
