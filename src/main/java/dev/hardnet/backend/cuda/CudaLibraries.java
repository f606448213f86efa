package dev.hardnet.backend.cuda;

/** The libraries that are looked for: names that the dynamic linker resolves, or paths. */
record CudaLibraries(String driver, String runtime, String cudnn) {
    static final CudaLibraries SYSTEM = new CudaLibraries("libcuda.so.1", "libcudart.so.13", "libcudnn.so.9");
}
