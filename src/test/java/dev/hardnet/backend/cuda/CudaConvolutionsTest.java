package dev.hardnet.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.Device;
import dev.hardnet.HarDNetException;
import dev.hardnet.Model;
import dev.hardnet.Network;
import dev.hardnet.Precision;
import dev.hardnet.Session;
import dev.hardnet.SessionOptions;
import dev.hardnet.testing.Difference;
import dev.hardnet.testing.Golden;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each way to compute convolutions gives what the authors' code gives; over the stand-in libraries, as
 * {@link CudaGoldenTest} says.
 */
@Tag("cuda")
class CudaConvolutionsTest {
    private static final String PROPERTY = "hardnet.cuda.convolutions";

    @BeforeAll
    static void load() {
        StandinLibraries.load();
    }

    @AfterEach
    void restore() {
        System.clearProperty(PROPERTY);
        assertEquals("", StandinLibraries.liveText());
    }

    /** The stand-in's graphs refuse what does not begin at a multiple of 16 bytes, as maps of 7x7 pixels do not. */
    @ParameterizedTest
    @ValueSource(strings = {"graph,segments", "legacy", "segments"})
    void eachWayIsEnough(String ways) {
        System.setProperty(PROPERTY, ways);
        check(Network.HARDNET_68, Precision.FLOAT32, 1e-5);
        check(Network.HARDNET_39DS, Precision.FLOAT32, 1e-5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"graph", "legacy", "segments"})
    void eachWayIsEnoughInHalfPrecision(String ways) {
        System.setProperty(PROPERTY, ways);
        check(Network.HARDNET_39DS, Precision.FLOAT16, 1e-2);
    }

    /** Sums in more splits than some have products for, too. */
    @ParameterizedTest
    @ValueSource(strings = {"segments 64x64 1", "segments 64x64 5", "segments 32x64 1", "segments 32x64 16",
            "segments 64x128 1", "segments 64x128 2"})
    void eachFormOfTheOwnConvolutionIsEnough(String form) {
        System.setProperty(PROPERTY, form);
        check(Network.HARDNET_68, Precision.FLOAT32, 1e-5);
        check(Network.HARDNET_39DS, Precision.FLOAT16, 1e-2);
    }

    @Test
    void aWayThatDoesNotExistIsRefused() {
        System.setProperty(PROPERTY, "graph,winograd");
        HarDNetException refusal = assertThrows(HarDNetException.class,
                () -> check(Network.HARDNET_39DS, Precision.FLOAT32, 1e-5));
        assertEquals("-Dhardnet.cuda.convolutions=graph,winograd names no ways to compute convolutions; expected some of "
                + "graph,legacy,segments.", refusal.getMessage());
    }

    private static void check(Network network, Precision precision, double tolerance) {
        Golden golden = Golden.of(network);
        SessionOptions options = SessionOptions.builder().device(Device.cuda(0)).precision(precision)
                .batch(golden.input().n()).size(golden.input().h(), golden.input().w()).build();
        try (Model model = Model.synthetic(network, golden.seed()); Session session = Session.open(model, options)) {
            session.run(golden.inputTensor()).forEach((name, output) -> Difference.assertWithin(tolerance,
                    golden.output(name), golden.part(name, output)));
        }
    }
}
