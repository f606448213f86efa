// Counts the calls of all stand-in libraries and makes those fail that a test asks for.
#ifndef HARDNET_STANDIN_CALLS_H
#define HARDNET_STANDIN_CALLS_H

#include "export.h"

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace standin {

class STANDIN_INTERNAL Calls {
  public:
    void reset();
    void fail_at(int64_t call, int32_t status);

    // Counts a call; whether it has to fail, and with what: status is left alone if any will do.
    bool begin(const char *name, int32_t &status);
    void begin_release() { releases_++; }

    int64_t count() const { return static_cast<int64_t>(names_.size()); }
    int64_t releases() const { return releases_; }
    bool failure_is_due() const { return fail_at_ != 0; }
    const char *name(int64_t call) const;

    int64_t launches = 0;
    int64_t graph_launches = 0;

  private:
    std::vector<const char *> names_;
    int64_t releases_ = 0;
    int64_t fail_at_ = 0;
    int32_t fail_status_ = 0;
};

STANDIN_INTERNAL Calls &calls();

// One call at a time, in all libraries: a work that one thread started is done before another's begins.
STANDIN_INTERNAL std::recursive_mutex &big_lock();

// Runs the body of a call, or fails instead.
template <class Status, class Body> Status counted(const char *name, Status failure, const Body &body) {
    const std::lock_guard<std::recursive_mutex> lock(big_lock());
    int32_t status = static_cast<int32_t>(failure);
    return calls().begin(name, status) ? static_cast<Status>(status) : body();
}

// Runs the body of a call that frees, destroys or releases.
template <class Body> auto released(const Body &body) {
    const std::lock_guard<std::recursive_mutex> lock(big_lock());
    calls().begin_release();
    return body();
}

} // namespace standin

#endif
