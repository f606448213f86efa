package dev.hardnet.benchmarks.compare;

import com.google.gson.Gson;
import dev.hardnet.benchmarks.runtime.CaseFiles;
import dev.hardnet.benchmarks.runtime.InferenceRuntime;
import dev.hardnet.benchmarks.runtime.RuntimeName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A process that measures one runtime: checks its outputs, warms up, times runs, and prints one line of JSON. */
final class MeasureFork {
    private static final double NANOS = 1e9;
    private static final int LEAST_RUNS = 3;
    private static final int MOST_RUNS = 100_000;

    private MeasureFork() {
    }

    /**
     * Measures.
     *
     * @param arguments a {@link ForkRequest} as JSON
     * @throws IOException when a file of the network cannot be read
     */
    static void main(String[] arguments) throws IOException {
        Gson gson = new Gson();
        System.out.println(gson.toJson(measure(gson.fromJson(arguments[0], ForkRequest.class))));
        // Threads that a runtime left behind must not keep the process.
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static ForkReply measure(ForkRequest request) throws IOException {
        CaseFiles files = new CaseFiles(Path.of(request.folder()));
        try (InferenceRuntime runtime = RuntimeName.of(request.runtime()).open(request.benchmarkCase(), files)) {
            runtime.run();
            Optional<String> difference = new Agreement(files).difference(request.benchmarkCase(), runtime.outputs());
            if (difference.isPresent()) {
                return ForkReply.refused(difference.get());
            }
            time(runtime, request.seconds() / 3, 1);
            long[] nanos = time(runtime, request.seconds(), LEAST_RUNS);
            return new ForkReply(null, nanos, ResidentMemory.peakMebibytes());
        }
    }

    private static long[] time(InferenceRuntime runtime, double seconds, int leastRuns) {
        long[] nanos = new long[MOST_RUNS];
        int runs = 0;
        long end = System.nanoTime() + (long) (seconds * NANOS);
        while (runs < leastRuns || runs < MOST_RUNS && System.nanoTime() < end) {
            long start = System.nanoTime();
            runtime.run();
            nanos[runs++] = System.nanoTime() - start;
        }
        return Arrays.copyOf(nanos, runs);
    }
}
