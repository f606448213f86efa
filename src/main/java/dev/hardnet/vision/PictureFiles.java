package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the picture files that somebody means by naming files and folders. */
public final class PictureFiles {
    private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "gif", "bmp");

    private PictureFiles() {
    }

    /**
     * Replaces each folder by the picture files in it and in its subfolders: those named .jpg, .jpeg, .png, .gif or
     * .bmp in any case. Hidden ones (a name that begins with a dot) are left out, links to folders are not followed. A
     * file that is named itself stays, whatever its name.
     *
     * @param paths files and folders
     * @return the files in the order of the paths, those of one folder sorted by name, each only once
     * @throws HarDNetException when a path does not exist, a folder cannot be read or has no picture files
     */
    public static List<Path> expand(List<Path> paths) {
        Set<Path> files = new LinkedHashSet<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                files.addAll(inside(path));
            } else if (Files.exists(path)) {
                files.add(path);
            } else {
                throw new HarDNetException("%s does not exist, but a picture file or a folder of pictures is expected."
                        .formatted(path));
            }
        }
        return List.copyOf(files);
    }

    private static List<Path> inside(Path folder) {
        List<Path> files = new ArrayList<>();
        collect(folder, files);
        if (files.isEmpty()) {
            throw new HarDNetException("The folder %s holds no pictures, expected files named .jpg, .jpeg, .png, "
                    .formatted(folder) + ".gif or .bmp.");
        }
        return files;
    }

    private static void collect(Path folder, List<Path> files) {
        for (Path entry : entries(folder)) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                collect(entry, files);
            } else if (Files.isRegularFile(entry) && isPicture(entry)) {
                files.add(entry);
            }
        }
    }

    private static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith(".")).sorted().toList();
        } catch (IOException e) {
            throw new HarDNetException("The folder %s could not be read: %s.".formatted(folder, e.getMessage()), e);
        }
    }

    private static boolean isPicture(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }
}
