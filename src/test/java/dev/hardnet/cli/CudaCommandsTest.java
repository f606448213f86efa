package dev.hardnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import dev.hardnet.Device;
import dev.hardnet.backend.cuda.StandinLibraries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says where there is a GPU; here it is that of the stand-in libraries. */
@Tag("cuda")
@EnabledIfSystemProperty(named = "hardnet.standin", matches = ".+")
class CudaCommandsTest {
    @BeforeAll
    static void load() {
        StandinLibraries.load();
    }

    @Test
    void doctorNamesTheGpuAndTheVersions() {
        CommandLineRun run = CommandLineRun.of("doctor");
        assertEquals(0, run.exitCode(), run.out());
        String line = run.out().lines().filter(each -> each.startsWith("gpu ")).findFirst().orElseThrow();
        assertTrue(line.contains("0: Stand-in (compute capability 9.0, "), line);
        assertTrue(line.endsWith("; driver for CUDA 13.1, runtime 13.1, cuDNN 9.19.0"), line);
    }

    @Test
    void benchTellsTheTimeOfTheDeviceAndHowConvolutionsAreComputed() {
        CommandLineRun run = CommandLineRun.of("bench", "--network", "hardnet39ds", "--size", "64x64", "--device",
                "cuda", "--seconds", 0.1);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("cuda 0 Stand-in float32"), run.out());
        assertTrue(run.out().matches("(?s).*\\ndevice    median \\d+\\.\\d{3} ms without transfers .*\\n"
                + "ways {6}\\d+ .*"), run.out());
    }

    @Test
    void aProfileOfTheGpuHasARooflineWhereItIsGiven(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("trace.json");
        CommandLineRun run = CommandLineRun.of("bench", "--network", "hardnet39ds", "--size", "64x64", "--device",
                "cuda", "--seconds", 0.1, "--profile", file, "--json", "--peak", 30000, "--bandwidth", 3000);
        assertEquals(0, run.exitCode(), run.err());
        JsonArray layers = JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonArray("layers");
        assertEquals(2 + 21 * layers.size(), JsonParser.parseString(Files.readString(file)).getAsJsonObject()
                .getAsJsonArray("traceEvents").size());
        assertTrue(layers.get(0).getAsJsonObject().has("rooflineShare"), layers::toString);
        assertEquals("graph", layers.get(0).getAsJsonObject().get("way").getAsString());
    }

    @Test
    void theBestDeviceIsTheGpu() {
        assertEquals(Device.cuda(0), Device.best());
    }

    @Test
    void aGpuThatIsNotThereIsRefusedInOneSentence() {
        CommandLineRun run = CommandLineRun.of("bench", "--network", "hardnet39ds", "--size", "64x64", "--device",
                "cuda:7");
        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.err().contains("There is no GPU 7; this machine has 1, numbered from 0."), run.err());
    }
}
