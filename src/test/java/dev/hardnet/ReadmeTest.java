package dev.hardnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README.md says is so. */
class ReadmeTest {
    @TempDir
    private Path folder;

    @Test
    void theExampleCompilesAndSeesTheShip() throws Exception {
        Path source = Files.writeString(folder.resolve("Hello.java"), block("java"));
        Path photo = folder.resolve("ship.jpg");
        try (InputStream ship = ReadmeTest.class.getResourceAsStream("/dev/hardnet/demo/ship.jpg")) {
            Files.copy(ship, photo);
        }
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-Dhardnet.cache=" + System.getProperty("hardnet.cache"),
                "-cp", System.getProperty("java.class.path"), source.toString(), photo.toString())
                .redirectError(log.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output + Files.readString(log));
        assertTrue(output.startsWith("ship 83.0%"), output);
    }

    @Test
    void everyExampleCompiles() throws Exception {
        Matcher examples = Pattern.compile("```java\n(.*?class (\\w+) .*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md")));
        int found = 0;
        while (examples.find()) {
            Path source = Files.writeString(folder.resolve(examples.group(2) + ".java"), examples.group(1));
            assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), "-cp",
                    System.getProperty("java.class.path"), source.toString()), examples.group(2));
            found++;
        }
        assertEquals(2, found);
    }

    @Test
    void theFolderTreeNamesWhatIsThere() throws IOException {
        Matcher names = Pattern.compile("(?m)^( *)([\\w./-]+)(?: {2,}|$)").matcher(block("tree"));
        Path parent = Path.of("");
        int found = 0;
        while (names.find()) {
            Path entry = names.group(1).isEmpty() ? Path.of(names.group(2)) : parent.resolve(names.group(2));
            parent = names.group(1).isEmpty() ? entry : parent;
            assertTrue(Files.exists(entry), entry + " is not there");
            found++;
        }
        assertTrue(found > 20, "only " + found + " entries");
    }

    @Test
    void everyPackageIsInTheFolderTree() throws IOException {
        String tree = block("tree");
        try (Stream<Path> packages = Files.list(Path.of("src/main/java/dev/hardnet"))) {
            List<String> missing = packages.filter(Files::isDirectory).map(each -> each.getFileName() + "/")
                    .filter(each -> !tree.contains(" " + each + " ")).toList();
            assertEquals(List.of(), missing);
        }
    }

    private static String block(String language) throws IOException {
        Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md")));
        assertTrue(block.find(), "README.md has no block of " + language);
        return block.group(1);
    }
}
