package dev.hardnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands over many pictures have in common. */
class PictureCommandsTest {
    private static final String SUMMARY = "\\d pictures in [\\d.]+ s, [\\d.]+ pictures/s, %d failed; busy: reading .*, "
            + "network \\d+%%, writing \\d+%%";

    @TempDir
    private Path folder;

    private Path photo(String name, String copy) throws IOException {
        return DemoPhotos.copy(name, folder.resolve(copy));
    }

    private void sevenPhotosAndADamagedOne() throws IOException {
        for (String name : List.of("1", "2", "5")) {
            photo("ship.jpg", name + ".jpg");
        }
        for (String name : List.of("3", "4", "6", "7")) {
            photo("car.jpg", name + ".jpg");
        }
        Files.writeString(folder.resolve("3b.jpg"), "no picture");
    }

    @Test
    void batchesGiveTheSameResultsInTheOrderOfTheFiles() throws IOException {
        sevenPhotosAndADamagedOne();
        CommandLineRun single = CommandLineRun.of("classify", folder, "--json");
        CommandLineRun batches = CommandLineRun.of("classify", folder, "--json", "--batch", 3);
        assertEquals(single.out(), batches.out());
        JsonArray rows = JsonParser.parseString(batches.out()).getAsJsonArray();
        List<String> files = rows.asList().stream()
                .map(row -> Path.of(row.getAsJsonObject().get("file").getAsString()).getFileName().toString()).toList();
        assertEquals(List.of("1.jpg", "2.jpg", "3.jpg", "3b.jpg", "4.jpg", "5.jpg", "6.jpg", "7.jpg"), files);
        assertEquals(1, batches.exitCode());
    }

    @Test
    void aDamagedPictureIsASentenceAndTheSummaryCountsIt() throws IOException {
        sevenPhotosAndADamagedOne();
        CommandLineRun run = CommandLineRun.of("classify", folder, "--top", 1);
        assertEquals(15, run.out().lines().count());
        List<String> errors = run.err().lines().toList();
        assertEquals(2, errors.size(), run.err());
        assertTrue(errors.get(0).startsWith("hardnet: " + folder.resolve("3b.jpg")), errors.get(0));
        assertTrue(errors.get(1).matches(SUMMARY.formatted(1)), errors.get(1));
        assertEquals(1, run.exitCode());
    }

    @Test
    void aWordThatMeansNoPictureIsASentenceAndTheOthersAreDone() throws IOException {
        Path ship = photo("ship.jpg", "a/ship.jpg");
        Path missing = folder.resolve("missing.jpg");
        CommandLineRun run = CommandLineRun.of("classify", missing, ship, folder.resolve("*.png"), "--top", 1);
        assertEquals("hardnet: %s does not exist, but a picture file or a folder of pictures is expected.%n"
                .formatted(missing) + "hardnet: No picture matches %s/*.png, expected files named .jpg, .jpeg, .png, "
                .formatted(folder) + ".gif or .bmp.\n", run.err());
        assertTrue(run.out().endsWith(ship + "\n   83.0%  ship\n"), run.out());
        assertEquals(1, run.exitCode());
    }

    @Test
    void wordsThatAllMeanNoPictureEndTheCommandBeforeTheModelIsOpened() {
        CommandLineRun run = CommandLineRun.of("classify", folder, "missing.jpg", "--weights", "missing.pth");
        assertEquals(2, run.err().lines().count(), run.err());
        assertEquals("", run.out());
        assertEquals(1, run.exitCode());
        assertEquals(2, JsonParser.parseString(CommandLineRun.of("classify", folder, "missing.jpg", "--json").out())
                .getAsJsonArray().size());
    }

    @Test
    void patternsAndFoldersThatOverlapGiveEachPictureOnce() throws IOException {
        photo("ship.jpg", "a/b/ship.jpg");
        photo("car.jpg", "a/car.jpg");
        CommandLineRun run = CommandLineRun.of("classify", folder + "/**/*.jpg", folder.resolve("a/../a"), "--top", 1);
        assertEquals(List.of("ship", "automobile"), run.out().lines().filter(line -> line.contains("%"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1)).toList());
        assertTrue(run.err().strip().matches(SUMMARY.formatted(0)), run.err());
        assertEquals(0, run.exitCode());
    }
}
