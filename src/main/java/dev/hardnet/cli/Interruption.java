package dev.hardnet.cli;

import org.jline.utils.Signals;

/**
 * What Ctrl-C does while it is open: the first asks for an end after the work in flight, the second ends the process at
 * once.
 */
final class Interruption implements AutoCloseable {
    /** What shells expect of a program that was ended by SIGINT: 128 and the number of the signal. */
    static final int EXIT_CODE = 130;

    private static final String SIGNAL = "INT";

    private final Runnable stop;
    private final Runnable halt;
    private final Object handlerBefore;
    private volatile boolean happened;

    private Interruption(Runnable stop, Runnable halt) {
        this.stop = stop;
        this.halt = halt;
        this.handlerBefore = Signals.register(SIGNAL, this::signal);
    }

    /** Starts to listen. */
    static Interruption asking(Runnable stop) {
        return asking(stop, () -> Runtime.getRuntime().halt(EXIT_CODE));
    }

    static Interruption asking(Runnable stop, Runnable halt) {
        return new Interruption(stop, halt);
    }

    /** What the signal calls, on a thread of the JVM. */
    void signal() {
        if (happened) {
            halt.run();
        }
        happened = true;
        stop.run();
    }

    boolean happened() {
        return happened;
    }

    @Override
    public void close() {
        Signals.unregister(SIGNAL, handlerBefore);
    }
}
