package dev.hardnet.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.benchmarks.compare.RuntimeResult.Timed;
import dev.hardnet.benchmarks.runtime.RuntimeName;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuntimeResultTest {
    @Test
    void medianAndNinetiethPercentileAreOfTheRunsOfAllForks() {
        Timed timed = timed(RuntimeName.HARDNET, fork(9, 1, 5, 4, 3), fork(2, 10, 6, 8, 7));
        assertEquals(5, timed.medianMillis());
        assertEquals(9, timed.p90Millis());
    }

    @Test
    void theSpreadComparesForksOfTheSameRound() {
        Timed ours = timed(RuntimeName.HARDNET, fork(2), fork(4));
        Timed peer = timed(RuntimeName.ONNXRUNTIME, fork(6), fork(8));
        assertArrayEquals(new double[] {2, 3}, peer.ratiosTo(ours));
        assertEquals(3, peer.ratioTo(ours));
    }

    @Test
    void thePeakIsThatOfTheLargestFork() {
        Timed timed = new Timed(RuntimeName.OPENCV, List.of(new ForkReply(null, new long[] {1}, 70),
                new ForkReply(null, new long[] {1}, 80)));
        assertEquals(80, timed.peakMebibytes());
    }

    private static Timed timed(RuntimeName runtime, ForkReply... forks) {
        return new Timed(runtime, List.of(forks));
    }

    private static ForkReply fork(long... millis) {
        return new ForkReply(null, Arrays.stream(millis).map(each -> each * 1_000_000).toArray(), 1);
    }
}
