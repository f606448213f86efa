package dev.hardnet.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.Device;
import dev.hardnet.Model;
import dev.hardnet.Precision;
import dev.hardnet.Session;
import dev.hardnet.SessionOptions;
import dev.hardnet.Task;
import dev.hardnet.Tensor;
import dev.hardnet.testing.Difference;
import dev.hardnet.testing.Golden;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The CUDA backend gives what the authors' code gives. In the build it runs over the stand-in libraries of
 * native/standin, which compute on the processor: that proves descriptors, addresses, lifetimes and replay, and nothing
 * about a GPU. With {@code -Dhardnet.standin= -Dhardnet.cuda.kernels=} it runs over the real libraries.
 */
@Tag("cuda")
class CudaGoldenTest {
    private static final double FLOAT32_TOLERANCE = 1e-5;
    private static final double FLOAT16_TOLERANCE = 1e-2;
    private static final long HALF_MACS = 6_000_000_000L;

    static Stream<Golden> goldens() {
        return Golden.all().stream();
    }

    /** Half precision is slow on a processor. */
    static Stream<Golden> smallGoldens() {
        return goldens().filter(golden -> golden.macs() < HALF_MACS);
    }

    static Stream<Golden> segmentations() {
        return goldens().filter(golden -> golden.network().task() == Task.SEGMENTATION);
    }

    @BeforeAll
    static void load() {
        StandinLibraries.load();
    }

    @AfterEach
    void leavesNothing() {
        assertEquals("", StandinLibraries.liveText());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goldens")
    void agreesWithTheAuthorsCode(Golden golden) {
        try (Model model = Model.synthetic(golden.network(), golden.seed());
                Session session = Session.open(model, options(golden, Precision.FLOAT32).build())) {
            Tensor input = golden.inputTensor();
            check(golden, session.run(input), FLOAT32_TOLERANCE);
            check(golden, session.run(input), FLOAT32_TOLERANCE);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("smallGoldens")
    void agreesInHalfPrecisionAsFarAsItHolds(Golden golden) {
        try (Model model = Model.synthetic(golden.network(), golden.seed());
                Session session = Session.open(model, options(golden, Precision.FLOAT16).build())) {
            check(golden, session.run(golden.inputTensor()), FLOAT16_TOLERANCE);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("segmentations")
    void givesTheClassesOfTheAuthorsLogits(Golden golden) {
        try (Model model = Model.synthetic(golden.network(), golden.seed());
                Session session = Session.open(model, options(golden, Precision.FLOAT32).argMax(true).build())) {
            byte[] found = session.run(golden.inputTensor()).get("classes").bytes();
            int pixels = golden.input().h() * golden.input().w();
            Difference.assertSameClasses(Difference.argMax(golden.output("logits"), model.classes(), pixels),
                    IntStream.range(0, found.length).map(i -> Byte.toUnsignedInt(found[i])).toArray());
        }
    }

    private static void check(Golden golden, Map<String, Tensor> outputs, double tolerance) {
        outputs.forEach((name, output) -> Difference.assertWithin(tolerance, golden.output(name),
                golden.part(name, output)));
    }

    private static SessionOptions.Builder options(Golden golden, Precision precision) {
        return SessionOptions.builder().device(Device.cuda(0)).precision(precision).batch(golden.input().n())
                .size(golden.input().h(), golden.input().w());
    }
}
