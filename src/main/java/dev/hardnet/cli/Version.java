package dev.hardnet.cli;

import dev.hardnet.io.Release;
import picocli.CommandLine.IVersionProvider;

/** The version, as the build wrote it into the jar. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"hardnet " + text()};
    }

    static String text() {
        return Release.version();
    }
}
