// Stand-in CUDA for tests (standin.h says what it proves and what not): the driver's events.
#include "driver_call.h"
#include "registry.h"
#include "stream.h"

#include <chrono>

namespace standin {

namespace {

using Clock = std::chrono::steady_clock;

struct Event {
    bool timing;
    bool recorded = false;
    Clock::time_point time = {};
    CapturedMoment captured = {}; // where it was recorded by a capture
};

Registry<CUevent, Event> &events() {
    static Registry<CUevent, Event> events("event");
    return events;
}

constexpr unsigned int EVENT_FLAGS = CU_EVENT_BLOCKING_SYNC | CU_EVENT_DISABLE_TIMING | CU_EVENT_INTERPROCESS;

// Work is done when it is asked for, so a recorded event has always happened.
CUresult wait(const char *name, CUevent event) {
    return context_call(name, CUDA_ERROR_LAUNCH_FAILED, [&] {
        return events().find(event) == nullptr ? CUDA_ERROR_INVALID_HANDLE : refuse_during_capture();
    });
}

bool is_timed(const Event *event) { return event != nullptr && event->timing && event->recorded; }

CUresult elapsed(const char *name, float *milliseconds, CUevent start, CUevent end) {
    return context_call(name, CUDA_ERROR_LAUNCH_FAILED, [&] {
        const Event *first = events().find(start);
        const Event *last = events().find(end);
        if (milliseconds == nullptr) {
            return CUDA_ERROR_INVALID_VALUE;
        }
        if (!is_timed(first) || !is_timed(last)) {
            return CUDA_ERROR_INVALID_HANDLE;
        }
        *milliseconds = std::chrono::duration<float, std::milli>(last->time - first->time).count();
        return CUDA_SUCCESS;
    });
}

} // namespace

} // namespace standin

using namespace standin;

CUresult cuEventCreate(CUevent *event, unsigned int flags) {
    return context_call("cuEventCreate", CUDA_ERROR_OUT_OF_MEMORY, [&] {
        if (event == nullptr || (flags & ~EVENT_FLAGS) != 0) {
            return CUDA_ERROR_INVALID_VALUE;
        }
        *event = events().add(Event{(flags & CU_EVENT_DISABLE_TIMING) == 0});
        return CUDA_SUCCESS;
    });
}

CUresult cuEventRecord(CUevent handle, CUstream stream) {
    return context_call("cuEventRecord", CUDA_ERROR_LAUNCH_FAILED, [&] {
        Event *event = events().find(handle);
        if (event == nullptr) {
            return CUDA_ERROR_INVALID_HANDLE;
        }
        event->captured = captured_moment(stream);
        if (event->captured.stream != nullptr) {
            event->recorded = false; // its time will never be known
            return CUDA_SUCCESS;
        }
        const CUresult status = refuse_while_capturing(stream);
        if (status == CUDA_SUCCESS) {
            event->recorded = true;
            event->time = Clock::now();
        }
        return status;
    });
}

CUresult cuStreamWaitEvent(CUstream stream, CUevent handle, unsigned int flags) {
    return context_call("cuStreamWaitEvent", CUDA_ERROR_LAUNCH_FAILED, [&] {
        const Event *event = events().find(handle);
        if (event == nullptr || !is_stream(stream)) {
            return CUDA_ERROR_INVALID_HANDLE;
        }
        if (flags != 0) {
            return CUDA_ERROR_INVALID_VALUE;
        }
        return event->captured.stream != nullptr ? await_captured(stream, event->captured)
                                                 : refuse_while_capturing(stream);
    });
}

CUresult cuEventSynchronize(CUevent event) { return wait("cuEventSynchronize", event); }

CUresult cuEventQuery(CUevent event) { return wait("cuEventQuery", event); }

CUresult cuEventElapsedTime(float *milliseconds, CUevent start, CUevent end) {
    return elapsed("cuEventElapsedTime", milliseconds, start, end);
}

CUresult cuEventElapsedTime_v2(float *milliseconds, CUevent start, CUevent end) {
    return elapsed("cuEventElapsedTime_v2", milliseconds, start, end);
}

CUresult cuEventDestroy_v2(CUevent event) {
    return release_call([&] { return events().remove(event) ? CUDA_SUCCESS : CUDA_ERROR_INVALID_HANDLE; });
}
