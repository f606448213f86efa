package dev.hardnet.backend.cuda;

import dev.hardnet.io.Release;

/** The libraries that are looked for: names that the dynamic linker resolves, or paths. */
record CudaLibraries(String driver, String runtime, String cudnn) {
    static final CudaLibraries SYSTEM = new CudaLibraries("libcuda.so.1",
            "libcudart.so." + Release.cudaMajor(), "libcudnn.so.9");
}
