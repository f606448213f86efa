package dev.hardnet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.backend.cpu.Tier;
import dev.hardnet.testing.Difference;
import dev.hardnet.testing.ForcedTier;
import dev.hardnet.testing.Golden;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every backend, tier and thread count gives what the authors' code gives. */
class GoldenTest {
    private static final double TOLERANCE = 1e-5;

    static List<Golden> goldens() {
        return Golden.all();
    }

    static Stream<Arguments> goldensOnEveryTier() {
        return Golden.all().stream().flatMap(golden -> Tier.supported().stream().map(tier -> Arguments.of(golden, tier)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goldens")
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

    private static void check(Golden golden, Device device, int threads) {
        SessionOptions options = SessionOptions.builder().device(device).threads(threads).batch(golden.input().n())
                .size(golden.input().h(), golden.input().w()).build();
        try (Model model = Model.synthetic(golden.network(), golden.seed());
                Session session = Session.open(model, options)) {
            session.run(golden.inputTensor()).forEach((name, output) -> compare(golden, name, output));
        }
    }

    private static void compare(Golden golden, String name, Tensor output) {
        float[] expected = golden.output(name);
        Difference.assertWithin(TOLERANCE, expected, output.data());
        for (int row = 0; row < output.size(0); row++) {
            assertEquals(Difference.argMax(expected, row, output.size(1)),
                    Difference.argMax(output.data(), row, output.size(1)), "top-1 of picture " + row);
        }
    }
}
