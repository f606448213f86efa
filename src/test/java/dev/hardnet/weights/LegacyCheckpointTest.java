package dev.hardnet.weights;

import static dev.hardnet.weights.Refusals.refusesFile;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LegacyCheckpointTest {
    private static final byte[] DATA = CheckpointBytes.floats(1, 2, 3, 4, 5, 6);
    private static final byte[] KEYS = PickleBytes.protocol2().op("]").text("7").op("a").stop();
    private static final int OBJECT_AT = 15 + 8 + 24;
    private static final int KEYS_AT = OBJECT_AT + object().length;
    private static final int STORAGES_AT = KEYS_AT + KEYS.length;

    @Test
    void readsStoragesInTheOrderOfTheirKeys() {
        byte[] object = PickleBytes.protocol2().op("}(").text("a").tensor("1", 1, 0, new long[] {1}, new long[] {1})
                .text("b").tensor("2", 2, 0, new long[] {2}, new long[] {1}).op("u").stop();
        byte[] keys = PickleBytes.protocol2().op("](").text("2").text("1").op("e").stop();
        Map<String, byte[]> storages = new LinkedHashMap<>();
        storages.put("2", CheckpointBytes.floats(5, 6));
        storages.put("1", CheckpointBytes.floats(4));
        try (Checkpoint checkpoint = CheckpointBytes.open(CheckpointBytes.legacy(object, keys, storages))) {
            assertEquals(List.of("a", "b"), List.copyOf(checkpoint.keys()));
            assertArrayEquals(new float[] {4}, checkpoint.read("a"));
            assertArrayEquals(new float[] {5, 6}, checkpoint.read("b"));
        }
    }

    @Test
    void readsATransposedWindowOfASharedStorage() {
        try (Checkpoint checkpoint = CheckpointBytes.open(CheckpointBytes.legacy(object(), KEYS, Map.of("7", DATA)))) {
            assertEquals(List.of(2, 2), checkpoint.shape("t"));
            assertArrayEquals(new float[] {2, 5, 3, 6}, checkpoint.read("t"));
            assertArrayEquals(CheckpointBytes.floats(2, 5, 3, 6), checkpoint.raw("t").bytes());
        }
    }

    @Test
    void readsAnExpandedTensorOfModestSize() {
        byte[] object = PickleBytes.protocol2().op("}").text("t")
                .tensor("7", 6, 1, new long[] {2, 3}, new long[] {0, 1}).op("s").stop();
        try (Checkpoint checkpoint = CheckpointBytes.open(CheckpointBytes.legacy(object, KEYS, Map.of("7", DATA)))) {
            assertArrayEquals(new float[] {2, 3, 4, 2, 3, 4}, checkpoint.read("t"));
        }
    }

    @Test
    void refusesAPickleWithoutTheMagicNumber() {
        byte[] pickle = PickleBytes.protocol2().text("no magic").stop();
        refusesFile("byte 0: the magic number of PyTorch's legacy format is expected here.", pickle);
    }

    @Test
    void refusesAnotherVersionOfTheFormat() {
        byte[] file = CheckpointBytes.legacy(object(), KEYS, Map.of("7", DATA));
        file[18] ^= 1;
        refusesFile("byte 15: version 1001 of PyTorch's legacy format is expected here.", file);
    }

    @Test
    void refusesBigEndianFiles() {
        refusesFile("byte 23: the file is big-endian, but only little-endian files can be read.",
                CheckpointBytes.legacy(false, object(), KEYS, Map.of("7", DATA)));
    }

    @Test
    void refusesAStorageThatTheFileLacks() {
        byte[] noKeys = PickleBytes.protocol2().op("]").stop();
        refusesFile("byte " + (OBJECT_AT + storageAt()) + ": the storage 7 is used, but the file's list of "
                + "storages lacks it.", CheckpointBytes.legacy(object(), noKeys, Map.of()));
    }

    @Test
    void refusesAStorageThatNoTensorUses() {
        byte[] otherKeys = PickleBytes.protocol2().op("]").text("8").op("a").stop();
        refusesFile("byte " + KEYS_AT + ": the list of storage keys names one that no tensor uses.",
                CheckpointBytes.legacy(object(), otherKeys, Map.of("8", DATA)));
    }

    @Test
    void refusesAStorageOfAnotherSize() {
        refusesFile("byte " + STORAGES_AT + ": the storage 7 has 5 elements here, but the pickle says 6.",
                CheckpointBytes.legacy(object(), KEYS, Map.of("7", CheckpointBytes.floats(1, 2, 3, 4, 5))));
    }

    @Test
    void refusesAStorageThatIsThereTwice() {
        byte[] twice = PickleBytes.protocol2().op("](").text("7").text("7").op("e").stop();
        Map<String, byte[]> storages = new LinkedHashMap<>();
        storages.put("first", DATA);
        storages.put("second", DATA);
        refusesFile("byte " + (KEYS_AT + twice.length + 8 + DATA.length) + ": the storage 7 is there twice.",
                CheckpointBytes.legacy(object(), twice, storages));
    }

    @Test
    void refusesOneStorageOfTwoSizes() {
        byte[] object = PickleBytes.protocol2().op("](").storage("FloatStorage", "7", 6)
                .storage("HalfStorage", "7", 12).op("e").stop();
        int second = 2 + 2 + storageBytes("FloatStorage") + storageBytes("HalfStorage") - 1;
        refusesFile("byte " + (OBJECT_AT + second) + ": the storage 7 has 12 elements of F16 here, but 6 of "
                + "F32 before.", CheckpointBytes.legacy(object, KEYS, Map.of("7", DATA)));
    }

    /** A dict with one tensor: columns 1 and 2 of a 2 x 3 matrix, transposed. */
    private static byte[] object() {
        return PickleBytes.protocol2().op("}").text("t").tensor("7", 6, 1, new long[] {2, 2}, new long[] {1, 3}).op("s")
                .stop();
    }

    private static int storageAt() {
        return 2 + 1 + 6 + "ctorch._utils\n_rebuild_tensor_v2\n".length() + 1 + storageBytes("FloatStorage") - 1;
    }

    private static int storageBytes(String type) {
        return 1 + 12 + "ctorch\n\n".length() + type.length() + 6 + 8 + 5 + 2;
    }
}
