package dev.hardnet.benchmarks;

/** Prints where the JDK is that runs it. */
final class JavaHome {
    private JavaHome() {
    }

    /**
     * Prints one line.
     *
     * @param arguments none
     */
    static void main(String[] arguments) {
        System.out.println(System.getProperty("java.home"));
    }
}
