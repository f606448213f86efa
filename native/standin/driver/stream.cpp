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

// The stream whose capture it takes part in.
Stream &capturing(Stream &stream) { return stream.origin == nullptr ? stream : *streams().find(stream.origin); }

CUresult invalidate(Stream &stream) {
    Stream &whole = capturing(stream);
    whole.status = CU_STREAM_CAPTURE_STATUS_INVALIDATED;
    whole.captured.clear();
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
    Stream &whole = capturing(stream);
    if (whole.status == CU_STREAM_CAPTURE_STATUS_INVALIDATED) {
        return CUDA_ERROR_STREAM_CAPTURE_INVALIDATED;
    }
    whole.captured.push_back(std::move(work));
    stream.recorded++;
    stream.awaited = false;
    return CUDA_SUCCESS;
}

bool may_end_capture(const Stream &stream) {
    return stream.mode == CU_STREAM_CAPTURE_MODE_RELAXED || stream.thread == std::this_thread::get_id();
}

// Lets the streams that joined a capture go; whether the origin waits for all they recorded.
bool release_joined(CUstream origin) {
    bool all_awaited = true;
    while (Stream *joined = streams().first([=](const Stream &stream) { return stream.origin == origin; })) {
        all_awaited = all_awaited && joined->awaited;
        *joined = Stream();
    }
    return all_awaited;
}

CUresult end_capture(CUstream handle, Stream &stream, CUgraph *graph) {
    const bool all_awaited = release_joined(handle);
    const bool valid = stream.status == CU_STREAM_CAPTURE_STATUS_ACTIVE;
    *graph = valid && all_awaited ? graphs().add(Graph{std::move(stream.captured)}) : nullptr;
    stream = Stream();
    if (!valid) {
        return CUDA_ERROR_STREAM_CAPTURE_INVALIDATED;
    }
    return all_awaited ? CUDA_SUCCESS : CUDA_ERROR_STREAM_CAPTURE_UNJOINED;
}

CUstream capture_of(CUstream handle) {
    const Stream &stream = *streams().find(handle);
    return stream.origin == nullptr ? handle : stream.origin;
}

CUresult join(Stream &stream, CUstream origin) {
    const Stream &whole = *streams().find(origin);
    stream = Stream{whole.status, whole.mode, whole.thread, {}, origin, 0, false};
    return CUDA_SUCCESS;
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

CapturedMoment captured_moment(CUstream handle) {
    const Stream *stream = streams().find(handle);
    const bool captures = stream != nullptr && stream->status == CU_STREAM_CAPTURE_STATUS_ACTIVE;
    return captures ? CapturedMoment{handle, stream->recorded} : CapturedMoment{};
}

CUresult await_captured(CUstream handle, const CapturedMoment &moment) {
    Stream *stream = streams().find(handle);
    Stream *awaited = streams().find(moment.stream);
    if (stream == nullptr || awaited == nullptr || awaited->status != CU_STREAM_CAPTURE_STATUS_ACTIVE) {
        return CUDA_ERROR_INVALID_HANDLE;
    }
    if (stream->status == CU_STREAM_CAPTURE_STATUS_NONE) {
        return join(*stream, capture_of(moment.stream));
    }
    if (capture_of(handle) != capture_of(moment.stream)) {
        invalidate(*stream);
        return CUDA_ERROR_STREAM_CAPTURE_ISOLATION;
    }
    if (stream->origin == nullptr && moment.recorded == awaited->recorded) {
        awaited->awaited = true;
    }
    return CUDA_SUCCESS;
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
        *stream = Stream{CU_STREAM_CAPTURE_STATUS_ACTIVE, mode, std::this_thread::get_id(), {}, nullptr, 0, false};
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
        if (stream->origin != nullptr) {
            return CUDA_ERROR_STREAM_CAPTURE_UNMATCHED;
        }
        return may_end_capture(*stream) ? end_capture(handle, *stream, graph) : CUDA_ERROR_STREAM_CAPTURE_WRONG_THREAD;
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
