package dev.hardnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hardnet.onnx.proto.Onnx.ModelProto;
import dev.hardnet.onnx.proto.Onnx.TensorProto;
import dev.hardnet.onnx.proto.Onnx.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    void aSegmentationNetworkGivesLogitsOrTheClassOfEachPixel() throws IOException {
        assertEquals("logits float32", output("--size", "65x97"));
        assertEquals("classes uint8", output("--size", "65x97", "--classes"));
    }

    private String output(String... options) throws IOException {
        Path file = folder.resolve("model.onnx");
        List<String> words = new ArrayList<>(List.of("export-onnx", "-n", "fchardnet70", "-w", "synthetic:1", "-o",
                file.toString()));
        words.addAll(List.of(options));
        assertEquals(0, CommandLineRun.of(words.toArray()).exitCode());
        ValueInfoProto value = ModelProto.parseFrom(Files.readAllBytes(file)).getGraph().getOutput(0);
        boolean bytes = value.getType().getTensorType().getElemType() == TensorProto.DataType.UINT8.getNumber();
        return value.getName() + (bytes ? " uint8" : " float32");
    }

    @Test
    void aFailureIsOneSentenceAndLeavesNothing() {
        Path file = folder.resolve("missing").resolve("model.onnx");
        CommandLineRun run = CommandLineRun.of("export-onnx", "-o", file);
        assertEquals(1, run.exitCode());
        assertEquals("", run.out());
        assertEquals(1, run.err().lines().count());
        assertTrue(run.err().startsWith("hardnet: " + file + " cannot be written: there is no folder "), run.err());
        assertFalse(Files.exists(file.getParent()));
    }
}
