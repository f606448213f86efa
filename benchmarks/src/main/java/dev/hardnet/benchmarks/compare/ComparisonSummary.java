package dev.hardnet.benchmarks.compare;

import dev.hardnet.benchmarks.compare.RuntimeResult.Timed;
import dev.hardnet.benchmarks.runtime.RuntimeName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * One peer beside ours over all cases of one number of threads and one batch.
 *
 * @param peer         the peer
 * @param threads      threads of both
 * @param batch        pictures per run
 * @param networks     how many networks and sizes it was timed with
 * @param timeRatio    geometric mean of its median times over ours: above 1, ours is faster
 * @param leastRatio   the least of these ratios
 * @param leastNetwork what that was found with
 * @param memoryRatio  geometric mean of our memory above the JVM's own over its: below 1, ours takes less
 */
record ComparisonSummary(RuntimeName peer, int threads, int batch, int networks, double timeRatio, double leastRatio,
                         String leastNetwork, double memoryRatio) {
    /** A peer that was timed, in its case. */
    private record Pair(CaseResult result, Timed peer) {
        double timeRatio() {
            return peer.ratioTo(result.ours());
        }

        double memoryRatio() {
            return result.memoryRatio(peer);
        }

        String network() {
            return result.benchmarkCase().network();
        }
    }

    /** Every peer that was timed, in the order of the runtimes, then of batches and threads. */
    static List<ComparisonSummary> of(List<CaseResult> results) {
        List<ComparisonSummary> summaries = new ArrayList<>();
        for (RuntimeName peer : RuntimeName.values()) {
            for (int batch : distinct(results.stream().map(each -> each.benchmarkCase().batch()))) {
                for (int threads : distinct(results.stream().map(each -> each.benchmarkCase().threads()))) {
                    List<Pair> pairs = pairs(results, peer, threads, batch);
                    if (!pairs.isEmpty()) {
                        summaries.add(summary(peer, threads, batch, pairs));
                    }
                }
            }
        }
        return summaries;
    }

    private static List<Integer> distinct(Stream<Integer> values) {
        return values.distinct().sorted().toList();
    }

    private static List<Pair> pairs(List<CaseResult> results, RuntimeName peer, int threads, int batch) {
        return results.stream()
                .filter(each -> each.benchmarkCase().threads() == threads && each.benchmarkCase().batch() == batch)
                .flatMap(each -> each.timedPeers().filter(timed -> timed.runtime() == peer)
                        .map(timed -> new Pair(each, timed)))
                .toList();
    }

    private static ComparisonSummary summary(RuntimeName peer, int threads, int batch, List<Pair> pairs) {
        Pair least = pairs.stream().min(Comparator.comparingDouble(Pair::timeRatio)).orElseThrow();
        return new ComparisonSummary(peer, threads, batch, pairs.size(),
                geometricMean(pairs.stream().mapToDouble(Pair::timeRatio)), least.timeRatio(), least.network(),
                geometricMean(pairs.stream().mapToDouble(Pair::memoryRatio)));
    }

    private static double geometricMean(DoubleStream values) {
        return Math.exp(values.map(Math::log).average().orElseThrow());
    }
}
