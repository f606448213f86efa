package dev.hardnet.backend.cuda;

import dev.hardnet.HarDNetException;
import dev.hardnet.io.CacheFolder;
import org.bytedeco.javacpp.Loader;

/** The classes and native parts of JavaCPP's presets, which are optional dependencies. */
final class CudaPresets {
    private CudaPresets() {
    }

    /**
     * Loads them. Call it only after a probe, because the presets need the driver and cuDNN.
     *
     * @throws HarDNetException when they are missing or do not fit the libraries of this machine
     */
    static void require() {
        setDefault("cachedir", CacheFolder.path().resolve("javacpp").toString());
        // It would otherwise count the GPU's mappings as this process's memory and refuse more.
        setDefault("maxPhysicalBytes", "0");
        try {
            Loader.load(org.bytedeco.cuda.global.cudart.class);
            Loader.load(org.bytedeco.cuda.global.cudnn.class);
        } catch (LinkageError missing) {
            throw new HarDNetException(("JavaCPP's CUDA presets could not be loaded (%s); put org.bytedeco:cuda and "
                    + "org.bytedeco:javacpp with their natives for this platform beside hardnet's jar.")
                    .formatted(missing.getMessage()), missing);
        }
    }

    private static void setDefault(String name, String value) {
        String property = "org.bytedeco.javacpp." + name;
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
