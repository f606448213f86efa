package dev.hardnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hardnet.onnx.proto.Onnx.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportOnnxCommandTest {
    @TempDir
    private Path folder;

    @Test
    void writesTheModelInTheJarAtItsOwnSize() throws IOException {
        Path file = folder.resolve("model.onnx");
        CommandLineRun run = CommandLineRun.of("export-onnx", "-o", file);
        assertEquals(file + ": hardnet39ds, 10 classes, input batch x 3 x 64 x 64, operators of version 17, "
                + "from the embedded model\n", run.out());
        assertEquals("", run.err());
        assertEquals("logits", ModelProto.parseFrom(Files.readAllBytes(file)).getGraph().getOutput(0).getName());
    }

    @Test
    void takesTheSizeAndPrintsJson() throws IOException {
        Path file = folder.resolve("model.onnx");
        CommandLineRun run = CommandLineRun.of("export-onnx", "-n", "hardnet39ds", "-w", "synthetic:1", "--size", "64x96",
                "-o", file, "--json");
        JsonObject result = JsonParser.parseString(run.out()).getAsJsonObject();
        assertEquals(96, result.get("width").getAsInt());
        assertEquals(17, result.get("opset").getAsInt());
        assertEquals(Files.size(file), result.get("bytes").getAsLong());
    }

    @Test
    void aFailureIsOneSentenceAndLeavesNothing() {
        Path file = folder.resolve("missing").resolve("model.onnx");
        CommandLineRun run = CommandLineRun.of("export-onnx", "-o", file);
        assertEquals(1, run.exitCode());
        assertEquals("", run.out());
        assertEquals(1, run.err().lines().count());
        assertTrue(run.err().startsWith("hardnet: " + file + " cannot be written ("), run.err());
        assertFalse(Files.exists(file.getParent()));
    }
}
