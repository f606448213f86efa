// Stand-in CUDA for tests (standin.h says what it proves and what not): handles, and what is alive.
#include "registry.h"

#include <algorithm>
#include <vector>

namespace standin {

namespace {

constexpr uintptr_t FIRST_HANDLE = 0x5a5a00000000;
constexpr uintptr_t HANDLE_STEP = 16;

std::vector<const LiveKind *> &kinds() {
    static std::vector<const LiveKind *> kinds;
    return kinds;
}

} // namespace

LiveKind::LiveKind(const char *name) : name_(name) { kinds().push_back(this); }

LiveKind::~LiveKind() { kinds().erase(std::remove(kinds().begin(), kinds().end(), this), kinds().end()); }

int64_t live_objects() {
    int64_t total = 0;
    for (const LiveKind *kind : kinds()) {
        total += kind->count();
    }
    return total;
}

std::string live_text() {
    std::string text;
    for (const LiveKind *kind : kinds()) {
        if (kind->count() > 0) {
            text += text.empty() ? "" : ", ";
            text += std::to_string(kind->count()) + " " + kind->name() + (kind->count() == 1 ? "" : "s");
        }
    }
    return text;
}

uintptr_t new_handle() {
    static uintptr_t next = FIRST_HANDLE;
    next += HANDLE_STEP;
    return next;
}

} // namespace standin
