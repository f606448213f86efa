package dev.hardnet.backend.cpu;

import dev.hardnet.HarDNetException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The functions of native/include/hardnet.h that every session needs. Touch this class only after
 * {@link NativeLibrary#load()} has succeeded, so that its initialiser cannot fail for want of a library.
 */
final class NativeFunctions {
    static final int ABI_VERSION = 7;
    static final int OK = 0;
    static final long MESSAGE_BYTES = 512;

    private static final MemorySegment ABI = NativeCall.function("hn_abi_version");
    private static final MemorySegment SIZEOF_SEGMENT = NativeCall.function("hn_sizeof_segment");
    private static final MemorySegment SIZEOF_OUTPUT = NativeCall.function("hn_sizeof_output");
    private static final MemorySegment SIZEOF_STEP = NativeCall.function("hn_sizeof_step");
    private static final MemorySegment TIER_SUPPORTED = NativeCall.function("hn_tier_supported");
    private static final MemorySegment BEST_TIER = NativeCall.function("hn_best_tier");
    private static final MemorySegment CHECK_STEP = NativeCall.function("hn_check_step");
    private static final MemorySegment CONVOLUTION_WAY = NativeCall.function("hn_convolution_way");
    private static final MemorySegment PACKED_BYTES = NativeCall.function("hn_packed_bytes");
    private static final MemorySegment PACK_WEIGHTS = NativeCall.function("hn_pack_weights");
    private static final MemorySegment PROGRAM_CREATE = NativeCall.function("hn_program_create");
    private static final MemorySegment PROGRAM_RUN = NativeCall.function("hn_program_run");
    private static final MemorySegment PROGRAM_DESTROY = NativeCall.function("hn_program_destroy");
    private static final MemorySegment WRITE_ROWS = NativeCall.function("hn_write_rows");
    private static final MemorySegment READ_ROWS = NativeCall.function("hn_read_rows");

    private NativeFunctions() {
    }

    static int abiVersion() {
        return (int) NativeCall.call(ABI);
    }

    static int sizeofSegment() {
        return (int) NativeCall.call(SIZEOF_SEGMENT);
    }

    static int sizeofOutput() {
        return (int) NativeCall.call(SIZEOF_OUTPUT);
    }

    static int sizeofStep() {
        return (int) NativeCall.call(SIZEOF_STEP);
    }

    static boolean isSupported(int tier) {
        return (int) NativeCall.call(TIER_SUPPORTED, tier) != 0;
    }

    static int bestTier() {
        return (int) NativeCall.call(BEST_TIER);
    }

    /** Throws when the step is not one the kernels can run; name says which operator it is. */
    static void checkStep(int tier, MemorySegment step, String name) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment message = call.allocate(MESSAGE_BYTES);
            int status = (int) NativeCall.call(CHECK_STEP, tier, step.address(), message.address(), MESSAGE_BYTES, 0);
            if (status != OK) {
                throw new HarDNetException("The cpu backend refuses %s: %s".formatted(name, message.getString(0)));
            }
        }
    }

    /** The ordinal of the way that a valid step's convolution is computed; 0 when it is none. */
    static int convolutionWay(int tier, MemorySegment step) {
        return (int) NativeCall.call(CONVOLUTION_WAY, tier, step.address());
    }

    static long packedBytes(int tier, MemorySegment step) {
        return NativeCall.call(PACKED_BYTES, tier, step.address());
    }

    static void packWeights(int tier, MemorySegment step, MemorySegment weights, MemorySegment bias,
                            MemorySegment packed) {
        int status = (int) NativeCall.call(PACK_WEIGHTS, tier, step.address(), weights.address(), bias.address(),
                packed.address());
        if (status != OK) {
            throw new HarDNetException("Weights could not be packed: native status %d.".formatted(status));
        }
    }

    /** Makes a program of count steps; the caller destroys it. */
    static MemorySegment createProgram(int tier, MemorySegment steps, int count, int threads) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment message = call.allocate(MESSAGE_BYTES);
            MemorySegment program = call.allocate(ValueLayout.JAVA_LONG);
            int status = (int) NativeCall.call(PROGRAM_CREATE, tier, steps.address(), count, threads,
                    program.address(), message.address(), MESSAGE_BYTES);
            if (status != OK) {
                throw new HarDNetException("The cpu backend could not prepare the plan: " + message.getString(0));
            }
            return pointer(program);
        }
    }

    static void runProgram(MemorySegment program) {
        int status = (int) NativeCall.call(PROGRAM_RUN, program.address());
        if (status != OK) {
            throw new HarDNetException("A run on the cpu backend failed: native status %d.".formatted(status));
        }
    }

    static void destroyProgram(MemorySegment program) {
        NativeCall.call(PROGRAM_DESTROY, program.address());
    }

    /** Rows of planes, which may be an array's, to the output of a step; see hn_write_rows. */
    static void writeRows(int tier, MemorySegment step, long first, long end, MemorySegment planes) {
        checkRows(NativeCall.callWithArray(WRITE_ROWS, tier, step.address(), first, end, planes));
    }

    /** Rows that a step gives to planes, which may be an array's; see hn_read_rows. */
    static void readRows(int tier, MemorySegment step, long first, long end, MemorySegment planes) {
        checkRows(NativeCall.callWithArray(READ_ROWS, tier, step.address(), first, end, planes));
    }

    private static void checkRows(long status) {
        if ((int) status != OK) {
            throw new HarDNetException("A tensor could not be moved: native status %d.".formatted((int) status));
        }
    }

    /** The address that a function wrote to memory. */
    static MemorySegment pointer(MemorySegment memory) {
        return MemorySegment.ofAddress(memory.toArray(ValueLayout.JAVA_LONG)[0]);
    }
}
