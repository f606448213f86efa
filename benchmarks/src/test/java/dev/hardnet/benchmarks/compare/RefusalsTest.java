package dev.hardnet.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.benchmarks.runtime.BenchmarkCase;
import dev.hardnet.benchmarks.runtime.RuntimeName;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private final Refusals refusals = new Refusals();

    @BeforeEach
    void refuse() {
        refusals.add(RuntimeName.PYTORCH, new BenchmarkCase("hardnet68", 224, 224, 1, 1), "it differs");
    }

    @Test
    void aRefusalHoldsForOtherThreads() {
        assertEquals(Optional.of("it differs"), reason(RuntimeName.PYTORCH, "hardnet68", 224, 2));
    }

    @Test
    void otherRuntimesNetworksAndSizesAreTried() {
        assertEquals(Optional.empty(), reason(RuntimeName.OPENCV, "hardnet68", 224, 1));
        assertEquals(Optional.empty(), reason(RuntimeName.PYTORCH, "hardnet85", 224, 1));
        assertEquals(Optional.empty(), reason(RuntimeName.PYTORCH, "hardnet68", 256, 1));
    }

    private Optional<String> reason(RuntimeName runtime, String network, int side, int threads) {
        return refusals.reason(runtime, new BenchmarkCase(network, side, side, threads, 1));
    }
}
