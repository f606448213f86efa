package dev.hardnet;

import dev.hardnet.backend.cpu.Tier;
import dev.hardnet.testing.Difference;
import dev.hardnet.testing.ForcedTier;
import dev.hardnet.testing.Golden;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every backend, tier and thread count gives what the authors' code gives. */
class GoldenTest {
    private static final double TOLERANCE = 1e-5;
    /** Outputs of one value per class; the others hold boxes. */
    private static final Set<String> SCORES = Set.of("logits", "hm", "conf");

    /** All but those that would take the reference backend minutes: the larger SSD networks. */
    static Stream<Golden> goldensForTheReference() {
        return Golden.all().stream().filter(golden -> golden.macs() < 15_000_000_000L);
    }

    static Stream<Golden> segmentations() {
        return Golden.all().stream().filter(golden -> golden.network().task() == Task.SEGMENTATION);
    }

    static Stream<Arguments> goldensOnEveryTier() {
        return onEveryTier(Golden.all().stream());
    }

    static Stream<Arguments> segmentationsOnEveryTier() {
        return onEveryTier(segmentations());
    }

    private static Stream<Arguments> onEveryTier(Stream<Golden> goldens) {
        return goldens.flatMap(golden -> Tier.supported().stream().map(tier -> Arguments.of(golden, tier)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goldensForTheReference")
    void referenceAgreesWithTheAuthorsCode(Golden golden) {
        check(golden, Device.REFERENCE, 1);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("goldensOnEveryTier")
    void cpuAgreesWithTheAuthorsCode(Golden golden, Tier tier) {
        try (ForcedTier _ = new ForcedTier(tier)) {
            check(golden, Device.CPU, 1);
            check(golden, Device.CPU, 2);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("segmentations")
    void referenceGivesTheClassesOfTheAuthorsLogits(Golden golden) {
        checkClasses(golden, Device.REFERENCE, 1);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("segmentationsOnEveryTier")
    void cpuGivesTheClassesOfTheAuthorsLogits(Golden golden, Tier tier) {
        try (ForcedTier _ = new ForcedTier(tier)) {
            checkClasses(golden, Device.CPU, 2);
        }
    }

    private static void check(Golden golden, Device device, int threads) {
        try (Model model = Model.synthetic(golden.network(), golden.seed());
                Session session = Session.open(model, options(golden, device, threads).build())) {
            session.run(golden.inputTensor()).forEach((name, output) -> compare(golden, name, output));
        }
    }

    private static void compare(Golden golden, String name, Tensor output) {
        float[] expected = golden.output(name);
        float[] found = golden.part(name, output);
        Difference.assertWithin(TOLERANCE, expected, found);
        if (SCORES.contains(name)) {
            Difference.assertSameClasses(classes(expected, output), classes(found, output));
        }
    }

    /** Scores are N x C, N x C x H x W, or N x priors x C. */
    private static int[] classes(float[] scores, Tensor output) {
        return switch (output.rank()) {
            case 2 -> Difference.argMax(scores, output.size(1), 1);
            case 3 -> Difference.argMax(scores, output.size(2), 1);
            default -> Difference.argMax(scores, output.size(1), output.size(2) * output.size(3));
        };
    }

    private static void checkClasses(Golden golden, Device device, int threads) {
        try (Model model = Model.synthetic(golden.network(), golden.seed());
                Session session = Session.open(model, options(golden, device, threads).argMax(true).build())) {
            byte[] found = session.run(golden.inputTensor()).get("classes").bytes();
            int pixels = golden.input().h() * golden.input().w();
            Difference.assertSameClasses(Difference.argMax(golden.output("logits"), model.classes(), pixels),
                    IntStream.range(0, found.length).map(i -> Byte.toUnsignedInt(found[i])).toArray());
        }
    }

    private static SessionOptions.Builder options(Golden golden, Device device, int threads) {
        return SessionOptions.builder().device(device).threads(threads).batch(golden.input().n())
                .size(golden.input().h(), golden.input().w());
    }
}
