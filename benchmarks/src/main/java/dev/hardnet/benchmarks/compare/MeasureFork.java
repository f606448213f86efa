package dev.hardnet.benchmarks.compare;

import com.google.gson.Gson;
import dev.hardnet.benchmarks.runtime.CaseFiles;
import dev.hardnet.benchmarks.runtime.InferenceRuntime;
import dev.hardnet.benchmarks.runtime.RuntimeName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A process that measures one runtime: warms up, times runs, checks the outputs, and prints one line of JSON. */
final class MeasureFork {
    private static final double NANOS = 1e9;
    private static final int LEAST_RUNS = 3;
    /** More would take memory that counts as the runtime's. */
    private static final int MOST_RUNS = 4096;

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
            warmUp(runtime, request.seconds() / 3);
            long[] nanos = time(runtime, request.seconds());
            double peak = ResidentMemory.peakMebibytes();
            // Compared last, so that what this needs is in nobody's peak.
            return new Agreement(files).difference(request.benchmarkCase(), runtime.outputs())
                    .map(ForkReply::refused).orElseGet(() -> new ForkReply(null, nanos, peak));
        }
    }

    private static void warmUp(InferenceRuntime runtime, double seconds) {
        long end = System.nanoTime() + (long) (seconds * NANOS);
        do {
            runtime.run();
        } while (System.nanoTime() < end);
    }

    private static long[] time(InferenceRuntime runtime, double seconds) {
        long[] nanos = new long[MOST_RUNS];
        int runs = 0;
        long end = System.nanoTime() + (long) (seconds * NANOS);
        while (runs < LEAST_RUNS || runs < MOST_RUNS && System.nanoTime() < end) {
            long start = System.nanoTime();
            runtime.run();
            nanos[runs++] = System.nanoTime() - start;
        }
        return Arrays.copyOf(nanos, runs);
    }
}
