package dev.hardnet.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.CUDNN_STATUS_INTERNAL_ERROR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_STATUS_NOT_SUPPORTED;
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
     * @throws CudnnNotSupported when it says that it does not support what is asked for
     * @throws HarDNetException  when it is another error
     */
    static void check(int status, String call) {
        if (status == CUDNN_STATUS_SUCCESS) {
            return;
        }
        String message = "cuDNN failed in %s: %s (code %d).".formatted(call, cudnnGetErrorString(status).getString(),
                status);
        throw isRefusal(status) ? new CudnnNotSupported(message) : new HarDNetException(message);
    }

    /** All codes of what is not supported stand between this one and those of internal errors. */
    private static boolean isRefusal(int status) {
        return status >= CUDNN_STATUS_NOT_SUPPORTED && status < CUDNN_STATUS_INTERNAL_ERROR;
    }
}
