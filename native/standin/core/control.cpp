// Stand-in CUDA for tests (standin.h says what it proves and what not): what tests control it with.
#include "calls.h"
#include "memory.h"
#include "registry.h"
#include "standin.h"

using standin::calls;

namespace {

using Lock = std::lock_guard<std::recursive_mutex>;

} // namespace

void standin_reset(void) {
    const Lock lock(standin::big_lock());
    calls().reset();
    standin::device_memory().reset_peak();
}

int64_t standin_calls(void) {
    const Lock lock(standin::big_lock());
    return calls().count();
}

const char *standin_call_name(int64_t call) {
    const Lock lock(standin::big_lock());
    return calls().name(call);
}

int64_t standin_releases(void) {
    const Lock lock(standin::big_lock());
    return calls().releases();
}

void standin_fail_at(int64_t call, int32_t status) {
    const Lock lock(standin::big_lock());
    calls().fail_at(call, status);
}

int32_t standin_failure_is_due(void) {
    const Lock lock(standin::big_lock());
    return calls().failure_is_due() ? 1 : 0;
}

int64_t standin_live_objects(void) {
    const Lock lock(standin::big_lock());
    return standin::live_objects();
}

const char *standin_live_text(void) {
    const Lock lock(standin::big_lock());
    static thread_local std::string text;
    text = standin::live_text();
    return text.c_str();
}

int64_t standin_launches(void) {
    const Lock lock(standin::big_lock());
    return calls().launches;
}

int64_t standin_graph_launches(void) {
    const Lock lock(standin::big_lock());
    return calls().graph_launches;
}

int64_t standin_memory_peak(void) {
    const Lock lock(standin::big_lock());
    return static_cast<int64_t>(standin::device_memory().peak());
}
