package dev.hardnet.benchmarks.compare;

import dev.hardnet.benchmarks.runtime.BenchmarkCase;
import java.util.List;

/** How far a comparison is: cases weigh what they are expected to take, so that the rest can be told early. */
final class Progress {
    /** Forks start, open the network and measure for a fixed time, whatever the network. */
    private static final double FIXED_WEIGHT = 10;

    private final List<BenchmarkCase> cases;
    private final double total;
    private int index;
    private double done;

    Progress(List<BenchmarkCase> cases) {
        this.cases = cases;
        total = cases.stream().mapToDouble(Progress::weight).sum();
    }

    private static double weight(BenchmarkCase each) {
        return FIXED_WEIGHT + each.graph().macs() / 1e9 / each.threads();
    }

    /** The case that is measured now is over. */
    void next() {
        done += weight(cases.get(index++));
    }

    /**
     * Tells the case that is measured now.
     *
     * @param seconds since the first case began
     */
    String text(double seconds) {
        String rest = done == 0 ? "" : ", about %s left".formatted(ElapsedTime.text(seconds * (total - done) / done));
        return "case %d of %d: %s%s".formatted(index + 1, cases.size(), cases.get(index), rest);
    }
}
