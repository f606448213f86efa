package dev.hardnet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hardnet.Model;
import dev.hardnet.Network;
import dev.hardnet.SessionOptions;
import dev.hardnet.vision.ClassShare;
import dev.hardnet.vision.PictureReader;
import dev.hardnet.vision.SegmentationMap;
import dev.hardnet.vision.Segmenter;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentCommandTest {
    private static final int SIZE = 64;

    @TempDir
    private Path folder;

    private CommandLineRun segment(Object... arguments) {
        List<Object> words = new ArrayList<>(List.of("segment", "-n", "fchardnet70", "-w", "synthetic:1", "--size",
                SIZE, "-o", folder.resolve("out")));
        words.addAll(List.of(arguments));
        return CommandLineRun.of(words.toArray());
    }

    private static SegmentationMap expected(Path photo) {
        try (Model model = Model.synthetic(Network.byName("fchardnet70"), 1);
                Segmenter segmenter = Segmenter.open(model, SessionOptions.builder()
                        .size(SIZE, SIZE).build())) {
            return segmenter.segment(new PictureReader().read(photo));
        }
    }

    private Path photo(String name, String copy) throws IOException {
        return DemoPhotos.copy(name, folder.resolve("in").resolve(copy));
    }

    private List<String> written() throws IOException {
        Path out = folder.resolve("out");
        try (Stream<Path> files = Files.walk(out)) {
            return files.filter(Files::isRegularFile).map(file -> out.relativize(file).toString()).sorted().toList();
        }
    }

    @Test
    void writesAPictureOfClassesAndOneToLookAt() throws IOException {
        Path photo = photo("ship.jpg", "a/ship.jpg");
        SegmentationMap map = expected(photo);
        CommandLineRun run = segment(folder.resolve("in"));
        assertEquals("", run.err());
        assertEquals(0, run.exitCode());
        assertEquals(List.of("a/ship-overlay.png", "a/ship.png"), written());
        BufferedImage picture = new PictureReader().read(photo);
        BufferedImage classes = ImageIO.read(folder.resolve("out/a/ship.png").toFile());
        assertArrayEquals(map.resize(picture.getWidth(), picture.getHeight()).classes(),
                ((DataBufferByte) classes.getRaster().getDataBuffer()).getData());
        BufferedImage overlay = ImageIO.read(folder.resolve("out/a/ship-overlay.png").toFile());
        assertTrue(overlay.getWidth() > picture.getWidth() || overlay.getHeight() > picture.getHeight());
        List<String> lines = run.out().lines().toList();
        assertEquals(photo + " -> " + folder.resolve("out/a/ship-overlay.png"), lines.getFirst());
        ClassShare largest = map.shares().getFirst();
        assertEquals("  %5.1f%%  %s".formatted(100 * largest.share(), largest.label()), lines.get(1));
    }

    @Test
    void jsonGivesTheShareOfEachClass() throws IOException {
        Path photo = photo("car.jpg", "car.jpg");
        SegmentationMap map = expected(photo);
        JsonObject row = JsonParser.parseString(segment(photo, "--json").out()).getAsJsonArray().get(0)
                .getAsJsonObject();
        assertEquals(folder.resolve("out/car.png").toString(), row.get("classes").getAsString());
        JsonArray shares = row.getAsJsonArray("shares");
        assertEquals(map.shares().size(), shares.size());
        for (int i = 0; i < shares.size(); i++) {
            assertEquals(map.shares().get(i).label(), shares.get(i).getAsJsonObject().get("label").getAsString());
            assertEquals(map.shares().get(i).pixels(), shares.get(i).getAsJsonObject().get("pixels").getAsInt());
        }
    }

    @Test
    void labelsOfAFileBringTheirColours() throws IOException {
        StringBuilder table = new StringBuilder("name\tred\tgreen\tblue\n");
        for (int i = 0; i < 19; i++) {
            table.append("thing %d\t%d\t2\t3\n".formatted(i, 10 * i));
        }
        Path labels = Files.writeString(folder.resolve("labels.tsv"), table);
        CommandLineRun run = segment(photo("car.jpg", "car.jpg"), "--labels", labels);
        assertTrue(run.out().lines().skip(1).allMatch(line -> line.contains("%  thing ")), run.out() + run.err());
        IndexColorModel colors = (IndexColorModel) ImageIO.read(folder.resolve("out/car.png").toFile()).getColorModel();
        assertEquals(0xff_b40203, colors.getRGB(18));
    }

    @Test
    void twoPicturesOfTheSameNameKeepResultsOfTheirOwnAndTheNextRunReplacesThem() throws IOException {
        Path ship = photo("ship.jpg", "a/x.jpg");
        Path car = photo("car.jpg", "b/x.jpg");
        for (int i = 0; i < 2; i++) {
            assertEquals(0, segment(ship, car, "--batch", 2).exitCode());
            assertEquals(List.of("x-2-overlay.png", "x-2.png", "x-overlay.png", "x.png"), written());
        }
        assertArrayEquals(classes(car), ((DataBufferByte) ImageIO.read(folder.resolve("out/x-2.png").toFile())
                .getRaster().getDataBuffer()).getData());
    }

    private static byte[] classes(Path photo) {
        BufferedImage picture = new PictureReader().read(photo);
        return expected(photo).resize(picture.getWidth(), picture.getHeight()).classes();
    }

    @Test
    void doesNotReadWhatAnEarlierRunWrote() throws IOException {
        photo("ship.jpg", "../ship.jpg");
        for (int i = 0; i < 2; i++) {
            CommandLineRun run = segment(folder);
            assertEquals("", run.err());
            assertEquals(List.of("ship-overlay.png", "ship.png"), written());
        }
        assertEquals("hardnet: %s/*/*.png holds no pictures but earlier results.%n".formatted(folder),
                segment(folder + "/*/*.png").err());
    }

    @Test
    void anUnusableFolderIsRefusedBeforeAnyPictureOrModelIsRead() throws IOException {
        Path file = Files.createFile(folder.resolve("out"));
        Path damaged = Files.writeString(folder.resolve("broken.jpg"), "no picture");
        CommandLineRun run = CommandLineRun.of("segment", "-n", "fchardnet70", "-w", "missing.pth", "-o", file, damaged);
        assertTrue(run.err().startsWith("hardnet: Nothing can be written to the folder " + file), run.err());
        assertEquals(1, run.err().lines().count());
        assertEquals(1, run.exitCode());
    }

    @Test
    void aNetworkForAnotherTaskIsRefused() throws IOException {
        CommandLineRun run = CommandLineRun.of("segment", "-n", "hardnet39ds", "-w", "synthetic:1", "-o",
                folder.resolve("out"), photo("car.jpg", "car.jpg"));
        assertEquals("hardnet: hardnet39ds does not segment; expected a segmentation network.\n", run.err());
        run = CommandLineRun.of("segment", "-o", folder.resolve("out"), folder.resolve("in"));
        assertEquals("hardnet: The jar holds no model for this; expected --network and --weights.\n", run.err());
    }
}
