package dev.hardnet.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version, as the build wrote it into the jar. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"hardnet " + text()};
    }

    static String text() {
        Properties properties = new Properties();
        try (InputStream stream = Version.class.getResourceAsStream("/dev/hardnet/version.properties")) {
            properties.load(stream);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return properties.getProperty("version");
    }
}
