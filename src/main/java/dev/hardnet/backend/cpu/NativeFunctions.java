package dev.hardnet.backend.cpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.hardnet.HarDNetException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The functions of native/include/hardnet.h that every session needs, each declared once. The others have classes of
 * their own, as a handle takes memory from its declaration on. Touch this class only after
 * {@link NativeLibrary#load()} has succeeded, so that its initialiser cannot fail for want of a library.
 */
final class NativeFunctions {
    static final int ABI_VERSION = 7;
    static final int OK = 0;
    static final long MESSAGE_BYTES = 512;

    private static final MethodHandle ABI = function("hn_abi_version", JAVA_INT);
    private static final MethodHandle SIZEOF_SEGMENT = function("hn_sizeof_segment", JAVA_INT);
    private static final MethodHandle SIZEOF_OUTPUT = function("hn_sizeof_output", JAVA_INT);
    private static final MethodHandle SIZEOF_STEP = function("hn_sizeof_step", JAVA_INT);
    private static final MethodHandle TIER_SUPPORTED = function("hn_tier_supported", JAVA_INT, JAVA_INT);
    private static final MethodHandle BEST_TIER = function("hn_best_tier", JAVA_INT);
    private static final MethodHandle CHECK_STEP =
            function("hn_check_step", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle CONVOLUTION_WAY = function("hn_convolution_way", JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle PACKED_BYTES = function("hn_packed_bytes", JAVA_LONG, JAVA_INT, ADDRESS);
    private static final MethodHandle PACK_WEIGHTS =
            function("hn_pack_weights", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle PROGRAM_CREATE = function("hn_program_create", JAVA_INT, JAVA_INT, ADDRESS,
            JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle PROGRAM_RUN = function("hn_program_run", JAVA_INT, ADDRESS);
    private static final MethodHandle PROGRAM_DESTROY = procedure("hn_program_destroy", ADDRESS);
    private static final MethodHandle WRITE_ROWS = withArrays("hn_write_rows", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG,
            ADDRESS);
    private static final MethodHandle READ_ROWS = withArrays("hn_read_rows", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG,
            ADDRESS);

    private NativeFunctions() {
    }

    static int abiVersion() {
        try {
            return (int) ABI.invokeExact();
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static int sizeofSegment() {
        try {
            return (int) SIZEOF_SEGMENT.invokeExact();
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static int sizeofOutput() {
        try {
            return (int) SIZEOF_OUTPUT.invokeExact();
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static int sizeofStep() {
        try {
            return (int) SIZEOF_STEP.invokeExact();
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static boolean isSupported(int tier) {
        try {
            return (int) TIER_SUPPORTED.invokeExact(tier) != 0;
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static int bestTier() {
        try {
            return (int) BEST_TIER.invokeExact();
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** Throws when the step is not one the kernels can run; name says which operator it is. */
    static void checkStep(int tier, MemorySegment step, String name) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment message = call.allocate(MESSAGE_BYTES);
            int status = (int) CHECK_STEP.invokeExact(tier, step, message, MESSAGE_BYTES);
            if (status != OK) {
                throw new HarDNetException("The cpu backend refuses %s: %s".formatted(name, message.getString(0)));
            }
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** The ordinal of the way that a valid step's convolution is computed; 0 when it is none. */
    static int convolutionWay(int tier, MemorySegment step) {
        try {
            return (int) CONVOLUTION_WAY.invokeExact(tier, step);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static long packedBytes(int tier, MemorySegment step) {
        try {
            return (long) PACKED_BYTES.invokeExact(tier, step);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static void packWeights(int tier, MemorySegment step, MemorySegment weights, MemorySegment bias,
                            MemorySegment packed) {
        try {
            int status = (int) PACK_WEIGHTS.invokeExact(tier, step, weights, bias, packed);
            if (status != OK) {
                throw new HarDNetException("Weights could not be packed: native status %d.".formatted(status));
            }
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** Makes a program of count steps; the caller destroys it. */
    static MemorySegment createProgram(int tier, MemorySegment steps, int count, int threads) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment message = call.allocate(MESSAGE_BYTES);
            MemorySegment program = call.allocate(ADDRESS);
            int status = (int) PROGRAM_CREATE.invokeExact(tier, steps, count, threads, program, message, MESSAGE_BYTES);
            if (status != OK) {
                throw new HarDNetException("The cpu backend could not prepare the plan: " + message.getString(0));
            }
            return program.get(ADDRESS, 0);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static void runProgram(MemorySegment program) {
        try {
            int status = (int) PROGRAM_RUN.invokeExact(program);
            if (status != OK) {
                throw new HarDNetException("A run on the cpu backend failed: native status %d.".formatted(status));
            }
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static void destroyProgram(MemorySegment program) {
        try {
            PROGRAM_DESTROY.invokeExact(program);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** Rows of planes, which may be an array's, to the output of a step; see hn_write_rows. */
    static void writeRows(int tier, MemorySegment step, long first, long end, MemorySegment planes) {
        try {
            checkRows((int) WRITE_ROWS.invokeExact(tier, step, first, end, planes));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    /** Rows that a step gives to planes, which may be an array's; see hn_read_rows. */
    static void readRows(int tier, MemorySegment step, long first, long end, MemorySegment planes) {
        try {
            checkRows((int) READ_ROWS.invokeExact(tier, step, first, end, planes));
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    private static void checkRows(int status) {
        if (status != OK) {
            throw new HarDNetException("A tensor could not be moved: native status %d.".formatted(status));
        }
    }

    static MethodHandle function(String name, ValueLayout result, MemoryLayout... parameters) {
        return handle(name, FunctionDescriptor.of(result, parameters));
    }

    static MethodHandle procedure(String name, MemoryLayout... parameters) {
        return handle(name, FunctionDescriptor.ofVoid(parameters));
    }

    /** A function that is over soon and never waits, so that arrays can be held where they are while it runs. */
    private static MethodHandle withArrays(String name, MemoryLayout... parameters) {
        return handle(name, FunctionDescriptor.of(JAVA_INT, parameters), Linker.Option.critical(true));
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        return Linker.nativeLinker().downcallHandle(NativeLibrary.load().symbols().findOrThrow(name), descriptor,
                options);
    }

    /** Passes on what this class threw itself; a downcall throws nothing of its own. */
    static RuntimeException unexpected(Throwable failure) {
        return switch (failure) {
            case RuntimeException exception -> exception;
            case Error error -> throw error;
            default -> new IllegalStateException(failure);
        };
    }
}
