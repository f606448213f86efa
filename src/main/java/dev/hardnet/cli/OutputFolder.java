package dev.hardnet.cli;

import dev.hardnet.HarDNetException;
import dev.hardnet.vision.PictureFile;
import dev.hardnet.vision.PictureWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Where the pictures go that a command makes of others: below one folder, as the others lie below the folders that were
 * named. Where two would have the same name, the later one gets a number: {@code beach.png}, {@code beach-2.png}.
 */
final class OutputFolder {
    private static final String HINT = "choose another folder with --output";

    private final Path folder;
    /** The path of each file's results below the folder, without their endings. */
    private final Map<Path, String> stems = new HashMap<>();

    private OutputFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the folder unless it is there, and decides all names.
     *
     * @param folder  the folder
     * @param files   what is read
     * @param endings what is written for each of them, for example {@code -overlay.png}
     * @throws HarDNetException when the folder cannot be used, or a file to be read would be replaced
     */
    static OutputFolder of(Path folder, List<PictureFile> files, List<String> endings) {
        prepare(folder);
        OutputFolder output = new OutputFolder(folder);
        output.nameAll(files, endings);
        output.requireOtherFiles(files, endings);
        return output;
    }

    /** Makes the folder unless it is there. What it is worth shows only when a file is made in it. */
    static void prepare(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".", ".tmp"));
        } catch (IOException e) {
            throw new HarDNetException("Nothing can be written to the folder %s (%s); %s.".formatted(folder, e, HINT), e);
        }
    }

    private void nameAll(List<PictureFile> files, List<String> endings) {
        Set<String> taken = new HashSet<>();
        for (PictureFile file : files) {
            String wanted = withoutExtension(file.name());
            String stem = wanted;
            for (int number = 2; !areFree(stem, endings, taken); number++) {
                stem = wanted + "-" + number;
            }
            for (String ending : endings) {
                taken.add(folded(stem + ending));
            }
            stems.put(file.path(), stem);
        }
    }

    private static String withoutExtension(Path name) {
        String text = name.toString();
        int dot = text.lastIndexOf('.');
        return dot > text.length() - name.getFileName().toString().length() ? text.substring(0, dot) : text;
    }

    private static boolean areFree(String stem, List<String> endings, Set<String> taken) {
        return endings.stream().noneMatch(ending -> taken.contains(folded(stem + ending)));
    }

    /** Some file systems take a.png and A.png for the same. */
    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private void requireOtherFiles(List<PictureFile> files, List<String> endings) {
        Set<Path> read = new HashSet<>();
        files.forEach(file -> read.add(real(file.path())));
        for (PictureFile file : files) {
            for (String ending : endings) {
                Path written = of(file.path(), ending);
                if (Files.exists(written) && read.contains(real(written))) {
                    throw new HarDNetException("%s is one of the pictures to read and would be replaced; %s."
                            .formatted(written, HINT));
                }
            }
        }
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException unreadable) {
            return file.toAbsolutePath().normalize();
        }
    }

    /** The file of this ending for a picture that is read. */
    Path of(Path file, String ending) {
        return folder.resolve(stems.get(file) + ending);
    }

    /** Writes one result of a picture that was read. */
    void write(Path file, String ending, BufferedImage result) {
        Path target = of(file, ending);
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new HarDNetException("The folder of %s cannot be made (%s).".formatted(target, e), e);
        }
        PictureWriter.write(result, target);
    }
}
