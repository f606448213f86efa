package dev.hardnet.backend.cuda;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.hardnet.HarDNetException;
import dev.hardnet.io.Release;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;

/** Asks the driver, the CUDA runtime and cuDNN of this machine whether an NVIDIA GPU can be used. */
public final class CudaProbe {
    private static final int OLDEST_CUDA = 1000 * Release.cudaMajor();
    private static final long OLDEST_CUDNN = 90000;
    private static final int NO_DEVICE = 100;
    private static final int CAPABILITY_MAJOR = 75;
    private static final int CAPABILITY_MINOR = 76;
    private static final int NAME_BYTES = 256;
    private static final String DEVICE_ADVICE = "install a GPU or make one visible to this process";
    private static final String DRIVER_ADVICE = "install the driver of the GPU";
    private static final String RUNTIME_ADVICE = "install the runtime of CUDA " + Release.cudaMajor();
    private static final String CUDNN_ADVICE = "install cuDNN 9 for CUDA " + Release.cudaMajor();

    private CudaProbe() {
    }

    /** What was found. */
    public sealed interface Result {
    }

    /**
     * At least one GPU, and every library new enough.
     *
     * @param devices the GPUs, by index
     * @param driver the newest CUDA version the driver supports, such as 13.0
     * @param runtime the version of the CUDA runtime, such as 13.0
     * @param cudnn the version of cuDNN, such as 9.12.0
     */
    public record Usable(List<Device> devices, String driver, String runtime, String cudnn) implements Result {
        /** Copies the list. */
        public Usable {
            devices = List.copyOf(devices);
        }
    }

    /**
     * Something is missing or too old.
     *
     * @param reason one sentence: what, and what to install
     */
    public record Unusable(String reason) implements Result {
    }

    /**
     * One GPU.
     *
     * @param index the driver's number of it, from 0
     * @param name the model
     * @param computeCapability major and minor, such as 9.0
     * @param memoryBytes its memory in bytes
     */
    public record Device(int index, String name, String computeCapability, long memoryBytes) {
    }

    /**
     * Looks at this machine.
     *
     * @return the GPUs and versions, or what prevents their use
     */
    public static Result run() {
        return run(CudaLibraries.SYSTEM);
    }

    static Result run(CudaLibraries libraries) {
        try {
            CudaLibrary driver = CudaLibrary.open(libraries.driver(), "NVIDIA driver", DRIVER_ADVICE);
            start(driver);
            String supported = driverVersion(driver);
            List<Device> devices = devices(driver);
            return new Usable(devices, supported, runtimeVersion(libraries.runtime()), cudnnVersion(libraries.cudnn()));
        } catch (HarDNetException obstacle) {
            return new Unusable(obstacle.getMessage());
        }
    }

    /** A driver whose machine has no GPU fails to start, with a code of its own. */
    private static void start(CudaLibrary driver) {
        int status = driver.status("cuInit", 0);
        if (status == NO_DEVICE) {
            throw new HarDNetException("There is no NVIDIA GPU: cuInit failed with code %d; %s."
                    .formatted(status, DEVICE_ADVICE));
        }
        if (status != 0) {
            throw driver.failed("cuInit", status);
        }
    }

    private static String driverVersion(CudaLibrary driver) {
        int version = driver.readInt("cuDriverGetVersion");
        if (version < OLDEST_CUDA) {
            throw new HarDNetException(("The NVIDIA driver is too old: it supports CUDA %s, and CUDA %s is needed; "
                    + "install a newer one.").formatted(cuda(version), cuda(OLDEST_CUDA)));
        }
        return cuda(version);
    }

    private static String runtimeVersion(String library) {
        int version = CudaLibrary.open(library, "CUDA runtime", RUNTIME_ADVICE).readInt("cudaRuntimeGetVersion");
        if (version < OLDEST_CUDA) {
            throw new HarDNetException("The CUDA runtime is too old: %s is version %s, and %s is needed; %s."
                    .formatted(library, cuda(version), cuda(OLDEST_CUDA), RUNTIME_ADVICE));
        }
        return cuda(version);
    }

    private static String cudnnVersion(String library) {
        long version = CudaLibrary.open(library, "cuDNN", CUDNN_ADVICE).returnedLong("cudnnGetVersion");
        if (version < OLDEST_CUDNN) {
            throw new HarDNetException("cuDNN is too old: cudnnGetVersion of %s says %d, and %d is needed; %s."
                    .formatted(library, version, OLDEST_CUDNN, CUDNN_ADVICE));
        }
        return "%d.%d.%d".formatted(version / 10000, version / 100 % 100, version % 100);
    }

    private static List<Device> devices(CudaLibrary driver) {
        int count = driver.readInt("cuDeviceGetCount");
        if (count == 0) {
            throw new HarDNetException("There is no NVIDIA GPU: the driver is installed and finds none; %s."
                    .formatted(DEVICE_ADVICE));
        }
        return IntStream.range(0, count).mapToObj(index -> device(driver, index)).toList();
    }

    private static Device device(CudaLibrary driver, int index) {
        int handle = driver.readInt("cuDeviceGet", index);
        int major = driver.readInt("cuDeviceGetAttribute", CAPABILITY_MAJOR, handle);
        int minor = driver.readInt("cuDeviceGetAttribute", CAPABILITY_MINOR, handle);
        return new Device(index, name(driver, handle), major + "." + minor,
                driver.readLong("cuDeviceTotalMem_v2", handle));
    }

    private static String name(CudaLibrary driver, int handle) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment text = call.allocate(JAVA_BYTE, NAME_BYTES);
            driver.call("cuDeviceGetName", text, NAME_BYTES, handle);
            return text.getString(0);
        }
    }

    private static String cuda(int version) {
        return version / 1000 + "." + version % 1000 / 10;
    }
}
