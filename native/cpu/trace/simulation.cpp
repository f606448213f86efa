#include "simulation.h"

#include "tiers.h"

namespace hardnet {

namespace {

// Above all that steps name: half of what simulated memory has.
void *scratch_memory() { return reinterpret_cast<void *>(HN_SIMULATED_MEMORY + (HN_SIMULATED_MEMORY >> 1)); }

bool is_power_of_two(int32_t value) { return value > 0 && (value & (value - 1)) == 0; }

hn_status check_cache(const hn_cache &cache, Message &message) {
    const int64_t set_bytes = static_cast<int64_t>(cache.line_bytes) * cache.ways;
    if (is_power_of_two(cache.line_bytes) && cache.ways > 0 && cache.bytes > 0 && cache.bytes % set_bytes == 0) {
        return HN_OK;
    }
    return message.fail(HN_INVALID_ARGUMENT,
                        "a cache has %lld bytes, lines of %d and %d ways, expected sets of whole lines that are a "
                        "power of two",
                        static_cast<long long>(cache.bytes), cache.line_bytes, cache.ways);
}

hn_status check_caches(const hn_cache &first, const hn_cache &last, Message &message) {
    if (hn_status status = check_cache(first, message)) {
        return status;
    }
    if (hn_status status = check_cache(last, message)) {
        return status;
    }
    return first.line_bytes == last.line_bytes
               ? HN_OK
               : message.fail(HN_INVALID_ARGUMENT, "the caches have lines of %d and %d bytes, expected one size",
                              first.line_bytes, last.line_bytes);
}

hn_status check_addresses(const hn_step &step, Message &message) {
    const auto simulated = [](const void *p) { return reinterpret_cast<uintptr_t>(p) >= HN_SIMULATED_MEMORY; };
    bool all = simulated(step.output) && (step.weights == nullptr || simulated(step.weights));
    for (int32_t i = 0; i < step.segment_count; i++) {
        all = all && simulated(step.segments[i].data);
    }
    for (int32_t i = 0; i < step.output_count - 1; i++) {
        all = all && simulated(step.extra_outputs[i].data);
    }
    return all ? HN_OK : message.fail(HN_INVALID_ARGUMENT, "an address is not in simulated memory");
}

hn_status check_simulated(int32_t tier, const hn_step &step, Message &message) {
    if (hn_status status = check_step(step, message)) {
        return status;
    }
    if (step.element != HN_FLOAT32) {
        return message.fail(HN_INVALID_ARGUMENT, "element of the step is %d, expected %d: only that is simulated",
                            step.element, HN_FLOAT32);
    }
    const Kernel *kernel = find_kernel(tier, step);
    if (kernel == nullptr) {
        return message.fail(HN_INVALID_ARGUMENT, "tier %d (%s) has no kernel for kind %d", tier, tier_name(tier),
                            step.kind);
    }
    if (hn_status status = check_pointers(step, kernel->packed_bytes(step) > 0, message)) {
        return status;
    }
    return check_addresses(step, message);
}

} // namespace

hn_status Simulation::create(int32_t tier, const hn_cache &first, const hn_cache &last, Simulation **simulation,
                             Message &message) {
    *simulation = nullptr;
    if (hn_status status = check_tier(tier, message)) {
        return status;
    }
    if (hn_status status = check_caches(first, last, message)) {
        return status;
    }
    void *memory = malloc(sizeof(Simulation));
    Simulation *made = memory == nullptr ? nullptr : new (memory) Simulation(tier, first, last);
    if (made == nullptr || !made->trace_) {
        destroy(made);
        return message.fail(HN_OUT_OF_MEMORY, "no memory to simulate a cache of %lld bytes",
                            static_cast<long long>(last.bytes));
    }
    *simulation = made;
    return HN_OK;
}

void Simulation::destroy(Simulation *simulation) {
    if (simulation != nullptr) {
        simulation->~Simulation();
        free(simulation);
    }
}

hn_status Simulation::run(const hn_step &step, hn_traffic &traffic, Message &message) {
    if (hn_status status = check_simulated(tier_, step, message)) {
        return status;
    }
    const Kernel &kernel = *find_traced_kernel(tier_, step);
    set_memory_trace(&trace_);
    const int64_t items = kernel.work_items(step);
    for (int64_t item = 0; item < items; item++) {
        kernel.run(step, item, scratch_memory());
    }
    set_memory_trace(nullptr);
    traffic = trace_.take_traffic();
    return HN_OK;
}

} // namespace hardnet
