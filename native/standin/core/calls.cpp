// Stand-in CUDA for tests (standin.h says what it proves and what not): counting calls, and making them fail.
#include "calls.h"

namespace standin {

void Calls::reset() { *this = Calls(); }

void Calls::fail_at(int64_t call, int32_t status) {
    fail_at_ = call > 0 ? count() + call : 0;
    fail_status_ = status;
}

bool Calls::begin(const char *name, int32_t &status) {
    names_.push_back(name);
    if (count() != fail_at_) {
        return false;
    }
    fail_at_ = 0;
    if (fail_status_ != 0) {
        status = fail_status_;
    }
    return true;
}

const char *Calls::name(int64_t call) const { return call >= 1 && call <= count() ? names_[call - 1] : ""; }

Calls &calls() {
    static Calls calls;
    return calls;
}

std::recursive_mutex &big_lock() {
    static std::recursive_mutex mutex;
    return mutex;
}

} // namespace standin
