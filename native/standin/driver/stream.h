// Streams, and the work that they do at once or, while they capture, record.
#ifndef HARDNET_STANDIN_STREAM_H
#define HARDNET_STANDIN_STREAM_H

#include "export.h"
#include "registry.h"
#include "standin_cuda.h"

#include <functional>
#include <thread>
#include <vector>

namespace standin {

// Holds copies of all it needs, for it may be done much later and many times.
using Work = std::function<CUresult()>;

struct Stream {
    CUstreamCaptureStatus status = CU_STREAM_CAPTURE_STATUS_NONE;
    CUstreamCaptureMode mode = CU_STREAM_CAPTURE_MODE_GLOBAL;
    std::thread::id thread;
    std::vector<Work> captured;
    CUstream origin = nullptr; // the stream whose capture this one has joined
    int64_t recorded = 0;      // works since it joined
    bool awaited = false;      // whether the origin waits for all of them
};

// A moment of a stream that captures.
struct CapturedMoment {
    CUstream stream = nullptr;
    int64_t recorded = 0;
};

Registry<CUstream, Stream> &streams();

// Does the work or, while the stream captures, records it. Null is the default stream.
STANDIN_INTERNAL CUresult enqueue(CUstream stream, Work work);

// Whether the stream is the default one or alive.
STANDIN_INTERNAL bool is_stream(CUstream stream);

// The error of a call that must not happen during a capture, such as an allocation; success when it may. As with the
// real driver, such a call makes the capture invalid.
STANDIN_INTERNAL CUresult refuse_during_capture();

// The moment of a stream that captures; the null stream where it does not.
CapturedMoment captured_moment(CUstream stream);

// Lets a stream wait for a moment of a capture, which it joins with that.
CUresult await_captured(CUstream stream, const CapturedMoment &moment);

// The same for a call that concerns one stream, which must be alive.
CUresult refuse_while_capturing(CUstream stream);

// Does works in their order, until one fails.
CUresult run(const std::vector<Work> &works);

} // namespace standin

#endif
