package dev.hardnet.backend;

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
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Choices that were made on this machine: a JSON file of sections (what a choice depends on) of choices by problem. A
 * file that cannot be read counts as empty, one that cannot be written serves this session only; either is a warning.
 */
public final class ChoiceTable {
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final TypeToken<Map<String, Map<String, String>>> CONTENT = new TypeToken<>() { };
    /** No machine makes as many choices as a longer file would hold. */
    private static final long MOST_BYTES = 16L << 20;

    private final Path file;
    private final Map<String, Map<String, String>> content;
    private boolean changed;

    private ChoiceTable(Path file, Map<String, Map<String, String>> content) {
        this.file = file;
        this.content = content;
    }

    /**
     * Reads a file.
     *
     * @param file the file, perhaps not there yet
     * @return what it holds, nothing when it is absent or damaged
     */
    public static ChoiceTable read(Path file) {
        try {
            return new ChoiceTable(file, Files.exists(file) ? parse(file) : new TreeMap<>());
        } catch (IOException | JsonParseException damaged) {
            warn("read and are made anew", file, damaged);
            return new ChoiceTable(file, new TreeMap<>());
        }
    }

    private static Map<String, Map<String, String>> parse(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("%d bytes, expected at most %d".formatted(Files.size(file), MOST_BYTES));
        }
        Map<String, Map<String, String>> content = GSON.fromJson(Files.readString(file), CONTENT);
        if (content == null || content.values().stream().anyMatch(Objects::isNull)) {
            throw new JsonParseException("expected a JSON object of objects");
        }
        return new TreeMap<>(content);
    }

    /**
     * Looks a choice up.
     *
     * @param section what it depends on besides the problem
     * @param problem what it is for
     * @return the choice, if there was one
     */
    public Optional<String> find(String section, String problem) {
        return Optional.ofNullable(content.getOrDefault(section, Map.of()).get(problem));
    }

    /**
     * Keeps a choice.
     *
     * @param section what it depends on besides the problem
     * @param problem what it is for
     * @param choice  the choice, in place of an earlier one
     */
    public void put(String section, String problem, String choice) {
        content.computeIfAbsent(section, _ -> new TreeMap<>()).put(problem, choice);
        changed = true;
    }

    /** Writes the file if there is anything new. */
    public void save() {
        if (!changed) {
            return;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            AtomicFile.write(file, out -> out.write(GSON.toJson(content).getBytes(StandardCharsets.UTF_8)));
            changed = false;
        } catch (IOException | HarDNetException failure) {
            warn("written and serve this session only", file, failure);
        }
    }

    private static void warn(String what, Path file, Exception failure) {
        System.getLogger("dev.hardnet").log(System.Logger.Level.WARNING,
                "Choices of convolutions could not be {0}: {1} ({2})", what, file,
                failure.toString().lines().findFirst().orElseThrow());
    }
}
