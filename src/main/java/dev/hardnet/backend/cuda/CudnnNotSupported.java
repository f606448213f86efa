package dev.hardnet.backend.cuda;

import dev.hardnet.HarDNetException;

/** cuDNN says that it cannot do something, which is an answer where other ways are left. */
final class CudnnNotSupported extends HarDNetException {
    private static final long serialVersionUID = 1L;

    CudnnNotSupported(String message) {
        super(message);
    }
}
