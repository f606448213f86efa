// Stand-in CUDA for tests (standin.h says what it proves and what not): the driver's streams, and their captures.
#include "stream.h"

#include "driver_call.h"
#include "graph.h"
#include "memory.h"

#include <utility>

namespace standin {

namespace {

bool forbids_unsafe_calls(const Stream &stream) {
    if (stream.status == CU_STREAM_CAPTURE_STATUS_NONE || stream.mode == CU_STREAM_CAPTURE_MODE_RELAXED) {
        return false;
    }
    return stream.mode == CU_STREAM_CAPTURE_MODE_GLOBAL || stream.thread == std::this_thread::get_id();
}

CUresult invalidate(Stream &stream) {
    stream.status = CU_STREAM_CAPTURE_STATUS_INVALIDATED;
    stream.captured.clear();
    return CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED;
}

CUresult run_guarded(const Work &work) {
    const CUresult status = work();
    if (status == CUDA_SUCCESS && !(device_memory().guards_are_whole() && pinned_memory().guards_are_whole())) {
        return CUDA_ERROR_ILLEGAL_ADDRESS;
    }
    return status;
}

CUresult record(Stream &stream, Work work) {
    if (stream.status == CU_STREAM_CAPTURE_STATUS_INVALIDATED) {
        return CUDA_ERROR_STREAM_CAPTURE_INVALIDATED;
    }
    stream.captured.push_back(std::move(work));
    return CUDA_SUCCESS;
}

bool may_end_capture(const Stream &stream) {
    return stream.mode == CU_STREAM_CAPTURE_MODE_RELAXED || stream.thread == std::this_thread::get_id();
}

CUresult end_capture(Stream &stream, CUgraph *graph) {
    const bool valid = stream.status == CU_STREAM_CAPTURE_STATUS_ACTIVE;
    *graph = valid ? graphs().add(Graph{std::move(stream.captured)}) : nullptr;
    stream = Stream();
    return valid ? CUDA_SUCCESS : CUDA_ERROR_STREAM_CAPTURE_INVALIDATED;
}

} // namespace

Registry<CUstream, Stream> &streams() {
    static Registry<CUstream, Stream> streams("stream");
    return streams;
}

bool is_stream(CUstream stream) { return stream == nullptr || streams().find(stream) != nullptr; }

CUresult enqueue(CUstream handle, Work work) {
    if (!is_stream(handle)) {
        return CUDA_ERROR_INVALID_HANDLE;
    }
    Stream *stream = streams().find(handle);
    if (stream != nullptr && stream->status != CU_STREAM_CAPTURE_STATUS_NONE) {
        return record(*stream, std::move(work));
    }
    return run_guarded(work);
}

CUresult refuse_during_capture() {
    Stream *capturing = streams().first(forbids_unsafe_calls);
    return capturing == nullptr ? CUDA_SUCCESS : invalidate(*capturing);
}

CUresult refuse_while_capturing(CUstream handle) {
    if (!is_stream(handle)) {
        return CUDA_ERROR_INVALID_HANDLE;
    }
    Stream *stream = streams().find(handle);
    const bool capturing = stream != nullptr && stream->status != CU_STREAM_CAPTURE_STATUS_NONE;
    return capturing ? invalidate(*stream) : CUDA_SUCCESS;
}

CUresult run(const std::vector<Work> &works) {
    for (const Work &work : works) {
        const CUresult status = run_guarded(work);
        if (status != CUDA_SUCCESS) {
            return status;
        }
    }
    return CUDA_SUCCESS;
}

} // namespace standin

using namespace standin;

CUresult cuStreamCreate(CUstream *stream, unsigned int flags) {
    return context_call("cuStreamCreate", CUDA_ERROR_OUT_OF_MEMORY, [&] {
        if (stream == nullptr || flags > CU_STREAM_NON_BLOCKING) {
            return CUDA_ERROR_INVALID_VALUE;
        }
        *stream = streams().add();
        return CUDA_SUCCESS;
    });
}

CUresult cuStreamDestroy_v2(CUstream stream) {
    return release_call([&] { return streams().remove(stream) ? CUDA_SUCCESS : CUDA_ERROR_INVALID_HANDLE; });
}

CUresult cuStreamSynchronize(CUstream stream) {
    return context_call("cuStreamSynchronize", CUDA_ERROR_LAUNCH_FAILED,
                        [&] { return refuse_while_capturing(stream); });
}

CUresult cuStreamQuery(CUstream stream) {
    return context_call("cuStreamQuery", CUDA_ERROR_LAUNCH_FAILED, [&] { return refuse_while_capturing(stream); });
}

CUresult cuCtxSynchronize(void) {
    return context_call("cuCtxSynchronize", CUDA_ERROR_LAUNCH_FAILED, [] { return refuse_during_capture(); });
}

CUresult cuStreamBeginCapture_v2(CUstream handle, CUstreamCaptureMode mode) {
    return context_call("cuStreamBeginCapture_v2", CUDA_ERROR_UNKNOWN, [&] {
        if (handle == nullptr) {
            return CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED;
        }
        Stream *stream = streams().find(handle);
        if (stream == nullptr) {
            return CUDA_ERROR_INVALID_HANDLE;
        }
        if (stream->status != CU_STREAM_CAPTURE_STATUS_NONE) {
            return CUDA_ERROR_ILLEGAL_STATE;
        }
        if (mode < CU_STREAM_CAPTURE_MODE_GLOBAL || mode > CU_STREAM_CAPTURE_MODE_RELAXED) {
            return CUDA_ERROR_INVALID_VALUE;
        }
        *stream = Stream{CU_STREAM_CAPTURE_STATUS_ACTIVE, mode, std::this_thread::get_id(), {}};
        return CUDA_SUCCESS;
    });
}

CUresult cuStreamEndCapture(CUstream handle, CUgraph *graph) {
    return context_call("cuStreamEndCapture", CUDA_ERROR_UNKNOWN, [&] {
        Stream *stream = streams().find(handle);
        if (graph == nullptr) {
            return CUDA_ERROR_INVALID_VALUE;
        }
        if (stream == nullptr) {
            return CUDA_ERROR_INVALID_HANDLE;
        }
        if (stream->status == CU_STREAM_CAPTURE_STATUS_NONE) {
            return CUDA_ERROR_ILLEGAL_STATE;
        }
        return may_end_capture(*stream) ? end_capture(*stream, graph) : CUDA_ERROR_STREAM_CAPTURE_WRONG_THREAD;
    });
}

CUresult cuStreamIsCapturing(CUstream handle, CUstreamCaptureStatus *status) {
    return context_call("cuStreamIsCapturing", CUDA_ERROR_UNKNOWN, [&] {
        if (status == nullptr) {
            return CUDA_ERROR_INVALID_VALUE;
        }
        if (!is_stream(handle)) {
            return CUDA_ERROR_INVALID_HANDLE;
        }
        const Stream *stream = streams().find(handle);
        *status = stream == nullptr ? CU_STREAM_CAPTURE_STATUS_NONE : stream->status;
        return CUDA_SUCCESS;
    });
}
