package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.testing.SharedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedFilesTest {
    private static byte[] embedded(String name) throws IOException {
        try (InputStream in = Labels.class.getResourceAsStream("/dev/hardnet/" + name)) {
            return in.readAllBytes();
        }
    }

    @Test
    void theModelInTheJarIsThePublishedOne() throws IOException {
        String name = "hardnet39ds_cifar10.safetensors";

        assertArrayEquals(Files.readAllBytes(SharedFiles.path("reference", "models", name)), embedded("model/" + name));
    }

    @Test
    void theClassesOfCityscapesInTheJarAreThePublishedOnes() throws IOException {
        String name = "cityscapes_19.tsv";
        byte[] published = Files.readAllBytes(SharedFiles.path("reference", "labels", name));

        assertArrayEquals(published, embedded("vision/" + name));
    }

    @ParameterizedTest
    @CsvSource({"ship.jpg, 18124840932_e42b3e377c_k.jpg", "car.jpg, 19064748793_bb942deea1_k.jpg",
        "bus.jpg, 33887522274_eebd074106_k.jpg"})
    void theDemoPhotosAreUnchangedAndTheirSourcesNamed(String name, String source) throws IOException {
        assertArrayEquals(Files.readAllBytes(SharedFiles.path("reference", "photos", source)),
                embedded("demo/" + name));

        String notice = new String(embedded("demo/NOTICE"), StandardCharsets.UTF_8);
        assertTrue(notice.lines().anyMatch(
                line -> line.startsWith(name) && line.endsWith("/" + source.substring(0, source.indexOf('_')))));
    }
}
