package dev.hardnet.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.cudnnCreate;
import static org.bytedeco.cuda.global.cudnn.cudnnDestroy;
import static org.bytedeco.cuda.global.cudnn.cudnnSetStream;

import org.bytedeco.cuda.cudnn.cudnnContext;

/** A handle of cuDNN that works in one stream. */
final class CudnnHandle implements Resources.Resource {
    private final cudnnContext handle = new cudnnContext();

    private CudnnHandle() {
    }

    static CudnnHandle create(CudaStream stream) {
        CudnnHandle created = new CudnnHandle();
        Cudnn.check(cudnnCreate(created.handle), "cudnnCreate");
        try {
            Cudnn.check(cudnnSetStream(created.handle, stream.handle()), "cudnnSetStream");
            return created;
        } catch (RuntimeException failure) {
            created.close();
            throw failure;
        }
    }

    cudnnContext handle() {
        return handle;
    }

    @Override
    public void close() {
        cudnnDestroy(handle);
    }
}
