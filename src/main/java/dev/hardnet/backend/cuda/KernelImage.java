package dev.hardnet.backend.cuda;

import dev.hardnet.HarDNetException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The compiled kernels of native/cuda: a resource of the jar, or the file of {@code -Dhardnet.cuda.kernels}. */
final class KernelImage {
    private static final String RESOURCE = "/dev/hardnet/native/cuda/hardnet.fatbin";

    private KernelImage() {
    }

    static byte[] read() {
        String file = System.getProperty("hardnet.cuda.kernels", "");
        try {
            return file.isEmpty() ? resource() : Files.readAllBytes(Path.of(file));
        } catch (IOException failure) {
            throw new HarDNetException("The CUDA kernels could not be read: " + failure, failure);
        }
    }

    private static byte[] resource() throws IOException {
        try (InputStream in = KernelImage.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new HarDNetException("This build of HarDNet has no CUDA kernels; "
                        + "build it on a machine with nvcc, or name a file with -Dhardnet.cuda.kernels=FILE.");
            }
            return in.readAllBytes();
        }
    }
}
