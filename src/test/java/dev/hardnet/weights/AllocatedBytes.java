package dev.hardnet.weights;

import java.lang.reflect.Method;

/**
 * Counts what the current thread has allocated. Tests are compiled against the module, which does not read
 * jdk.management, so the JVM's counter is reached by name.
 */
final class AllocatedBytes {
    private final Object bean;
    private final Method counter;

    AllocatedBytes() throws ReflectiveOperationException {
        bean = Class.forName("java.lang.management.ManagementFactory").getMethod("getThreadMXBean").invoke(null);
        counter = Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
    }

    long current() {
        try {
            return (long) counter.invoke(bean);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
