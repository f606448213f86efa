package dev.hardnet.benchmarks.compare;

import dev.hardnet.benchmarks.runtime.BenchmarkCase;
import dev.hardnet.benchmarks.runtime.RuntimeName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Why runtimes were not timed: one that failed on an input is not tried on it again with other threads. */
final class Refusals {
    private final Map<Key, String> reasons = new HashMap<>();

    /** What a refusal holds for. */
    private record Key(RuntimeName runtime, String network, String input) {
        static Key of(RuntimeName runtime, BenchmarkCase each) {
            return new Key(runtime, each.network(), each.inputText());
        }
    }

    void add(RuntimeName runtime, BenchmarkCase each, String reason) {
        reasons.put(Key.of(runtime, each), reason);
    }

    Optional<String> reason(RuntimeName runtime, BenchmarkCase each) {
        return Optional.ofNullable(reasons.get(Key.of(runtime, each)));
    }
}
