package dev.hardnet.benchmarks.runtime;

import java.nio.FloatBuffer;
import java.util.Map;

/** A network that was opened in one runtime, with its input in place. */
public interface InferenceRuntime extends AutoCloseable {
    /** Runs it once: what is timed. */
    void run();

    /**
     * What the last run computed.
     *
     * @return elements in row-major order by the output's name; nothing for a runtime that computes only parts
     */
    Map<String, FloatBuffer> outputs();

    @Override
    void close();
}
