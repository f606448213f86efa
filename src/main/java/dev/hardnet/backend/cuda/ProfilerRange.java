package dev.hardnet.backend.cuda;

/**
 * With {@code -Dhardnet.cuda.profile=true} marks each run for NVIDIA's profilers, which then see nothing else. The
 * presets lack these two functions of the driver.
 */
final class ProfilerRange implements Resources.Resource {
    private static final boolean MARKED = Boolean.getBoolean("hardnet.cuda.profile");
    private static final ProfilerRange RANGE = new ProfilerRange();

    private ProfilerRange() {
    }

    /** Begins a range that ends when it is closed. */
    static ProfilerRange begin() {
        if (MARKED) {
            driver().call("cuProfilerStart");
        }
        return RANGE;
    }

    @Override
    public void close() {
        if (MARKED) {
            driver().status("cuProfilerStop");
        }
    }

    private static CudaLibrary driver() {
        return CudaLibrary.open(CudaLibraries.SYSTEM.driver(), "NVIDIA driver", "install the driver of the GPU");
    }
}
