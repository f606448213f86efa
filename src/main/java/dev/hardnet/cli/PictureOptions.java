package dev.hardnet.cli;

import dev.hardnet.HarDNetException;
import dev.hardnet.vision.PictureFile;
import dev.hardnet.vision.PictureFiles;
import dev.hardnet.vision.PictureReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What all commands over pictures ask: which pictures, and how to print what came of them. */
final class PictureOptions {
    @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "Picture files, folders of them, or patterns such "
            + "as 'photos/**/*.jpg' (in quotes).")
    private List<String> words;

    @Option(names = "--max-pixels", paramLabel = "N", defaultValue = "" + PictureReader.DEFAULT_MAX_PIXELS,
            description = "Refuse pictures that claim more pixels than this. Default: ${DEFAULT-VALUE}.")
    private long maxPixels;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /**
     * What the words mean.
     *
     * @param files    each file once, in the order of the words
     * @param refusals a sentence for each word that means none
     */
    record Found(List<PictureFile> files, Map<String, String> refusals) {
        List<Path> paths() {
            return files.stream().map(PictureFile::path).toList();
        }
    }

    Found find() {
        return find(List::copyOf);
    }

    /**
     * As {@link #find()} without what lies in a folder of results, unless that folder or something in it was named: what
     * one run writes, the next does not read.
     */
    Found findOutside(Path results) {
        Path folder = absolute(results);
        return find(files -> files.stream().filter(file -> !isResult(file, folder)).toList());
    }

    private static boolean isResult(PictureFile file, Path results) {
        Path path = absolute(file.path());
        Path named = path;
        for (int i = 0; i < file.name().getNameCount(); i++) {
            named = named.getParent();
        }
        return path.startsWith(results) && !named.startsWith(results);
    }

    private Found find(UnaryOperator<List<PictureFile>> selection) {
        Map<Path, PictureFile> files = new LinkedHashMap<>();
        Map<String, String> refusals = new LinkedHashMap<>();
        for (String word : words) {
            try {
                List<PictureFile> selected = selection.apply(PictureFiles.find(word));
                if (selected.isEmpty()) {
                    refusals.put(word, "%s holds no pictures but earlier results.".formatted(word));
                }
                selected.forEach(file -> files.putIfAbsent(absolute(file.path()), file));
            } catch (HarDNetException refusal) {
                refusals.put(word, refusal.getMessage());
            }
        }
        return new Found(List.copyOf(files.values()), refusals);
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    PictureReader reader() {
        return new PictureReader(maxPixels);
    }

    boolean json() {
        return json;
    }
}
