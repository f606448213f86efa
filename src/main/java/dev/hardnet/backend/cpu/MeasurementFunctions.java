package dev.hardnet.backend.cpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.hardnet.HarDNetException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The functions of native/include/hardnet.h that measure and describe the processor; see {@link NativeFunctions}. */
final class MeasurementFunctions {
    private static final MethodHandle PROCESSOR = NativeFunctions.function("hn_processor", ADDRESS);
    private static final MethodHandle MULTIPLY_ADDS =
            NativeFunctions.function("hn_multiply_adds", JAVA_LONG, JAVA_INT, JAVA_LONG);
    private static final MethodHandle SUM =
            NativeFunctions.function("hn_sum", JAVA_FLOAT, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle PROGRAM_PROFILE =
            NativeFunctions.function("hn_program_profile", JAVA_INT, ADDRESS, ADDRESS);

    private MeasurementFunctions() {
    }

    static String processor() {
        try {
            return text((MemorySegment) PROCESSOR.invokeExact());
        } catch (Throwable failure) {
            throw NativeFunctions.unexpected(failure);
        }
    }

    /** Computes in registers; returns the number of multiply-adds. */
    static long multiplyAdds(int tier, long rounds) {
        try {
            return (long) MULTIPLY_ADDS.invokeExact(tier, rounds);
        } catch (Throwable failure) {
            throw NativeFunctions.unexpected(failure);
        }
    }

    /** Reads all floats of a segment once; returns their sum. */
    static float sum(int tier, MemorySegment floats) {
        try {
            return (float) SUM.invokeExact(tier, floats, floats.byteSize() / Float.BYTES);
        } catch (Throwable failure) {
            throw NativeFunctions.unexpected(failure);
        }
    }

    static void profileProgram(MemorySegment program, MemorySegment nanoseconds) {
        try {
            int status = (int) PROGRAM_PROFILE.invokeExact(program, nanoseconds);
            if (status != NativeFunctions.OK) {
                throw new HarDNetException("A profile on the cpu backend failed: native status %d.".formatted(status));
            }
        } catch (Throwable failure) {
            throw NativeFunctions.unexpected(failure);
        }
    }

    @SuppressWarnings("restricted")
    private static String text(MemorySegment string) {
        return string.reinterpret(NativeFunctions.MESSAGE_BYTES).getString(0);
    }
}
