package dev.hardnet.traffic.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.hardnet.Device;
import dev.hardnet.Network;
import dev.hardnet.Session;
import dev.hardnet.SessionOptions;
import dev.hardnet.backend.cpu.CacheSize;
import dev.hardnet.backend.cpu.ProgramText;
import dev.hardnet.backend.cpu.Tier;
import dev.hardnet.plan.Plan;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beside valgrind's simulation of the same caches, which watches the native kernels at work; it knows no AVX-512. */
class ValgrindTest {
    private static final String TIER = "hardnet.cpu.tier";
    private static final Path RUNNER = Path.of("target/native/release/test/hn_run_plan");

    @TempDir
    private Path folder;

    private String tierBefore;

    @BeforeEach
    void chooseTierThatValgrindKnows() {
        tierBefore = System.getProperty(TIER);
        Tier tier = Tier.supported().stream().filter(each -> each != Tier.AVX512).toList().getLast();
        System.setProperty(TIER, tier.toString());
    }

    @AfterEach
    void restoreTier() {
        if (tierBefore == null) {
            System.clearProperty(TIER);
        } else {
            System.setProperty(TIER, tierBefore);
        }
    }

    @Test
    void missesAreThoseThatValgrindCounts() throws IOException, InterruptedException {
        Plan plan = Session.plan(Network.byName("hardnet39ds"),
                SessionOptions.builder().device(Device.CPU).size(64, 64).build());
        CacheReport report = CacheSimulation.run(plan, CacheSize.parse("1MiB:64:16"), _ -> { });
        long predicted = report.steady().readMisses() + report.steady().writeMisses();
        long counted = missesOfSecondRun(plan);
        assertEquals(1, (double) predicted / counted, 0.1, "predicted %d, counted %d".formatted(predicted, counted));
    }

    private long missesOfSecondRun(Plan plan) throws IOException, InterruptedException {
        Path program = Files.writeString(folder.resolve("program"), ProgramText.of(plan));
        Path result = folder.resolve("callgrind");
        File log = folder.resolve("log").toFile();
        Process valgrind = new ProcessBuilder("valgrind", "--tool=callgrind", "--cache-sim=yes", "--I1=32768,8,64",
                "--D1=32768,8,64", "--LL=1048576,16,64", "--zero-before=hn_program_run",
                "--callgrind-out-file=" + result, RUNNER.toString(), program.toString(), "2")
                .redirectErrorStream(true).redirectOutput(log).start();
        if (valgrind.waitFor() != 0) {
            fail(Files.readString(log.toPath()));
        }
        return sum(Files.readAllLines(result), "DLmr", "DLmw");
    }

    private static long sum(List<String> lines, String... events) {
        List<String> names = fields(lines, "events:");
        List<String> totals = fields(lines, "totals:");
        return Arrays.stream(events).mapToLong(event -> Long.parseLong(totals.get(names.indexOf(event)))).sum();
    }

    private static List<String> fields(List<String> lines, String key) {
        String line = lines.stream().filter(each -> each.startsWith(key)).reduce((_, last) -> last).orElseThrow();
        return List.of(line.substring(key.length()).strip().split(" +"));
    }
}
