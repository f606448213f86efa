package dev.hardnet.weights;

import static dev.hardnet.weights.Refusals.refusesFile;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

class ZipCheckpointTest {
    private static final byte[] DATA = CheckpointBytes.floats(1, 2, 3);
    private static final byte[] PICKLE = PickleBytes.protocol2().op("}").text("w")
            .tensor("0", 3, 0, new long[] {3}, new long[] {1}).op("s").stop();
    /** Local header and name of the first entry, archive/data.pkl. */
    private static final int PICKLE_AT = 30 + 16;

    @Test
    void readsEntriesInPlace() {
        assertReads(CheckpointBytes.zip(PICKLE, Map.of("archive/data/0", DATA)));
    }

    @Test
    void readsZip64Entries() {
        assertReads(CheckpointBytes.zip64(CheckpointBytes.entries(PICKLE, Map.of("archive/data/0", DATA))));
    }

    @Test
    void readsAnArchiveWithAComment() {
        byte[] file = CheckpointBytes.zip(PICKLE, Map.of("archive/data/0", DATA));
        byte[] commented = Arrays.copyOf(file, file.length + 5);
        commented[file.length - 2] = 5;
        assertReads(commented);
    }

    @Test
    void acceptsTheLittleEndianMark() {
        assertReads(CheckpointBytes.zip(PICKLE, Map.of("archive/data/0", DATA, "archive/byteorder", ascii("little"))));
    }

    @Test
    void refusesBigEndianFiles() {
        byte[] file = CheckpointBytes.zip(PICKLE, Map.of("archive/byteorder", ascii("big")));
        int at = PICKLE_AT + PICKLE.length + 30 + "archive/byteorder".length();
        refusesFile("byte " + at + ": the byte order is 'big', but only 'little' can be read.", file);
    }

    @Test
    void refusesCompressedEntries() {
        refusesFile("byte 0: the zip entry archive/data.pkl is compressed or encrypted (method 8), but a "
                + "PyTorch checkpoint stores its entries as they are and only such can be mapped.",
                CheckpointBytes.zip(CheckpointBytes.entries(PICKLE, Map.of()), ZipEntry.DEFLATED));
    }

    @Test
    void refusesAnArchiveWithoutAPickle() {
        refusesFile("byte 0: the zip archive has 0 entries named <name>/data.pkl, but a PyTorch checkpoint has "
                + "one.", CheckpointBytes.zip(Map.of("readme", DATA), ZipEntry.STORED));
    }

    @Test
    void refusesAnArchiveWithTwoPickles() {
        refusesFile("byte 0: the zip archive has 2 entries named <name>/data.pkl, but a PyTorch checkpoint has "
                + "one.", CheckpointBytes.zip(PICKLE, Map.of("other/data.pkl", PICKLE)));
    }

    @Test
    void refusesAStorageThatIsNotThere() {
        refusesFile("byte " + (PICKLE_AT + storageAt()) + ": the storage 0 is used, but the archive has no "
                + "such entry.", CheckpointBytes.zip(PICKLE, Map.of("archive/data/1", DATA)));
    }

    @Test
    void refusesAStorageOfAnotherSize() {
        refusesFile("byte " + (PICKLE_AT + storageAt()) + ": the storage 0 of 3 elements of F32 is 12 bytes, "
                + "but its entry has 8.",
                CheckpointBytes.zip(PICKLE, Map.of("archive/data/0", CheckpointBytes.floats(1, 2))));
    }

    @Test
    void refusesAPickleThatIsNoStateDict() {
        refusesFile("byte 46: the file holds a value of kind sequence where a state dict is expected.",
                CheckpointBytes.zip(PickleBytes.protocol2().op("]").stop(), Map.of()));
        refusesFile("byte 46: the file holds no tensors, neither at the top nor under any of [state_dict, "
                + "model_state].", CheckpointBytes.zip(PickleBytes.protocol2().op("}").stop(), Map.of()));
    }

    private static void assertReads(byte[] file) {
        try (Checkpoint checkpoint = CheckpointBytes.open(file)) {
            assertArrayEquals(new float[] {1, 2, 3}, checkpoint.read("w"));
        }
    }

    /** The place of BINPERSID: after the dict, the key, the function's name, the mark, and the storage's tuple. */
    private static int storageAt() {
        return 2 + 1 + 6 + "ctorch._utils\n_rebuild_tensor_v2\n".length() + 1
                + 1 + 12 + "ctorch\nFloatStorage\n".length() + 6 + 8 + 5 + 1;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
