package dev.hardnet.backend.cuda;

import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.cuGetErrorName;

import dev.hardnet.HarDNetException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** Turns what the CUDA driver answers into sentences. */
final class Driver {
    private Driver() {
    }

    /**
     * Checks an answer.
     *
     * @param status what a function returned
     * @param call   the function and what it was for, such as {@code cuMemAlloc of the arena (4096 bytes)}
     * @throws HarDNetException when it is an error
     */
    static void check(int status, String call) {
        if (status != CUDA_SUCCESS) {
            throw new HarDNetException("The GPU failed in %s: %s (code %d).".formatted(call, name(status), status));
        }
    }

    private static String name(int status) {
        try (PointerPointer<BytePointer> text = new PointerPointer<>(1)) {
            if (cuGetErrorName(status, text) != CUDA_SUCCESS) {
                return "an unknown error";
            }
            return text.get(BytePointer.class).getString();
        }
    }
}
