package dev.hardnet.cli;

import dev.hardnet.HarDNetException;
import dev.hardnet.vision.PictureFile;
import dev.hardnet.vision.PictureFiles;
import dev.hardnet.vision.PictureReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        Map<Path, PictureFile> files = new LinkedHashMap<>();
        Map<String, String> refusals = new LinkedHashMap<>();
        for (String word : words) {
            try {
                PictureFiles.find(word).forEach(file ->
                        files.putIfAbsent(file.path().toAbsolutePath().normalize(), file));
            } catch (HarDNetException refusal) {
                refusals.put(word, refusal.getMessage());
            }
        }
        return new Found(List.copyOf(files.values()), refusals);
    }

    PictureReader reader() {
        return new PictureReader(maxPixels);
    }

    boolean json() {
        return json;
    }
}
