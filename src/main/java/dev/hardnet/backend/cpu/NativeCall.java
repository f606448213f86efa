package dev.hardnet.backend.cpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The forms in which functions of the native library are called: seven numbers of 64 bits in, one out; and one that
 * takes an array. Parameters and results of all functions but one are whole numbers and addresses, for which the
 * calling conventions of x86-64 and 64-bit Arm take the same registers in the same order whatever their width, so a
 * function reads those it has and leaves the others. The Java platform makes a dozen classes for each further form, in
 * 0.3 MB of heap.
 */
final class NativeCall {
    private static final MethodHandle CALL = form();
    private static final MethodHandle CALL_WITH_ARRAY = formWithArray();

    private NativeCall() {
    }

    @SuppressWarnings("restricted")
    private static MethodHandle form() {
        return Linker.nativeLinker().downcallHandle(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    }

    /** Holds an array where it is while the function runs. */
    @SuppressWarnings("restricted")
    private static MethodHandle formWithArray() {
        return Linker.nativeLinker().downcallHandle(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                JAVA_LONG, ADDRESS), Linker.Option.critical(true));
    }

    /** A function of the library. */
    static MemorySegment function(String name) {
        return NativeLibrary.load().symbols().findOrThrow(name);
    }

    /**
     * Calls a function. Memory whose address it is given must stay open and reachable until it returns.
     *
     * @return its result; of a function whose result has 32 bits, only the lower half means anything
     */
    static long call(MemorySegment function, long a, long b, long c, long d, long e, long f, long g) {
        try {
            return (long) CALL.invokeExact(function, a, b, c, d, e, f, g);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static long call(MemorySegment function) {
        return call(function, 0, 0, 0, 0, 0, 0, 0);
    }

    static long call(MemorySegment function, long a) {
        return call(function, a, 0, 0, 0, 0, 0, 0);
    }

    static long call(MemorySegment function, long a, long b) {
        return call(function, a, b, 0, 0, 0, 0, 0);
    }

    static long call(MemorySegment function, long a, long b, long c, long d, long e) {
        return call(function, a, b, c, d, e, 0, 0);
    }

    /**
     * Calls a function that is over soon and never waits, as the garbage collector waits for it.
     *
     * @return its result, as {@link #call}
     */
    static long callWithArray(MemorySegment function, long a, long b, long c, long d, MemorySegment array) {
        try {
            return (long) CALL_WITH_ARRAY.invokeExact(function, a, b, c, d, array);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** A downcall throws nothing of its own. */
    static RuntimeException unexpected(Throwable failure) {
        return switch (failure) {
            case RuntimeException exception -> exception;
            case Error error -> throw error;
            default -> new IllegalStateException(failure);
        };
    }
}
