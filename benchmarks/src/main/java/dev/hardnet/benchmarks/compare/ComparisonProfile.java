package dev.hardnet.benchmarks.compare;

import dev.hardnet.benchmarks.runtime.BenchmarkCase;
import java.util.ArrayList;
import java.util.List;

/**
 * How much is measured where the command line does not say.
 *
 * @param networks what is measured
 * @param threads  numbers of threads
 * @param batches  pictures per run; more than one only where the input is small
 * @param rounds   forks of each runtime
 * @param seconds  how long each fork measures
 */
record ComparisonProfile(List<NetworkInput> networks, List<Integer> threads, List<Integer> batches, int rounds,
                         double seconds) {
    private static final NetworkInput LARGEST = new NetworkInput("fchardnet70", 1024, 2048);

    /** Few and short measurements. */
    static ComparisonProfile quick() {
        return new ComparisonProfile(NetworkInput.STANDARD, List.of(1, 2), List.of(1), 2, 0.5);
    }

    /** Every network at every size. */
    static ComparisonProfile full() {
        List<NetworkInput> networks = new ArrayList<>(NetworkInput.STANDARD);
        networks.add(LARGEST);
        return new ComparisonProfile(List.copyOf(networks), List.of(1, 2), List.of(1, 8), 5, 3);
    }

    /** Every case, the sizes and threads of a network one after the other. */
    List<BenchmarkCase> cases() {
        List<BenchmarkCase> cases = new ArrayList<>();
        for (NetworkInput network : networks) {
            for (int batch : batches) {
                if (batch == 1 || network.takesBatches()) {
                    threads.forEach(count -> cases.add(network.with(count, batch)));
                }
            }
        }
        return cases;
    }
}
