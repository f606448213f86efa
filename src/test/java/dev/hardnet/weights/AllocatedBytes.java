package dev.hardnet.weights;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what the current thread has allocated. */
final class AllocatedBytes {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long current() {
        return threads.getCurrentThreadAllocatedBytes();
    }
}
