package dev.hardnet.benchmarks.compare;

import dev.hardnet.benchmarks.compare.RuntimeResult.Timed;
import dev.hardnet.benchmarks.runtime.BenchmarkCase;
import java.util.List;

/**
 * One entry of {@code comparison.json}.
 *
 * @param network      the network
 * @param input        its input, N x 3 x H x W
 * @param threads      threads of the runtime
 * @param batch        pictures per run
 * @param runtime      who ran it
 * @param medianMillis median time of a run in milliseconds
 * @param p90Millis    what nine of ten runs do not exceed
 * @param ratio        the median over ours
 * @param peakMiB      the most memory that the process had resident
 * @param jvmMiB       the same of a process with the same options that runs nothing
 */
record ComparisonRow(String network, String input, int threads, int batch, String runtime, double medianMillis,
                     double p90Millis, double ratio, double peakMiB, double jvmMiB) {
    /** The entries of one case, ours first; a runtime that was not timed has none. */
    static List<ComparisonRow> of(CaseResult result) {
        return result.timed().stream().map(timed -> of(result, timed)).toList();
    }

    private static ComparisonRow of(CaseResult result, Timed timed) {
        BenchmarkCase each = result.benchmarkCase();
        return new ComparisonRow(each.network(), each.inputText(), each.threads(), each.batch(),
                timed.runtime().toString(), timed.medianMillis(), timed.p90Millis(), timed.ratioTo(result.ours()),
                timed.peakMebibytes(), result.jvmMiB());
    }
}
