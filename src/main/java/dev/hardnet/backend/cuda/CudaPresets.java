package dev.hardnet.backend.cuda;

import dev.hardnet.HarDNetException;
import dev.hardnet.io.CacheFolder;
import org.bytedeco.javacpp.Loader;

/** The classes and native parts of JavaCPP's presets, which are optional dependencies. */
final class CudaPresets {
    private static final String JAVACPP_CACHE = "org.bytedeco.javacpp.cachedir";

    private CudaPresets() {
    }

    /**
     * Loads them. Call it only after a probe, because the presets need the driver and cuDNN.
     *
     * @throws HarDNetException when they are missing or do not fit the libraries of this machine
     */
    static void require() {
        if (System.getProperty(JAVACPP_CACHE) == null) {
            System.setProperty(JAVACPP_CACHE, CacheFolder.path().resolve("javacpp").toString());
        }
        try {
            Loader.load(org.bytedeco.cuda.global.cudart.class);
            Loader.load(org.bytedeco.cuda.global.cudnn.class);
        } catch (LinkageError missing) {
            throw new HarDNetException(("JavaCPP's CUDA presets could not be loaded (%s); put org.bytedeco:cuda and "
                    + "org.bytedeco:javacpp with their natives for this platform beside hardnet's jar.")
                    .formatted(missing.getMessage()), missing);
        }
    }
}
