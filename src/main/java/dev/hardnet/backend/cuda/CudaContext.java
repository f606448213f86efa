package dev.hardnet.backend.cuda;

import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT;
import static org.bytedeco.cuda.global.cudart.cuCtxSetCurrent;
import static org.bytedeco.cuda.global.cudart.cuDeviceGet;
import static org.bytedeco.cuda.global.cudart.cuDeviceGetAttribute;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRelease;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRetain;
import static org.bytedeco.cuda.global.cudart.cuInit;

import org.bytedeco.cuda.cudart.CUctx_st;

/** A GPU's primary context, shared with whatever else in the process uses that GPU. */
final class CudaContext implements Resources.Resource {
    private final int device;
    private final CUctx_st context;

    private CudaContext(int device, CUctx_st context) {
        this.device = device;
        this.context = context;
    }

    /** Retains the context of a GPU and makes it the calling thread's. */
    static CudaContext retain(int index) {
        Driver.check(cuInit(0), "cuInit");
        int[] device = new int[1];
        Driver.check(cuDeviceGet(device, index), "cuDeviceGet of GPU " + index);
        CUctx_st context = new CUctx_st();
        Driver.check(cuDevicePrimaryCtxRetain(context, device[0]), "cuDevicePrimaryCtxRetain of GPU " + index);
        CudaContext retained = new CudaContext(device[0], context);
        try {
            retained.makeCurrent();
            return retained;
        } catch (RuntimeException failure) {
            retained.close();
            throw failure;
        }
    }

    /** How many multiprocessors it has, each of which computes blocks by itself. */
    int multiprocessors() {
        int[] count = new int[1];
        Driver.check(cuDeviceGetAttribute(count, CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT, device),
                "cuDeviceGetAttribute");
        return count[0];
    }

    /** Every thread that calls the driver must have the context. */
    void makeCurrent() {
        Driver.check(cuCtxSetCurrent(context), "cuCtxSetCurrent");
    }

    /** For who is about to free: whether it succeeds or not, there is nothing better to do than to go on. */
    void tryToMakeCurrent() {
        cuCtxSetCurrent(context);
    }

    @Override
    public void close() {
        cuDevicePrimaryCtxRelease(device);
    }
}
