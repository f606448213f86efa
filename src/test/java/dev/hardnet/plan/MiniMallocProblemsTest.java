package dev.hardnet.plan;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.testing.SharedFiles;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hard problems A to K that come with MiniMalloc: how near does the planner get to the bound? */
class MiniMallocProblemsTest {
    private static final double REACHED = 1.05;

    @ParameterizedTest
    @ValueSource(strings = {"A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K"})
    void comesNearTheBoundAndIsNeverWorseThanTheBestGreedyOrder(String name) throws IOException {
        List<UsageRecord> records = read(name);
        long start = System.nanoTime();
        ArenaLayout layout = ArenaPlanner.plan(records);
        double seconds = (System.nanoTime() - start) / 1e9;
        double greedy = Arrays.stream(GreedyOrder.values())
                .mapToDouble(order -> ArenaPlanner.greedy(records, order).ratio()).min().orElseThrow();
        System.out.printf(Locale.ROOT, "%s  %3d records  bound %7d  best greedy %.3f  planned %.4f  %5.1f s%n",
                name, records.size(), layout.lowerBoundBytes(), greedy, layout.ratio(), seconds);
        OverlapValidator.check(layout);
        assertAll(
                () -> assertTrue(layout.ratio() <= greedy, "worse than greedy"),
                () -> assertTrue(layout.ratio() <= REACHED, () -> "peak / bound is " + layout.ratio()));
    }

    static List<UsageRecord> read(String name) throws IOException {
        Path file = SharedFiles.path("reference", "planner", name + ".1048576.csv");
        try (Reader reader = Files.newBufferedReader(file)) {
            return PlannerCsv.read(reader, file.toString());
        }
    }
}
