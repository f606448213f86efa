package dev.hardnet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.backend.cpu.Tier;
import dev.hardnet.graph.Shape;
import dev.hardnet.testing.Difference;
import dev.hardnet.testing.ForcedProperty;
import dev.hardnet.testing.ForcedTier;
import dev.hardnet.testing.Golden;
import dev.hardnet.weights.SyntheticWeights;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way of convolution on every tier gives what is expected, whatever the number of threads. */
class ConvolutionWayTest {
    private static final String PROPERTY = "hardnet.cpu.convolution";
    private static final double TOLERANCE = 1e-5;
    private static final List<String> WAYS = List.of("direct", "winograd-2x2", "winograd-4x4");
    /** Two pictures, and sizes that tiles of 4 x 4 do not divide at some depth. */
    private static final List<String> GOLDENS = List.of("hardnet68 2x3x160x192 seed 2",
            "hardnet39ds 2x3x160x192 seed 2", "fchardnet70 1x3x120x200 seed 2");

    static Stream<Arguments> goldensInEveryWay() {
        List<Golden> goldens = Golden.all().stream().filter(golden -> GOLDENS.contains(golden.toString())).toList();
        assertEquals(GOLDENS.size(), goldens.size());
        return goldens.stream().flatMap(golden -> waysOnEveryTier().map(each ->
                Arguments.of(golden, each.get()[0], each.get()[1])));
    }

    static Stream<Arguments> waysOnEveryTier() {
        return Tier.supported().stream().flatMap(tier -> WAYS.stream().map(way -> Arguments.of(tier, way)));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("goldensInEveryWay")
    void agreesWithTheAuthorsCode(Golden golden, Tier tier, String way) {
        try (Model model = Model.synthetic(golden.network(), golden.seed())) {
            Map<String, Tensor> outputs = runForced(model, golden.inputTensor(), tier, way);
            outputs.forEach((name, found) ->
                    Difference.assertWithin(TOLERANCE, golden.output(name), golden.part(name, found)));
        }
    }

    /** No authors' output has an odd size; there the reference backend is the yardstick. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("waysOnEveryTier")
    void agreesWithTheReferenceAtAnOddSize(Tier tier, String way) {
        try (Model model = Model.synthetic(OddCenterNet.NETWORK, 1)) {
            Map<String, Tensor> outputs = runForced(model, OddCenterNet.INPUT, tier, way);
            assertEquals(OddCenterNet.EXPECTED.keySet(), outputs.keySet());
            outputs.forEach((name, found) ->
                    Difference.assertWithin(TOLERANCE, OddCenterNet.EXPECTED.get(name).data(), found.data()));
        }
    }

    @Test
    void anUnknownWayIsRefusedWithThoseThatExist() {
        try (ForcedProperty _ = new ForcedProperty(PROPERTY, "fft");
                Model model = Model.synthetic(Network.byName("hardnet39ds"), 1)) {
            SessionOptions options = SessionOptions.builder().device(Device.CPU).size(64, 64).build();
            HarDNetException refused = assertThrows(HarDNetException.class, () -> Session.open(model, options));
            assertEquals("-Dhardnet.cpu.convolution=fft is not a way of convolution; expected one of chosen, direct, "
                    + "winograd-2x2, winograd-4x4.", refused.getMessage());
        }
    }

    /** The outputs with one thread, which are those with two and three to the last bit. */
    private static Map<String, Tensor> runForced(Model model, Tensor input, Tier tier, String way) {
        try (ForcedTier _ = new ForcedTier(tier); ForcedProperty _ = new ForcedProperty(PROPERTY, way)) {
            Map<String, Tensor> one = run(model, input, 1, way);
            for (int threads = 2; threads <= 3; threads++) {
                Map<String, Tensor> more = run(model, input, threads, way);
                assertEquals(one.keySet(), more.keySet());
                one.forEach((name, tensor) -> assertArrayEquals(tensor.data(), more.get(name).data(), name));
            }
            return one;
        }
    }

    private static Map<String, Tensor> run(Model model, Tensor input, int threads, String way) {
        try (Session session = Session.open(model, options(input, Device.CPU, threads))) {
            int steps = session.plan().steps().size();
            Set<String> ways = new TreeSet<>(IntStream.range(0, steps).mapToObj(session::way).toList());
            ways.remove("");
            assertEquals(hasChoice(session) ? new TreeSet<>(List.of("direct", way)) : Set.of("direct"), ways);
            return session.run(input);
        }
    }

    private static boolean hasChoice(Session session) {
        return session.plan().steps().stream().map(step -> step.operator().kind())
                .anyMatch(kind -> kind.matches("conv 3x3(?! [sd]\\d).*"));
    }

    private static SessionOptions options(Tensor input, Device device, int threads) {
        return SessionOptions.builder().device(device).threads(threads).batch(input.size(0))
                .size(input.size(2), input.size(3)).build();
    }

    /** CenterNet at an odd size, computed by the reference backend once. */
    private static final class OddCenterNet {
        private static final Network NETWORK = Network.byName("centernet_hardnet68");
        private static final Tensor INPUT = SyntheticWeights.inputTensor(new Shape(1, 3, 99, 133), 1);
        private static final Map<String, Tensor> EXPECTED = expected();

        private static Map<String, Tensor> expected() {
            try (Model model = Model.synthetic(NETWORK, 1);
                    Session session = Session.open(model, options(INPUT, Device.REFERENCE, 2))) {
                return session.run(INPUT);
            }
        }
    }
}
