package dev.hardnet.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.testing.Warnings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChoiceTableTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsSavedIsFoundInItsSectionOnly() {
        Path file = folder.resolve("not/there/yet/choices.json");
        ChoiceTable written = ChoiceTable.read(file);
        written.put("a", "problem", "one");
        written.put("b", "problem", "two");
        written.save();
        ChoiceTable read = ChoiceTable.read(file);
        assertEquals(Optional.of("one"), read.find("a", "problem"));
        assertEquals(Optional.of("two"), read.find("b", "problem"));
        assertEquals(Optional.empty(), read.find("a", "another"));
        assertEquals(Optional.empty(), read.find("c", "problem"));
    }

    @Test
    void anAbsentFileIsEmptyWithoutAWarningAndNotWrittenForNothing() {
        Path file = folder.resolve("choices.json");
        try (Warnings warnings = new Warnings()) {
            ChoiceTable.read(file).save();
            assertEquals(List.of(), warnings.texts());
        }
        assertFalse(Files.exists(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{\"a", "[7]", "7", "{\"a\": 7}", "{\"a\": null}", "{\"a\": {\"b\": []}}",
        "{\"a\": {\"b\": {}}}", "\u0000\u0001"})
    void aDamagedFileIsEmptyWithOneWarningAndReplacedWhole(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("choices.json"), content);
        try (Warnings warnings = new Warnings()) {
            ChoiceTable table = ChoiceTable.read(file);
            assertEquals(1, warnings.texts().size(), warnings.texts()::toString);
            String start = "Choices of convolutions could not be read and are made anew: " + file;
            assertTrue(warnings.texts().getFirst().startsWith(start), warnings.texts()::toString);
            assertEquals(Optional.empty(), table.find("a", "b"));
            table.put("a", "b", "one");
            table.save();
            assertEquals(Optional.of("one"), ChoiceTable.read(file).find("a", "b"));
            assertEquals(1, warnings.texts().size(), warnings.texts()::toString);
        }
    }

    @Test
    void bytesThatAreNoTextCountAsDamaged() throws IOException {
        Path file = Files.write(folder.resolve("choices.json"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        try (Warnings warnings = new Warnings()) {
            assertEquals(Optional.empty(), ChoiceTable.read(file).find("a", "b"));
            assertEquals(1, warnings.texts().size());
        }
    }

    @Test
    void aFileThatIsTooLongIsNotRead() throws IOException {
        Path file = folder.resolve("choices.json");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }
        try (Warnings warnings = new Warnings()) {
            assertEquals(Optional.empty(), ChoiceTable.read(file).find("a", "b"));
            assertTrue(warnings.texts().getFirst().contains("1099511627776 bytes, expected at most 16777216"),
                    warnings.texts()::toString);
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsAWarning() throws IOException {
        Path file = Files.writeString(folder.resolve("no folder"), "").resolve("choices.json");
        try (Warnings warnings = new Warnings()) {
            ChoiceTable table = ChoiceTable.read(file);
            table.put("a", "b", "one");
            table.save();
            assertEquals(Optional.of("one"), table.find("a", "b"));
            assertTrue(warnings.texts().getFirst().startsWith(
                    "Choices of convolutions could not be written and serve this session only: " + file),
                    warnings.texts()::toString);
        }
    }
}
