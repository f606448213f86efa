package dev.hardnet.backend.cpu;

import java.util.Locale;

/** The operating system and processor, as the folders of native libraries in the jar are named. */
public final class Platform {
    private Platform() {
    }

    /**
     * This machine's name.
     *
     * @return for example {@code linux-x86_64} or {@code linux-arm64}
     */
    public static String name() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).split(" ")[0];
        String processor = switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm64";
            default -> System.getProperty("os.arch");
        };
        return system + "-" + processor;
    }
}
