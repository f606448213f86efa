package dev.hardnet;

import dev.hardnet.backend.Backend;
import dev.hardnet.backend.cuda.CudaBackend;
import dev.hardnet.backend.cuda.CudaProbe;
import java.util.function.Supplier;

/**
 * Finds the fastest device of this machine.
 *
 * @param device the device
 * @param reason why it is that one, in one sentence
 */
record BestDevice(Device device, String reason) {
    /** Initialised at the first call of {@link BestDevice#find()}, once per process. */
    private static final class Found {
        static final Device DEVICE = logged(
                choose(CudaProbe.run(), () -> CudaBackend.open(0, Precision.FLOAT32)));
    }

    static Device find() {
        return Found.DEVICE;
    }

    /** A GPU that is there can still be unusable, for example too old: only opening the backend tells. */
    static BestDevice choose(CudaProbe.Result gpu, Supplier<Backend> opening) {
        return switch (gpu) {
            case CudaProbe.Unusable(String reason) -> processor(reason);
            case CudaProbe.Usable _ -> {
                try {
                    yield new BestDevice(Device.cuda(0), "Sessions run on " + opening.get().name() + ".");
                } catch (HarDNetException refused) {
                    yield processor(refused.getMessage());
                }
            }
        };
    }

    private static BestDevice processor(String reason) {
        return new BestDevice(Device.CPU, "Sessions run on the processor. " + reason);
    }

    private static Device logged(BestDevice best) {
        System.getLogger("dev.hardnet").log(System.Logger.Level.INFO, "{0}", best.reason());
        return best.device();
    }
}
