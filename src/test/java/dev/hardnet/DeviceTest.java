package dev.hardnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.backend.Backend;
import dev.hardnet.backend.cuda.CudaProbe;
import dev.hardnet.backend.reference.ReferenceBackend;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {
    private static final CudaProbe.Result USABLE = new CudaProbe.Usable(
            List.of(new CudaProbe.Device(0, "A GPU", "9.0", 1L << 30)), "13.0", "13.0", "9.12.0");
    private static final Supplier<Backend> NEVER = () -> {
        throw new AssertionError("The backend was opened.");
    };

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "reference", "cuda", "cuda:1", "cuda:12"})
    void aDeviceIsFoundByTheNameItHas(String name) {
        assertEquals(name, Device.byName(name).toString());
        assertEquals(Device.byName(name), Device.byName(name));
        assertEquals(Device.byName(name).hashCode(), Device.byName(name).hashCode());
    }

    @Test
    void gpusDifferByTheirIndex() {
        assertEquals(Device.cuda(0), Device.byName("cuda:0"));
        assertNotEquals(Device.cuda(0), Device.cuda(1));
        assertNotEquals(Device.cuda(0), Device.CPU);
        assertEquals(Device.Kind.CUDA, Device.cuda(1).kind());
        assertEquals(1, Device.cuda(1).index());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu", "cuda:", "cuda:-1", "cuda:x", "CPU", "cuda:1000", ""})
    void aNameThatNoDeviceHasIsRefusedWithAllNames(String name) {
        String message = assertThrows(HarDNetException.class, () -> Device.byName(name)).getMessage();
        assertEquals("There is no device named '%s'; expected one of cpu, reference, cuda, cuda:N, best."
                .formatted(name), message);
    }

    @Test
    void aNegativeGpuIsRefused() {
        assertEquals("There is no GPU -1; expected 0 or more.",
                assertThrows(HarDNetException.class, () -> Device.cuda(-1)).getMessage());
    }

    @Test
    void theBestDeviceIsFoundOnce() {
        assertEquals(Device.best(), Device.byName("best"));
        assertEquals(Device.best(), SessionOptions.defaults().device());
    }

    @Test
    void withoutAGpuTheProcessorIsBestForTheReasonThatTheProbeGives() {
        BestDevice best = BestDevice.choose(new CudaProbe.Unusable("There is no NVIDIA GPU."), NEVER);
        assertEquals(new BestDevice(Device.CPU, "Sessions run on the processor. There is no NVIDIA GPU."), best);
    }

    @Test
    void aGpuThatCannotBeOpenedLeavesTheProcessorForThatReason() {
        BestDevice best = BestDevice.choose(USABLE, () -> {
            throw new HarDNetException("The GPU is busy.");
        });
        assertEquals(new BestDevice(Device.CPU, "Sessions run on the processor. The GPU is busy."), best);
    }

    @Test
    void aGpuThatOpensIsBest() {
        BestDevice best = BestDevice.choose(USABLE, ReferenceBackend::new);
        assertEquals(new BestDevice(Device.cuda(0), "Sessions run on reference."), best);
    }

    @ParameterizedTest
    @CsvSource({"cpu, tf32, float32 or bfloat16, cuda", "cpu, float16, float32 or bfloat16, cuda",
            "reference, tf32, float32, cuda", "reference, float16, float32, cuda", "reference, bfloat16, float32, cpu",
            "cuda:3, bfloat16, float32 or tf32 or float16, cpu"})
    void aPrecisionThatTheDeviceLacksIsRefusedInASentence(String name, String wanted, String known, String able) {
        Device device = Device.byName(name);
        Precision precision = Precision.valueOf(wanted.toUpperCase(Locale.ROOT));
        String expected = "The device %s computes in %s only; %s was asked for, which needs %s."
                .formatted(name, known, wanted, able);
        assertEquals(expected,
                assertThrows(HarDNetException.class, () -> device.backend(precision)).getMessage());
        assertEquals(expected,
                assertThrows(HarDNetException.class, () -> device.planner(precision)).getMessage());
    }

    @ParameterizedTest
    @EnumSource(value = Precision.class, names = "BFLOAT16", mode = EnumSource.Mode.EXCLUDE)
    void aPlanForAGpuNeedsNone(Precision precision) {
        SessionOptions options = SessionOptions.builder().device(Device.cuda(0)).precision(precision).size(64, 64)
                .build();
        assertTrue(Session.plan(Network.HARDNET_39DS, options).slots().isPresent());
    }

    @Test
    void aSessionOnTheProcessorHasNoDeviceTime() {
        try (Model model = Model.synthetic(Network.HARDNET_39DS, 1); Session session = Session.open(model,
                SessionOptions.builder().device(Device.CPU).tune(true).size(64, 64).build())) {
            assertTrue(session.deviceMillis(1).isEmpty());
            assertThrows(HarDNetException.class, () -> session.deviceMillis(0));
        }
    }
}
