package dev.hardnet.backend.cuda;

import static org.bytedeco.cuda.global.cudart.CU_EVENT_DEFAULT;
import static org.bytedeco.cuda.global.cudart.CU_EVENT_DISABLE_TIMING;
import static org.bytedeco.cuda.global.cudart.cuEventCreate;
import static org.bytedeco.cuda.global.cudart.cuEventDestroy;
import static org.bytedeco.cuda.global.cudart.cuEventElapsedTime;
import static org.bytedeco.cuda.global.cudart.cuEventRecord;
import static org.bytedeco.cuda.global.cudart.cuEventSynchronize;

import org.bytedeco.cuda.cudart.CUevent_st;

/** A moment in a stream. */
final class CudaEvent implements Resources.Resource {
    private final CUevent_st event = new CUevent_st();

    private CudaEvent() {
    }

    static CudaEvent create() {
        return create(CU_EVENT_DEFAULT);
    }

    /** A moment that streams can wait for and that tells no time. */
    static CudaEvent untimed() {
        return create(CU_EVENT_DISABLE_TIMING);
    }

    private static CudaEvent create(int flags) {
        CudaEvent created = new CudaEvent();
        Driver.check(cuEventCreate(created.event, flags), "cuEventCreate");
        return created;
    }

    CUevent_st handle() {
        return event;
    }

    void record(CudaStream stream) {
        Driver.check(cuEventRecord(event, stream.handle()), "cuEventRecord");
    }

    /** Waits until the stream has come to this moment. */
    void synchronize() {
        Driver.check(cuEventSynchronize(event), "cuEventSynchronize");
    }

    /** Milliseconds from an earlier moment to this one; both must have come. */
    float millisSince(CudaEvent earlier) {
        float[] millis = new float[1];
        Driver.check(cuEventElapsedTime(millis, earlier.event, event), "cuEventElapsedTime");
        return millis[0];
    }

    @Override
    public void close() {
        cuEventDestroy(event);
    }
}
