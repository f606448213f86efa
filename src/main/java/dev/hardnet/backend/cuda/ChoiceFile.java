package dev.hardnet.backend.cuda;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import dev.hardnet.HarDNetException;
import dev.hardnet.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The choices that were made on this machine, by GPU and version of cuDNN: a JSON file in the cache folder. A file
 * that cannot be read counts as empty, one that cannot be written is a warning: the choices then serve this session only.
 */
final class ChoiceFile {
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final TypeToken<Map<String, Map<String, String>>> CONTENT = new TypeToken<>() { };

    private static final String MEASURED = ", measured";
    private static final String ACCEPTED = ", accepted";

    private final Path file;
    private final String device;
    private final Map<String, Map<String, String>> content;
    private boolean changed;

    private ChoiceFile(Path file, String device, Map<String, Map<String, String>> content) {
        this.file = file;
        this.device = device;
        this.content = content;
    }

    /**
     * Reads the file.
     *
     * @param folder where it is
     * @param device what the choices depend on besides the problem: GPU, cuDNN
     */
    static ChoiceFile read(Path folder, String device) {
        Path file = folder.resolve("cuda-convolutions.json");
        return new ChoiceFile(file, device, content(file));
    }

    private static Map<String, Map<String, String>> content(Path file) {
        try {
            Map<String, Map<String, String>> content = Files.exists(file)
                    ? GSON.fromJson(Files.readString(file), CONTENT) : null;
            return content == null ? new TreeMap<>() : new TreeMap<>(content);
        } catch (IOException | JsonParseException damaged) {
            warn("read", file, damaged);
            return new TreeMap<>();
        }
    }

    /**
     * The choice for a problem, if there was one before.
     *
     * @param problem  the convolution
     * @param measured whether only what was measured counts, not what was merely accepted
     */
    Optional<ConvolutionMethod> find(ConvolutionProblem problem, boolean measured) {
        Optional<ConvolutionMethod> fastest = find(problem, MEASURED);
        return measured || fastest.isPresent() ? fastest : find(problem, ACCEPTED);
    }

    private Optional<ConvolutionMethod> find(ConvolutionProblem problem, String how) {
        return Optional.ofNullable(content.getOrDefault(device + how, Map.of()).get(problem.toString()))
                .flatMap(ConvolutionMethod::parse);
    }

    /**
     * Keeps a choice.
     *
     * @param problem  the convolution
     * @param method   how to compute it
     * @param measured whether it was the fastest of several, or the first that was accepted
     */
    void remember(ConvolutionProblem problem, ConvolutionMethod method, boolean measured) {
        content.computeIfAbsent(device + (measured ? MEASURED : ACCEPTED), _ -> new TreeMap<>())
                .put(problem.toString(), method.toString());
        changed = true;
    }

    /** Writes the file if there is anything new. */
    void save() {
        if (!changed) {
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            AtomicFile.write(file, out -> out.write(GSON.toJson(content).getBytes(StandardCharsets.UTF_8)));
            changed = false;
        } catch (IOException | HarDNetException failure) {
            warn("written", file, failure);
        }
    }

    private static void warn(String what, Path file, Exception failure) {
        System.getLogger("dev.hardnet").log(System.Logger.Level.WARNING,
                "Choices of convolutions could not be {0}: {1} ({2})", what, file,
                failure.toString().lines().findFirst().orElseThrow());
    }
}
