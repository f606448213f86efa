package dev.hardnet.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.CUDNN_STATUS_SUCCESS;
import static org.bytedeco.cuda.global.cudnn.cudnnGetErrorString;

import dev.hardnet.HarDNetException;

/** Turns what cuDNN answers into sentences. */
final class Cudnn {
    private Cudnn() {
    }

    /**
     * Checks an answer.
     *
     * @param status what a function returned
     * @param call   the function and what it was for
     * @throws HarDNetException when it is an error
     */
    static void check(int status, String call) {
        if (status != CUDNN_STATUS_SUCCESS) {
            throw new HarDNetException("cuDNN failed in %s: %s (code %d).".formatted(call,
                    cudnnGetErrorString(status).getString(), status));
        }
    }
}
