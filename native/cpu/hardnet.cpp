// The C interface: checks arguments and leaves the rest to others.
#include "hardnet.h"

#include "check.h"
#include "program.h"
#include "tiers.h"
#include "trace/simulation.h"

#include <math.h>

namespace {

using hardnet::Kernel;
using hardnet::KernelTable;
using hardnet::Message;
using hardnet::Program;
using hardnet::Simulation;

Simulation *simulation_of(hn_simulation *simulation) { return reinterpret_cast<Simulation *>(simulation); }

Program *program_of(hn_program *program) { return reinterpret_cast<Program *>(program); }

// The kernel for a step that only its sizes describe, null when the step or the tier is not valid.
const Kernel *kernel_of(int32_t tier, const hn_step *step) {
    Message silent(nullptr, 0);
    const bool valid = step != nullptr && hardnet::tier_supported(tier) && hardnet::check_step(*step, silent) == HN_OK;
    return valid ? hardnet::find_kernel(tier, *step) : nullptr;
}

// What moves rows of a step over maps of its element; null when the step, the tier, or the rows are not valid.
const KernelTable *table_for_rows(int32_t tier, const hn_step *step, int64_t first, int64_t end, const float *planes) {
    Message silent(nullptr, 0);
    if (step == nullptr || planes == nullptr || !hardnet::tier_supported(tier) ||
        hardnet::check_step(*step, silent) != HN_OK) {
        return nullptr;
    }
    const bool inside = first >= 0 && first <= end && end <= static_cast<int64_t>(step->n) * step->out_h;
    return inside ? &hardnet::kernel_table(tier, step->element) : nullptr;
}

} // namespace

int32_t hn_abi_version() { return HN_ABI_VERSION; }

int32_t hn_sizeof_segment() { return sizeof(hn_segment); }

int32_t hn_sizeof_output() { return sizeof(hn_output); }

int32_t hn_sizeof_step() { return sizeof(hn_step); }

int32_t hn_tier_supported(int32_t tier) { return hardnet::tier_supported(tier) ? 1 : 0; }

int32_t hn_best_tier() { return hardnet::best_tier(); }

const char *hn_processor() { return hardnet::processor(); }

int64_t hn_multiply_adds(int32_t tier, int64_t rounds) {
    const KernelTable *table = hardnet::kernel_table(tier);
    return table == nullptr || rounds < 0 ? -1 : table->multiply_adds(rounds);
}

float hn_sum(int32_t tier, const float *data, int64_t count) {
    const KernelTable *table = hardnet::kernel_table(tier);
    return table == nullptr || count < 0 || (data == nullptr && count > 0) ? NAN : table->sum(data, count);
}

int32_t hn_check_step(int32_t tier, const hn_step *step, char *text, int64_t text_bytes) {
    Message message(text, text_bytes);
    if (step == nullptr) {
        return message.fail(HN_INVALID_ARGUMENT, "the step is null, expected a step");
    }
    const hn_status status = hardnet::check_tier(tier, message);
    return status != HN_OK ? status : hardnet::check_step(*step, message);
}

int32_t hn_convolution_way(int32_t tier, const hn_step *step) {
    const Kernel *kernel = kernel_of(tier, step);
    return kernel == nullptr ? -1 : kernel->convolution;
}

int64_t hn_packed_bytes(int32_t tier, const hn_step *step) {
    const Kernel *kernel = kernel_of(tier, step);
    return kernel == nullptr ? -1 : kernel->packed_bytes(*step);
}

int32_t hn_pack_weights(int32_t tier, const hn_step *step, const float *weights, const float *bias, void *packed) {
    const Kernel *kernel = kernel_of(tier, step);
    const bool needs_weights = kernel != nullptr && kernel->packed_bytes(*step) > 0;
    const bool needs_bias = needs_weights && step->kind != HN_L2_NORM;
    if (kernel == nullptr || (needs_weights && (weights == nullptr || packed == nullptr)) ||
        (needs_bias && bias == nullptr)) {
        return HN_INVALID_ARGUMENT;
    }
    kernel->pack(*step, weights, bias, packed);
    return HN_OK;
}

int32_t hn_program_create(int32_t tier, const hn_step *steps, int32_t count, int32_t threads, hn_program **program,
                          char *text, int64_t text_bytes) {
    Message message(text, text_bytes);
    if (program == nullptr) {
        return message.fail(HN_INVALID_ARGUMENT, "the place for the program is null, expected memory");
    }
    *program = nullptr;
    if (hn_status status = hardnet::check_program(tier, steps, count, threads, message)) {
        return status;
    }
    Program *made = nullptr;
    const hn_status status = Program::create(tier, steps, count, threads, &made, message);
    *program = reinterpret_cast<hn_program *>(made);
    return status;
}

int32_t hn_program_run(hn_program *program) {
    if (program == nullptr) {
        return HN_INVALID_ARGUMENT;
    }
    program_of(program)->run(nullptr);
    return HN_OK;
}

int32_t hn_program_profile(hn_program *program, int64_t *nanoseconds) {
    if (program == nullptr || nanoseconds == nullptr) {
        return HN_INVALID_ARGUMENT;
    }
    program_of(program)->run(nanoseconds);
    return HN_OK;
}

int32_t hn_write_rows(int32_t tier, const hn_step *step, int64_t first, int64_t end, const float *planes) {
    const KernelTable *table = table_for_rows(tier, step, first, end, planes);
    if (table == nullptr || step->kind != HN_COPY || step->output == nullptr) {
        return HN_INVALID_ARGUMENT;
    }
    table->write_rows(*step, first, end, planes);
    return HN_OK;
}

int32_t hn_read_rows(int32_t tier, const hn_step *step, int64_t first, int64_t end, float *planes) {
    const KernelTable *table = table_for_rows(tier, step, first, end, planes);
    if (table == nullptr || (step->kind != HN_COPY && step->kind != HN_RESIZE) || step->segments == nullptr) {
        return HN_INVALID_ARGUMENT;
    }
    table->read_rows(*step, first, end, planes);
    return HN_OK;
}

void hn_program_destroy(hn_program *program) { Program::destroy(program_of(program)); }

int32_t hn_simulation_create(int32_t tier, const hn_cache *first, const hn_cache *last, hn_simulation **simulation,
                             char *text, int64_t text_bytes) {
    Message message(text, text_bytes);
    if (first == nullptr || last == nullptr || simulation == nullptr) {
        return message.fail(HN_INVALID_ARGUMENT, "a cache or the place for the simulation is null, expected memory");
    }
    Simulation *made = nullptr;
    const hn_status status = Simulation::create(tier, *first, *last, &made, message);
    *simulation = reinterpret_cast<hn_simulation *>(made);
    return status;
}

int32_t hn_simulation_run(hn_simulation *simulation, const hn_step *step, hn_traffic *traffic, char *text,
                          int64_t text_bytes) {
    Message message(text, text_bytes);
    if (simulation == nullptr || step == nullptr || traffic == nullptr) {
        return message.fail(HN_INVALID_ARGUMENT, "the simulation, the step or the traffic is null, expected memory");
    }
    return simulation_of(simulation)->run(*step, *traffic, message);
}

void hn_simulation_destroy(hn_simulation *simulation) { Simulation::destroy(simulation_of(simulation)); }
