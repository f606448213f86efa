package dev.hardnet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.backend.cpu.Tier;
import dev.hardnet.plan.Plan;
import dev.hardnet.testing.Difference;
import dev.hardnet.testing.ForcedProperty;
import dev.hardnet.testing.ForcedTier;
import dev.hardnet.testing.Golden;
import dev.hardnet.testing.NativeMemory;
import dev.hardnet.vision.Classifier;
import dev.hardnet.vision.PictureReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What networks give whose maps and large weights stand in memory as bfloat16, against the authors' code in float32. */
class Bfloat16Test {
    /** Of the norm of an output. Rounding a number once takes up to 0.004 of it; every layer does so again. */
    private static final double TOLERANCE = 0.02;
    /** Depthwise networks round twice as often, and their synthetic weights pass more of it on. */
    private static final double DEPTHWISE_TOLERANCE = 0.05;
    /** The part of a picture's pixels whose class stays: synthetic weights leave classes close to each other. */
    private static final double SAME_CLASSES = 0.98;

    static List<Golden> goldens() {
        return Golden.all();
    }

    static Stream<Golden> segmentations() {
        return goldens().stream().filter(golden -> golden.network().task() == Task.SEGMENTATION);
    }

    static Stream<Arguments> everyKindOnEveryTier() {
        return Stream.of(Network.HARDNET_39DS, Network.HARDNET_68, Network.FCHARDNET_70, Network.CENTERNET_HARDNET_68,
                Network.SSD300_HARDNET_68).map(Golden::of)
                .flatMap(golden -> Tier.supported().stream().map(tier -> Arguments.of(golden, tier)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goldens")
    void outputsAreNearThoseOfTheAuthorsCode(Golden golden) {
        run(golden, 2, false).forEach((name, output) -> assertNear(golden, name, output));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everyKindOnEveryTier")
    void everyTierIsNearAndGivesTheSameFromAnyNumberOfThreads(Golden golden, Tier tier) {
        try (ForcedTier _ = new ForcedTier(tier)) {
            Map<String, Tensor> one = run(golden, 1, false);
            Map<String, Tensor> three = run(golden, 3, false);
            one.forEach((name, output) -> {
                assertNear(golden, name, output);
                assertArrayEquals(output.data(), three.get(name).data(), name);
            });
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("segmentations")
    void nearlyAllPixelsKeepTheirClass(Golden golden) {
        byte[] found = run(golden, 2, true).get("classes").bytes();
        int[] expected = Difference.argMax(golden.output("logits"), golden.network().publishedClasses(),
                golden.input().h() * golden.input().w());
        long same = IntStream.range(0, found.length).filter(i -> Byte.toUnsignedInt(found[i]) == expected[i]).count();
        assertTrue(same >= SAME_CLASSES * found.length, same + " of " + found.length + " classes agree");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"ship.jpg", "car.jpg", "bus.jpg"})
    void trainedWeightsSeeTheSame(String picture) throws IOException {
        assertEquals(label(picture, Precision.FLOAT32), label(picture, Precision.BFLOAT16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hardnet68", "hardnet39ds", "fchardnet70", "centernet_hardnet85", "ssd512_hardnet68"})
    void theArenaIsHalfOfThatOfFloat32(String name) {
        Plan wide = Session.plan(Network.byName(name), options(Precision.FLOAT32).build());
        Plan narrow = Session.plan(Network.byName(name), options(Precision.BFLOAT16).build());
        assertEquals(wide.arenaBytes(), 2 * narrow.arenaBytes());
        assertEquals(wide.lowerBoundBytes(), 2 * narrow.lowerBoundBytes());
        assertEquals(wide.totals().copiedBytes(), 2 * narrow.totals().copiedBytes());
        assertEquals(wide.steps().size(), narrow.steps().size());
    }

    @Test
    void weightsArePackedForEachPrecisionAndTakeHalf() {
        try (ForcedProperty _ = new ForcedProperty("hardnet.cpu.convolution", "direct");
                Model model = Model.synthetic(Network.HARDNET_68, 1)) {
            long before = NativeMemory.foreignBytes();
            try (Session _ = Session.open(model, options(Precision.BFLOAT16).build())) {
                long narrow = NativeMemory.foreignBytes() - before;
                try (Session _ = Session.open(model, options(Precision.FLOAT32).build())) {
                    long wide = NativeMemory.foreignBytes() - before - narrow;
                    assertTrue(narrow < 0.51 * wide, narrow + " bytes beside " + wide);
                }
            }
        }
    }

    @Test
    void theBackendsNameTellsThePrecision() {
        try (Model model = Model.embedded();
                Session session = Session.open(model, options(Precision.BFLOAT16).build())) {
            assertTrue(session.backend().matches("cpu \\w+ bfloat16"), session.backend());
        }
    }

    private static void assertNear(Golden golden, String name, Tensor output) {
        boolean depthwise = golden.network().name().endsWith("ds");
        Difference.assertWithin(depthwise ? DEPTHWISE_TOLERANCE : TOLERANCE, golden.output(name),
                golden.part(name, output));
    }

    private static Map<String, Tensor> run(Golden golden, int threads, boolean argMax) {
        SessionOptions options = options(Precision.BFLOAT16).threads(threads).batch(golden.input().n())
                .size(golden.input().h(), golden.input().w()).argMax(argMax).build();
        try (Model model = Model.synthetic(golden.network(), golden.seed());
                Session session = Session.open(model, options)) {
            return session.run(golden.inputTensor());
        }
    }

    private static String label(String picture, Precision precision) throws IOException {
        try (Model model = Model.embedded();
                Classifier classifier = Classifier.open(model, options(precision).build());
                InputStream file = Bfloat16Test.class.getResourceAsStream("/dev/hardnet/demo/" + picture)) {
            return classifier.classify(new PictureReader().read(file, picture)).best().label();
        }
    }

    private static SessionOptions.Builder options(Precision precision) {
        return SessionOptions.builder().device(Device.CPU).precision(precision);
    }
}
