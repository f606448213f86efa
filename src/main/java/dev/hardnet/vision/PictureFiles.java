package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the picture files that somebody means by naming files, folders and patterns.
 *
 * <p>A folder means the picture files in it and in its subfolders: those named .jpg, .jpeg, .png, .gif or .bmp in any
 * case. Hidden ones (a name that begins with a dot) are left out, links to folders are not followed. Those of one folder
 * are sorted by name. A file that is named itself stays, whatever its name.
 */
public final class PictureFiles {
    private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "gif", "bmp");

    private PictureFiles() {
    }

    /**
     * Replaces each folder by the picture files in it.
     *
     * @param paths files and folders
     * @return the files in the order of the paths, each only once
     * @throws HarDNetException when a path does not exist, a folder cannot be read or has no picture files
     */
    public static List<Path> expand(List<Path> paths) {
        Set<Path> files = new LinkedHashSet<>();
        paths.forEach(path -> find(path).forEach(file -> files.add(file.path())));
        return List.copyOf(files);
    }

    /**
     * Finds what one word of a command line means: a file, a folder, or a pattern such as {@code photos/**}{@code /*.jpg}
     * that no shell has replaced. In a pattern {@code *} and {@code ?} stand for characters of a name, {@code [abc]} and
     * <code>{jpg,png}</code> for alternatives, and {@code **} for folders, also for none; it means the picture files
     * that match, found as those of a folder are.
     *
     * @param word a path or a pattern
     * @return the files in order, at least one
     * @throws HarDNetException when there is none, or a folder cannot be read
     */
    public static List<PictureFile> find(String word) {
        Path path;
        try {
            path = Path.of(word);
        } catch (InvalidPathException e) {
            throw new HarDNetException("'%s' is no path (%s).".formatted(word, e.getReason()), e);
        }
        return PicturePattern.isOne(word) && !Files.exists(path) ? PicturePattern.of(path).find() : find(path);
    }

    private static List<PictureFile> find(Path path) {
        if (Files.isDirectory(path)) {
            List<PictureFile> files = inside(path);
            if (files.isEmpty()) {
                throw new HarDNetException("The folder %s holds no pictures, expected files named .jpg, .jpeg, .png, "
                        .formatted(path) + ".gif or .bmp.");
            }
            return files;
        }
        if (!Files.exists(path)) {
            throw new HarDNetException("%s does not exist, but a picture file or a folder of pictures is expected."
                    .formatted(path));
        }
        return List.of(new PictureFile(path, path.getFileName()));
    }

    /** The picture files in a folder and its subfolders, perhaps none. */
    static List<PictureFile> inside(Path folder) {
        List<PictureFile> files = new ArrayList<>();
        collect(folder, folder, files);
        return files;
    }

    private static void collect(Path folder, Path root, List<PictureFile> files) {
        for (Path entry : entries(folder)) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                collect(entry, root, files);
            } else if (Files.isRegularFile(entry) && isPicture(entry)) {
                files.add(new PictureFile(entry, root.relativize(entry)));
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
