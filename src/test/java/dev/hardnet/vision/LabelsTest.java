package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.HarDNetException;
import dev.hardnet.testing.SharedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("labels.txt"), text);
    }

    private static String message(Path file) {
        return assertThrows(HarDNetException.class, () -> Labels.read(file)).getMessage();
    }

    @Test
    void theLabelsInTheJarAreThePublishedOnes() {
        Labels labels = Labels.imageNet();

        assertEquals(Labels.read(SharedFiles.path("reference", "labels", "imagenet_1000.txt")).names(), labels.names());
        assertEquals(1000, labels.size());
        assertEquals("tench", labels.get(0));
        assertEquals("toilet tissue", labels.get(999));
    }

    @Test
    void cocosLabelsAreThePublishedOnes() {
        Labels labels = Labels.coco();

        assertEquals(Labels.read(SharedFiles.path("reference", "labels", "coco_80.txt")).names(), labels.names());
        assertEquals(80, labels.size());
        assertEquals("person", labels.get(0));
        assertEquals("toothbrush", labels.get(79));
    }

    @Test
    void aTableGivesItsColumnOfNames() {
        Labels labels = Labels.read(SharedFiles.path("reference", "labels", "cityscapes_19.tsv"));

        assertEquals(19, labels.size());
        assertEquals("road", labels.get(0));
        assertEquals("traffic light", labels.get(6));
        assertEquals("bicycle", labels.get(18));
    }

    @Test
    void theTableInTheJarGivesCityscapesLabels() {
        assertEquals(Labels.read(SharedFiles.path("reference", "labels", "cityscapes_19.tsv")).names(),
                Labels.cityscapes().names());
    }

    @Test
    void linesAreLabelsWhateverEndsThem() throws IOException {
        assertEquals(List.of("cat", "dog"), Labels.read(file("cat\ndog")).names());
        assertEquals(List.of("cat", "dog"), Labels.read(file("\uFEFFcat\r\ndog\r\n\r\n")).names());
    }

    @Test
    void theNumberOfLabelsMustFit() throws IOException {
        Path file = file("cat\ndog\n");
        Labels labels = Labels.read(file);

        assertSame(labels, labels.require(2));
        assertEquals("Expected 1000 labels, found 2 in " + file + ".",
                assertThrows(HarDNetException.class, () -> labels.require(1000)).getMessage());
    }

    @Test
    void filesWithoutLabelsAreRefused() throws IOException {
        Path missing = folder.resolve("missing.txt");
        Path binary = Files.write(folder.resolve("binary.txt"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertEquals(missing + " does not exist, but a file of labels is expected.", message(missing));
        assertEquals(binary + " is not a text file in UTF-8, but a file of labels is expected.", message(binary));
        assertEquals("There are no labels in %s, expected at least one.".formatted(folder.resolve("labels.txt")),
                message(file("\n\n")));
        assertEquals("Line 2 of %s has no label, expected one on each line.".formatted(folder.resolve("labels.txt")),
                message(file("cat\n\ndog\n")));
        assertEquals("%s is a table without a column 'name', but its labels are expected there."
                .formatted(folder.resolve("labels.txt")), message(file("0\tcat\n1\tdog\n")));
    }

    @Test
    void unknownClassesAreNumbered() {
        assertEquals(List.of("class 0", "class 1", "class 2"), Labels.numbered(3).names());
        assertThrows(HarDNetException.class, () -> Labels.numbered(0));
    }

    @Test
    void cifarHasTenClasses() {
        assertEquals("airplane,automobile,bird,cat,deer,dog,frog,horse,ship,truck",
                String.join(",", Labels.cifar10().names()));
    }

    @Test
    void textsInOtherLettersAreRead() throws IOException {
        Path file = Files.write(folder.resolve("labels.txt"), "Fähre\n船\n".getBytes(StandardCharsets.UTF_8));

        assertEquals(List.of("Fähre", "船"), Labels.read(file).names());
    }
}
