package dev.hardnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hardnet.Model;
import dev.hardnet.Network;
import dev.hardnet.SessionOptions;
import dev.hardnet.vision.Detection;
import dev.hardnet.vision.DetectionOverlay;
import dev.hardnet.vision.Detections;
import dev.hardnet.vision.Detector;
import dev.hardnet.vision.DetectorOptions;
import dev.hardnet.vision.Labels;
import dev.hardnet.vision.Palette;
import dev.hardnet.vision.PictureReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectCommandTest {
    private static final int SIZE = 64;
    private static final int TOP = 3;
    private static BufferedImage picture;
    private static Detections expected;

    @TempDir
    private Path folder;

    @BeforeAll
    static void findTheSurest(@TempDir Path temporary) throws IOException {
        picture = new PictureReader().read(DemoPhotos.copy("car.jpg", temporary.resolve("car.jpg")));
        try (Model model = Model.synthetic(Network.byName("centernet_hardnet68"), 3);
                Detector detector = Detector.open(model, SessionOptions.builder()
                        .size(SIZE, SIZE).build(), DetectorOptions.builder().above(0.9).limit(TOP).build())) {
            expected = detector.detect(picture);
        }
        assertEquals(TOP, expected.size());
    }

    private CommandLineRun detect(Object... arguments) {
        List<Object> words = new ArrayList<>(List.of("detect", "-n", "centernet_hardnet68", "-w", "synthetic:3",
                "--size", SIZE, "-o", folder.resolve("out")));
        words.addAll(List.of(arguments));
        return CommandLineRun.of(words.toArray());
    }

    @Test
    void printsLabelScoreAndBoxAndDrawsThemIntoThePicture() throws IOException {
        Path photo = DemoPhotos.copy("car.jpg", folder.resolve("in/a/car.jpg"));
        CommandLineRun run = detect(folder.resolve("in"), "--min-score", 0.9, "--top", TOP);
        assertEquals("", run.err());
        assertEquals(0, run.exitCode());
        Path written = folder.resolve("out/a/car-detections.png");
        StringBuilder text = new StringBuilder(photo + " -> " + written + "\n");
        for (Detection each : expected) {
            text.append(String.format(Locale.ROOT, "  %5.1f%%  %s  %s%n", 100 * each.score(), each.label(),
                    each.box()));
        }
        assertEquals(text.toString(), run.out());
        BufferedImage drawn = new DetectionOverlay(Palette.of(Labels.coco())).draw(picture, expected);
        assertTrue(Arrays.equals(pixels(drawn), pixels(new PictureReader().read(written))));
        assertFalse(Arrays.equals(pixels(picture), pixels(drawn)));
    }

    private static int[] pixels(BufferedImage of) {
        return of.getRGB(0, 0, of.getWidth(), of.getHeight(), null, 0, of.getWidth());
    }

    @Test
    void jsonGivesBoxesInThePicturesPixelsWithLabelsOfAFile() throws IOException {
        Path photo = DemoPhotos.copy("car.jpg", folder.resolve("car.jpg"));
        Path labels = Files.writeString(folder.resolve("labels.txt"),
                IntStream.range(0, 80).mapToObj(i -> "thing " + i).collect(Collectors.joining("\n")));
        JsonObject row = JsonParser.parseString(detect(photo, "-k", 1, "--labels", labels, "--json").out())
                .getAsJsonArray().get(0).getAsJsonObject();
        assertEquals(folder.resolve("out/car-detections.png").toString(), row.get("picture").getAsString());
        assertEquals(picture.getWidth(), row.get("width").getAsInt());
        JsonArray detections = row.getAsJsonArray("detections");
        assertEquals(1, detections.size());
        JsonObject found = detections.get(0).getAsJsonObject();
        Detection surest = expected.all().getFirst();
        assertEquals("thing " + surest.classIndex(), found.get("label").getAsString());
        assertEquals(surest.score(), found.get("score").getAsDouble());
        assertEquals(surest.box().width(), found.getAsJsonObject("box").get("width").getAsDouble());
    }

    @Test
    void aScoreOutOfRangeIsRefused() throws IOException {
        CommandLineRun run = detect(DemoPhotos.copy("car.jpg", folder.resolve("car.jpg")), "--min-score", 2);
        assertEquals(1, run.exitCode());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("hardnet: ") && run.err().contains("2"), run.err());
    }
}
