package dev.hardnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hardnet.Device;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectCommandTest {
    private static final int SIZE = 64;
    private static final int TOP = 3;

    @TempDir
    private Path folder;

    private CommandLineRun detect(Object... arguments) {
        List<Object> words = new ArrayList<>(List.of("detect", "-n", "centernet_hardnet68", "-w", "synthetic:1",
                "--size", SIZE, "--device", "reference", "-o", folder.resolve("out")));
        words.addAll(List.of(arguments));
        return CommandLineRun.of(words.toArray());
    }

    private static Detections expected(Path photo) {
        try (Model model = Model.synthetic(Network.byName("centernet_hardnet68"), 1);
                Detector detector = Detector.open(model, SessionOptions.builder().device(Device.REFERENCE)
                        .size(SIZE, SIZE).build(), DetectorOptions.builder().above(0.01).limit(TOP).build())) {
            return detector.detect(new PictureReader().read(photo));
        }
    }

    @Test
    void printsLabelScoreAndBoxAndDrawsThemIntoThePicture() throws IOException {
        Path photo = DemoPhotos.copy("car.jpg", folder.resolve("in/a/car.jpg"));
        Detections expected = expected(photo);
        assertEquals(TOP, expected.size());
        CommandLineRun run = detect(folder.resolve("in"), "--min-score", 0.01, "--top", TOP);
        assertEquals("", run.err());
        assertEquals(0, run.exitCode());
        Path written = folder.resolve("out/a/car-detections.png");
        StringBuilder text = new StringBuilder(photo + " -> " + written + "\n");
        for (Detection each : expected) {
            text.append(String.format(Locale.ROOT, "  %5.1f%%  %s  %s%n", 100 * each.score(), each.label(),
                    each.box()));
        }
        assertEquals(text.toString(), run.out());
        BufferedImage picture = new PictureReader().read(photo);
        BufferedImage drawn = new DetectionOverlay(Palette.of(Labels.coco())).draw(picture, expected);
        assertTrue(Arrays.equals(pixels(drawn), pixels(new PictureReader().read(written))));
        assertFalse(Arrays.equals(pixels(picture), pixels(drawn)));
    }

    private static int[] pixels(BufferedImage picture) {
        return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    }

    @Test
    void jsonGivesBoxesInThePicturesPixels() throws IOException {
        Path photo = DemoPhotos.copy("ship.jpg", folder.resolve("ship.jpg"));
        Detection surest = expected(photo).all().getFirst();
        JsonObject row = JsonParser.parseString(detect(photo, "--min-score", 0.01, "-k", 1, "--json").out())
                .getAsJsonArray().get(0).getAsJsonObject();
        assertEquals(folder.resolve("out/ship-detections.png").toString(), row.get("picture").getAsString());
        assertEquals(new PictureReader().read(photo).getWidth(), row.get("width").getAsInt());
        JsonArray detections = row.getAsJsonArray("detections");
        assertEquals(1, detections.size());
        JsonObject found = detections.get(0).getAsJsonObject();
        assertEquals(surest.label(), found.get("label").getAsString());
        assertEquals(surest.score(), found.get("score").getAsDouble());
        assertEquals(surest.box().width(), found.getAsJsonObject("box").get("width").getAsDouble());
    }

    @Test
    void labelsComeFromAFile() throws IOException {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 80; i++) {
            names.append("thing ").append(i).append('\n');
        }
        Path labels = Files.writeString(folder.resolve("labels.txt"), names);
        CommandLineRun run = detect(DemoPhotos.copy("car.jpg", folder.resolve("car.jpg")), "--labels", labels,
                "--min-score", 0.01, "--top", 2);
        assertEquals(2, run.out().lines().filter(line -> line.contains("%  thing ")).count(), run.out() + run.err());
    }

    @Test
    void aScoreOutOfRangeIsRefused() throws IOException {
        CommandLineRun run = detect(DemoPhotos.copy("car.jpg", folder.resolve("car.jpg")), "--min-score", 2);
        assertEquals(1, run.exitCode());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("hardnet: ") && run.err().contains("2"), run.err());
    }
}
