package dev.hardnet.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What the build wrote into the jar about itself. */
public final class Release {
    private Release() {
    }

    /**
     * The version.
     *
     * @return for example {@code 0.1.0}
     */
    public static String version() {
        return property("version");
    }

    /**
     * The CUDA that the presets in the build are made for.
     *
     * @return the major version, for example 13
     */
    public static int cudaMajor() {
        String version = property("cuda");
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }

    private static String property(String name) {
        Properties properties = new Properties();
        try (InputStream stream = Release.class.getResourceAsStream("/dev/hardnet/version.properties")) {
            properties.load(stream);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return properties.getProperty(name);
    }
}
