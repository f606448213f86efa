package dev.hardnet.backend.cpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.hardnet.HarDNetException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The functions of native/include/hardnet.h that measure and describe the processor; see {@link NativeFunctions}. */
final class MeasurementFunctions {
    private static final MemorySegment PROCESSOR = NativeCall.function("hn_processor");
    private static final MemorySegment MULTIPLY_ADDS = NativeCall.function("hn_multiply_adds");
    private static final MemorySegment PROGRAM_PROFILE = NativeCall.function("hn_program_profile");
    private static final MethodHandle SUM = sumHandle();

    private MeasurementFunctions() {
    }

    /** The one function whose result is a float, which comes back in another kind of register. */
    @SuppressWarnings("restricted")
    private static MethodHandle sumHandle() {
        return Linker.nativeLinker().downcallHandle(NativeCall.function("hn_sum"),
                FunctionDescriptor.of(JAVA_FLOAT, JAVA_INT, ADDRESS, JAVA_LONG));
    }

    static String processor() {
        return text(MemorySegment.ofAddress(NativeCall.call(PROCESSOR)));
    }

    /** Computes in registers; returns the number of multiply-adds. */
    static long multiplyAdds(int tier, long rounds) {
        return NativeCall.call(MULTIPLY_ADDS, tier, rounds);
    }

    /** Reads all floats of a segment once; returns their sum. */
    static float sum(int tier, MemorySegment floats) {
        try {
            return (float) SUM.invokeExact(tier, floats, floats.byteSize() / Float.BYTES);
        } catch (Throwable failure) {
            throw NativeCall.unexpected(failure);
        }
    }

    static void profileProgram(MemorySegment program, MemorySegment nanoseconds) {
        int status = (int) NativeCall.call(PROGRAM_PROFILE, program.address(), nanoseconds.address());
        if (status != NativeFunctions.OK) {
            throw new HarDNetException("A profile on the cpu backend failed: native status %d.".formatted(status));
        }
    }

    @SuppressWarnings("restricted")
    private static String text(MemorySegment string) {
        return string.reinterpret(NativeFunctions.MESSAGE_BYTES).getString(0);
    }
}
