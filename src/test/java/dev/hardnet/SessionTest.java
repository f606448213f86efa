package dev.hardnet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.backend.cpu.Tier;
import dev.hardnet.graph.Shape;
import dev.hardnet.testing.Difference;
import dev.hardnet.testing.ForcedTier;
import dev.hardnet.weights.SyntheticWeights;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SessionTest {
    /** SSD's extra maps leave nothing of inputs as small as those here; GoldenTest runs it, YardsticksTest the rest. */
    static Stream<Network> networks() {
        return Stream.of(Network.HARDNET_39DS, Network.HARDNET_68DS, Network.HARDNET_68, Network.HARDNET_85,
                Network.FCHARDNET_70, Network.CENTERNET_HARDNET_68, Network.CENTERNET_HARDNET_85);
    }

    static Stream<Arguments> networksOnEveryTier() {
        return networks().flatMap(network -> Tier.supported().stream().map(tier -> Arguments.of(network, tier)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void oddSizesAndBatchesAgreeWithTheReferenceOnEveryTier(Network network) {
        SessionOptions.Builder options = SessionOptions.builder().batch(3).size(61, 83).threads(2);
        try (Model model = Model.synthetic(network, 77);
                Session reference = Session.open(model, options.device(Device.REFERENCE).build())) {
            Tensor input = input(reference.inputShape(), 78);
            Map<String, Tensor> expected = reference.run(input);
            for (Tier tier : Tier.supported()) {
                try (ForcedTier _ = new ForcedTier(tier);
                        Session cpu = Session.open(model, options.device(Device.CPU).build())) {
                    cpu.run(input).forEach((name, output) ->
                            Difference.assertWithin(1e-5, expected.get(name).data(), output.data()));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("networksOnEveryTier")
    void resultsAreTheSameBitForBitFromRunToRunAndForAnyThreadCount(Network network, Tier tier) {
        try (Model model = Model.synthetic(network, 5); ForcedTier _ = new ForcedTier(tier)) {
            List<Tensor> expected = null;
            for (int threads : new int[] {1, 2, 3, 8}) {
                try (Session session = open(model, 64, threads)) {
                    Tensor input = input(session.inputShape(), 6);
                    expected = expected == null ? outputs(session, input) : expected;
                    assertSame(expected, outputs(session, input));
                    assertSame(expected, outputs(session, input));
                }
            }
        }
    }

    @Test
    void aBatchGivesWhatItsPicturesGiveOneByOne() {
        try (Model model = Model.synthetic(Network.HARDNET_68, 3);
                Session batch = Session.open(model, SessionOptions.builder().size(96, 64).batch(2).build());
                Session single = Session.open(model, SessionOptions.builder().size(96, 64).build())) {
            float[] both = input(batch.inputShape(), 1).data();
            float[] expected = logits(batch, Tensor.of(both, 2, 3, 96, 64));
            for (int n = 0; n < 2; n++) {
                float[] one = Arrays.copyOfRange(both, n * both.length / 2, (n + 1) * both.length / 2);
                assertArrayEquals(Arrays.copyOfRange(expected, n * 1000, (n + 1) * 1000),
                        logits(single, Tensor.of(one, 1, 3, 96, 64)));
            }
        }
    }

    @Test
    void runAllocatesNothingOnceItIsWarm() {
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Model model = Model.embedded(); Session session = Session.open(model)) {
            Tensor input = input(session.inputShape(), 1);
            List<Tensor> outputs = session.newOutputs();
            // The first calls of a method handle allocate until it is compiled.
            for (int run = 0; run < 1000; run++) {
                session.run(input, outputs);
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            long cost = threads.getCurrentThreadAllocatedBytes() - before;
            // A method that the compiler replaces during a round may allocate once; a run that allocates does in each.
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 10; round++) {
                before = threads.getCurrentThreadAllocatedBytes();
                for (int run = 0; run < 100; run++) {
                    session.run(input, outputs);
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertEquals(cost, least);
        }
    }

    @Test
    void eightThreadsSharingAModelAgreeWithOne() throws Exception {
        try (Model model = Model.synthetic(Network.HARDNET_39DS, 9);
                ExecutorService pool = Executors.newFixedThreadPool(8)) {
            float[] expected = openAndRun(model);
            List<Callable<float[]>> runs = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                runs.add(() -> openAndRun(model));
            }
            for (Future<float[]> result : pool.invokeAll(runs)) {
                assertArrayEquals(expected, result.get());
            }
        }
    }

    @Test
    void threadsSharingASessionTakeTurns() throws Exception {
        try (Model model = Model.synthetic(Network.HARDNET_39DS, 9); Session session = open(model, 64, 2);
                ExecutorService pool = Executors.newFixedThreadPool(8)) {
            List<Callable<float[]>> runs = new ArrayList<>();
            List<float[]> expected = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                Tensor input = input(session.inputShape(), i);
                expected.add(logits(session, input));
                runs.add(() -> logits(session, input));
            }
            List<Future<float[]>> results = pool.invokeAll(runs);
            for (int i = 0; i < results.size(); i++) {
                assertArrayEquals(expected.get(i), results.get(i).get());
            }
        }
    }

    @Test
    void closingWaitsForTheRunInFlightAndLaterRunsAreRefused() throws Exception {
        for (int attempt = 0; attempt < 20; attempt++) {
            try (Model model = Model.embedded(); ExecutorService pool = Executors.newSingleThreadExecutor()) {
                Session session = open(model, 64, 2);
                Tensor input = input(session.inputShape(), 1);
                float[] expected = logits(session, input);
                CountDownLatch started = new CountDownLatch(1);
                Future<Integer> runs = pool.submit(() -> runUntilClosed(session, input, expected, started));
                started.await();
                session.close();
                assertTrue(runs.get() >= 1);
                assertEquals("The session is closed.",
                        assertThrows(IllegalStateException.class, () -> session.run(input)).getMessage());
            }
        }
    }

    private static int runUntilClosed(Session session, Tensor input, float[] expected, CountDownLatch started) {
        int runs = 0;
        while (true) {
            try {
                assertArrayEquals(expected, logits(session, input));
                runs++;
                started.countDown();
            } catch (IllegalStateException closed) {
                return runs;
            }
        }
    }

    @Test
    void closingTwiceDoesNothing() {
        Model model = Model.embedded();
        Session session = Session.open(model);
        session.close();
        session.close();
        model.close();
        model.close();
        assertThrows(IllegalStateException.class, () -> Session.open(model));
    }

    @Test
    void aSessionOutlivesItsModel() {
        Model model = Model.embedded();
        try (Session session = open(model, 64, 1)) {
            Tensor input = input(session.inputShape(), 1);
            float[] before = logits(session, input);
            model.close();
            assertArrayEquals(before, logits(session, input));
        }
    }

    @Test
    void refusesTensorsOfOtherSizes() {
        try (Model model = Model.embedded(); Session session = Session.open(model)) {
            assertEquals("The input is a tensor 1x3x64x65; this session was opened for 1x3x64x64.",
                    refusal(() -> session.run(Tensor.zeros(1, 3, 64, 65))));
            Tensor input = Tensor.zeros(1, 3, 64, 64);
            assertEquals("0 output tensors were given; this network has 1 (logits).",
                    refusal(() -> session.run(input, List.of())));
            assertEquals("Output logits is a tensor 1x1000; expected the sizes that newOutputs() gives it.",
                    refusal(() -> session.run(input, List.of(Tensor.zeros(1, 1000)))));
        }
    }

    @Test
    void refusesOptionsOutOfRange() {
        assertEquals("A session cannot run on 0 threads; expected 1 to 1024.",
                refusal(() -> SessionOptions.builder().threads(0).build()));
        assertEquals("A session cannot take batches of 0 pictures of 0x0 pixels; every size must be at least 1.",
                refusal(() -> SessionOptions.builder().batch(0).build()));
        assertEquals("A session cannot take batches of 1 pictures of -1x5 pixels; every size must be at least 1.",
                refusal(() -> SessionOptions.builder().size(-1, 5).build()));
    }

    @Test
    void anUnusableTierIsRefusedInStrictMode() {
        Tier foreign = Tier.supported().contains(Tier.NEON) ? Tier.AVX2 : Tier.NEON;
        try (Model model = Model.embedded(); ForcedTier _ = new ForcedTier(foreign)) {
            assertTrue(refusal(() -> Session.open(model))
                    .startsWith("This processor cannot run the tier " + foreign + "; it can run portable"));
        }
    }

    private static String refusal(org.junit.jupiter.api.function.Executable action) {
        return assertThrows(HarDNetException.class, action).getMessage();
    }

    private static Session open(Model model, int size, int threads) {
        return Session.open(model, SessionOptions.builder().size(size, size).threads(threads).build());
    }

    private static float[] openAndRun(Model model) {
        try (Session session = open(model, 96, 1)) {
            return logits(session, input(session.inputShape(), 4));
        }
    }

    private static Tensor input(Shape shape, long seed) {
        return SyntheticWeights.inputTensor(shape, seed);
    }

    private static List<Tensor> outputs(Session session, Tensor input) {
        List<Tensor> outputs = session.newOutputs();
        session.run(input, outputs);
        return outputs;
    }

    private static void assertSame(List<Tensor> expected, List<Tensor> found) {
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i).data(), found.get(i).data());
        }
    }

    private static float[] logits(Session session, Tensor input) {
        return session.run(input).get("logits").data();
    }
}
