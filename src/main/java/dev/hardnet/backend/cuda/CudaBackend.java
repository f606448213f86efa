package dev.hardnet.backend.cuda;

import dev.hardnet.HarDNetException;
import dev.hardnet.Precision;
import dev.hardnet.backend.Backend;

/** NVIDIA GPUs. Nothing runs on them yet. */
public final class CudaBackend {
    private CudaBackend() {
    }

    /**
     * Opens the backend.
     *
     * @param index     the driver's number of the GPU, 0 for the first
     * @param precision what to compute with
     * @return the backend
     * @throws HarDNetException when the GPU or a library is missing, saying what to install
     */
    public static Backend open(int index, Precision precision) {
        throw new HarDNetException(switch (CudaProbe.run()) {
            case CudaProbe.Unusable(String reason) -> reason;
            case CudaProbe.Usable _ -> "GPU %d was found, and nothing runs on GPUs in %s yet; expected the device cpu."
                    .formatted(index, precision);
        });
    }
}
