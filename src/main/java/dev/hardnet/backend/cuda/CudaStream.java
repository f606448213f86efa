package dev.hardnet.backend.cuda;

import static org.bytedeco.cuda.global.cudart.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL;
import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.CU_EVENT_WAIT_DEFAULT;
import static org.bytedeco.cuda.global.cudart.CU_STREAM_NON_BLOCKING;
import static org.bytedeco.cuda.global.cudart.cuGraphDestroy;
import static org.bytedeco.cuda.global.cudart.cuStreamBeginCapture;
import static org.bytedeco.cuda.global.cudart.cuStreamCreate;
import static org.bytedeco.cuda.global.cudart.cuStreamDestroy;
import static org.bytedeco.cuda.global.cudart.cuStreamEndCapture;
import static org.bytedeco.cuda.global.cudart.cuStreamSynchronize;
import static org.bytedeco.cuda.global.cudart.cuStreamWaitEvent;

import org.bytedeco.cuda.cudart.CUgraph_st;
import org.bytedeco.cuda.cudart.CUstream_st;

/** A queue of work for the GPU, which does it in order. */
final class CudaStream implements Resources.Resource {
    private final CUstream_st stream = new CUstream_st();

    private CudaStream() {
    }

    static CudaStream create() {
        CudaStream created = new CudaStream();
        Driver.check(cuStreamCreate(created.stream, CU_STREAM_NON_BLOCKING), "cuStreamCreate");
        return created;
    }

    CUstream_st handle() {
        return stream;
    }

    /** Waits until all that was enqueued is done. */
    void synchronize() {
        Driver.check(cuStreamSynchronize(stream), "the inference (cuStreamSynchronize)");
    }

    /** Lets what is enqueued from now on wait for a moment of another stream. */
    void await(CudaEvent moment) {
        Driver.check(cuStreamWaitEvent(stream, moment.handle(), CU_EVENT_WAIT_DEFAULT), "cuStreamWaitEvent");
    }

    /** Records what some launches enqueue instead of doing it. */
    CudaGraph capture(Runnable launches) {
        Driver.check(cuStreamBeginCapture(stream, CU_STREAM_CAPTURE_MODE_THREAD_LOCAL), "cuStreamBeginCapture");
        CUgraph_st graph = new CUgraph_st();
        try {
            launches.run();
            Driver.check(cuStreamEndCapture(stream, graph), "cuStreamEndCapture");
        } catch (RuntimeException failure) {
            leaveCapture();
            throw failure;
        }
        return CudaGraph.instantiate(graph);
    }

    /** Nothing can be freed while a stream is recording, whatever became of it. */
    private void leaveCapture() {
        CUgraph_st partial = new CUgraph_st();
        if (cuStreamEndCapture(stream, partial) == CUDA_SUCCESS) {
            cuGraphDestroy(partial);
        }
    }

    @Override
    public void close() {
        cuStreamDestroy(stream);
    }
}
