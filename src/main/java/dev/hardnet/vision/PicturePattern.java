package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** A pattern of paths as shells know it, for example {@code photos/**}{@code /*.jpg}. */
final class PicturePattern {
    private static final String SPECIAL = "*?[{";

    private final Path text;
    /** The names before the first one with a special character; empty when there is none. */
    private final Path folder;
    private final PathMatcher matcher;

    private PicturePattern(Path text, Path folder, PathMatcher matcher) {
        this.text = text;
        this.folder = folder;
        this.matcher = matcher;
    }

    static boolean isOne(String text) {
        return text.chars().anyMatch(each -> SPECIAL.indexOf(each) >= 0);
    }

    static PicturePattern of(Path text) {
        int fixed = 0;
        while (!isOne(text.getName(fixed).toString())) {
            fixed++;
        }
        Path root = text.isAbsolute() ? text.getRoot() : Path.of("");
        Path folder = fixed == 0 ? root : root.resolve(text.subpath(0, fixed));
        // In the JDK's patterns ** stands for one folder at least, in shells also for none.
        String rest = text.subpath(fixed, text.getNameCount()).toString().replace("**/", "{,**/}");
        try {
            return new PicturePattern(text, folder, FileSystems.getDefault().getPathMatcher("glob:" + rest));
        } catch (PatternSyntaxException e) {
            throw new HarDNetException("The pattern %s is malformed: %s.".formatted(text, e.getDescription()), e);
        }
    }

    List<PictureFile> find() {
        List<PictureFile> files = Files.isDirectory(folder) ? PictureFiles.inside(folder).stream()
                .filter(file -> matcher.matches(file.name())).toList() : List.of();
        if (files.isEmpty()) {
            throw new HarDNetException("No picture matches %s, expected files named .jpg, .jpeg, .png, .gif or .bmp."
                    .formatted(text));
        }
        return files;
    }
}
