package dev.hardnet.weights;

import static dev.hardnet.weights.Refusals.refusesFile;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SafetensorsTest {
    private static final byte[] TWO_BYTES = {3, 4};

    @Test
    void readsTensorsAndMetadata() {
        try (Checkpoint file = CheckpointBytes.open(CheckpointBytes.safetensors("""
                {"__metadata__":{"by":"hand"},"b":{"dtype":"U8","shape":[2],"data_offsets":[4,6]},
                 "a":{"dtype":"I16","shape":[1,2],"data_offsets":[0,4]},
                 "scalar":{"dtype":"I8","shape":[],"data_offsets":[6,7]},
                 "empty":{"dtype":"F64","shape":[3,0],"data_offsets":[7,7]}}\s\s\s""",
                (byte) 1, (byte) 0, (byte) -2, (byte) -1, (byte) 200, (byte) 7, (byte) -9))) {
            assertEquals(List.of("b", "a", "scalar", "empty"), List.copyOf(file.keys()));
            assertEquals(Map.of("by", "hand"), file.metadata());
            assertArrayEquals(new float[] {200, 7}, file.read("b"));
            assertArrayEquals(new float[] {1, -2}, file.read("a"));
            assertArrayEquals(new long[] {1, -2}, file.raw("a").longs());
            assertArrayEquals(new float[] {-9}, file.read("scalar"));
            assertEquals(List.of(), file.shape("scalar"));
            assertEquals(List.of(3, 0), file.shape("empty"));
            assertArrayEquals(new float[0], file.read("empty"));
        }
    }

    @Test
    void refusesAHeaderThatLeavesTheFile() {
        byte[] file = CheckpointBytes.safetensors("{}");
        file[0] = 3;
        refusesFile("byte 0: the safetensors header is to have 3 bytes, but the file has 10 and the limit is "
                + "100000000.", file);
        file[7] = (byte) 0xff;
        refusesFile("byte 0: the safetensors header is to have 18374686479671623683 bytes, but the file has "
                + "10 and the limit is 100000000.", file);
    }

    @Test
    void refusesWhatIsNotStrictJson() {
        for (String header : List.of("{'a':1}", "{", "{\"a\":{\"dtype\":\"U8\",}}", "{} {}", "{}x", "{\"a\":[]}",
                "{\"a\":{\"shape\":2}}", "{\"__metadata__\":[]}")) {
            refusesFile("byte 8: the safetensors header is not the JSON that the format prescribes.",
                    CheckpointBytes.safetensors(header));
        }
    }

    @Test
    void refusesHeadersThatAreNotUtf8() {
        byte[] file = CheckpointBytes.safetensors("{\"abc\":1}");
        file[10] = (byte) 0xff;
        refusesFile("byte 8: the safetensors header is not the JSON that the format prescribes.", file);
    }

    @Test
    void refusesOverlapsAndHoles() {
        refusesHeader("places b at byte 1 of its data, but the tensor before it ends at byte 2",
                "{" + tensor("a", "U8", "2", "0,2") + "," + tensor("b", "U8", "1", "1,2") + "}");
        refusesHeader("places b at byte 1 of its data, but the tensor before it ends at byte 0",
                "{" + tensor("b", "U8", "1", "1,2") + "}");
        byte[] file = CheckpointBytes.safetensors("{" + tensor("a", "U8", "1", "0,1") + "}", TWO_BYTES);
        refusesFile("byte %d: the last tensor ends here, but the file goes on to byte %d."
                .formatted(file.length - 1, file.length), file);
    }

    @Test
    void refusesRangesOutsideTheData() {
        refusesHeader("places a at bytes 0 to 3 of its data, but the file has 2",
                "{" + tensor("a", "U8", "3", "0,3") + "}");
        refusesHeader("places a at bytes 2 to 1 of its data, but the file has 2",
                "{" + tensor("a", "U8", "1", "2,1") + "}");
    }

    @Test
    void refusesSizesThatDoNotFitTheBytes() {
        refusesHeader("gives a the sizes [3] of U8, but 2 bytes", "{" + tensor("a", "U8", "3", "0,2") + "}");
        refusesHeader("gives a the sizes [1] of F32, but 2 bytes", "{" + tensor("a", "F32", "1", "0,2") + "}");
        refusesHeader("gives a the sizes [2147483647, 2147483647, 2147483647] of F64, but 2 bytes",
                "{" + tensor("a", "F64", "2147483647,2147483647,2147483647", "0,2") + "}");
        refusesHeader("gives a the size 2147483648, but a size is at most 2^31 - 1",
                "{" + tensor("a", "U8", "2147483648", "0,2") + "}");
    }

    @Test
    void refusesNumbersThatAreNotPlainDigits() {
        for (String number : List.of("-1", "1.0", "1e0", "\"1\"", "12345678901234567890", "null")) {
            refusesHeader("gives something else than a whole number for a",
                    "{" + tensor("a", "U8", number, "0,2") + "}");
        }
        refusesHeader("gives a list of more than 2 numbers for a", "{" + tensor("a", "U8", "2", "0,2,2") + "}");
        refusesHeader("gives 1 data_offsets for a, but 2 are expected", "{" + tensor("a", "U8", "2", "0") + "}");
    }

    @Test
    void refusesUnknownTypesAndFields() {
        refusesHeader("gives a the unknown dtype F8_E4M3", "{" + tensor("a", "F8_E4M3", "2", "0,2") + "}");
        refusesHeader("has the unknown field strides in a", "{\"a\":{\"strides\":[1]}}");
        refusesHeader("gives only [dtype] for a, but dtype, shape and data_offsets are expected",
                "{\"a\":{\"dtype\":\"U8\"}}");
        refusesHeader("has something else than a string at $.a.dtype", "{\"a\":{\"dtype\":8}}");
    }

    @Test
    void refusesDuplicates() {
        String tensor = tensor("a", "U8", "2", "0,2");
        refusesHeader("holds the tensor a twice", "{" + tensor + "," + tensor + "}");
        refusesHeader("holds __metadata__ twice", "{\"__metadata__\":{},\"__metadata__\":{}}");
        refusesHeader("holds the metadata k twice", "{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}");
        refusesHeader("has the field dtype twice in a", "{\"a\":{\"dtype\":\"U8\",\"dtype\":\"U8\"}}");
    }

    private static void refusesHeader(String problem, String header) {
        refusesFile("byte 8: the safetensors header " + problem + ".",
                CheckpointBytes.safetensors(header, TWO_BYTES));
    }

    private static String tensor(String key, String type, String shape, String offsets) {
        return "\"%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%s]}".formatted(key, type, shape, offsets);
    }
}
