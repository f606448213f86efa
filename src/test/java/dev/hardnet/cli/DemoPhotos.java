package dev.hardnet.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The photos in the jar as files. */
final class DemoPhotos {
    private DemoPhotos() {
    }

    /** Copies ship.jpg, car.jpg or bus.jpg, and makes the folder of the copy if need be. */
    static Path copy(String name, Path target) throws IOException {
        Path file = target.normalize();
        Files.createDirectories(file.getParent());
        try (InputStream stream = DemoPhotos.class.getResourceAsStream("/dev/hardnet/demo/" + name)) {
            Files.copy(stream, file);
        }
        return file;
    }
}
