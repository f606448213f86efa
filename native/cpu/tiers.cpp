#include "tiers.h"

#include <string.h>

namespace hardnet {

namespace {

#if defined(HN_HAS_X86_TIERS)
// The compiler's check includes that the system saves the wide registers.
bool has_avx2() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }

bool has_avx512() {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") && has_avx2();
}
#endif

const KernelTable *table_of(int32_t tier) {
    switch (tier) {
    case HN_TIER_PORTABLE:
        return &portable::table;
#if defined(HN_HAS_ARM64_TIERS)
    case HN_TIER_NEON:
        return &neon::table;
#endif
#if defined(HN_HAS_X86_TIERS)
    case HN_TIER_AVX2:
        return has_avx2() ? &avx2::table : nullptr;
    case HN_TIER_AVX512:
        return has_avx512() ? &avx512::table : nullptr;
#endif
    default:
        return nullptr;
    }
}

// The tier must be supported.
const KernelTable &bfloat16_table_of(int32_t tier) {
    switch (tier) {
#if defined(HN_HAS_ARM64_TIERS)
    case HN_TIER_NEON:
        return neon_bfloat16::table;
#endif
#if defined(HN_HAS_X86_TIERS)
    case HN_TIER_AVX2:
        return avx2_bfloat16::table;
    case HN_TIER_AVX512:
        return avx512_bfloat16::table;
#endif
    default:
        return portable_bfloat16::table;
    }
}

// The tier must be supported.
const KernelTable &traced_table_of(int32_t tier) {
    switch (tier) {
#if defined(HN_HAS_ARM64_TIERS)
    case HN_TIER_NEON:
        return trace_neon::table;
#endif
#if defined(HN_HAS_X86_TIERS)
    case HN_TIER_AVX2:
        return trace_avx2::table;
    case HN_TIER_AVX512:
        return trace_avx512::table;
#endif
    default:
        return trace_portable::table;
    }
}

const Kernel *find_in(const KernelTable &table, const hn_step &step) {
    for (int32_t i = 0; i < table.count; i++) {
        if (table.kernels[i]->supports(step)) {
            return table.kernels[i];
        }
    }
    return nullptr;
}

#if defined(HN_HAS_X86_TIERS)
// Written once, when the library is loaded.
struct Description {
    char text[128] = "x86-64:";

    Description() {
        __builtin_cpu_init();
        add(__builtin_cpu_supports("sse4.2"), " sse4.2");
        add(__builtin_cpu_supports("avx"), " avx");
        add(__builtin_cpu_supports("avx2"), " avx2");
        add(__builtin_cpu_supports("fma"), " fma");
        add(__builtin_cpu_supports("avx512f"), " avx512f");
        add(__builtin_cpu_supports("avx512vl"), " avx512vl");
        add(__builtin_cpu_supports("avx512dq"), " avx512dq");
        add(__builtin_cpu_supports("avx512bw"), " avx512bw");
    }

    void add(bool has, const char *name) { strncat(text, has ? name : "", sizeof text - strlen(text) - 1); }
};
#elif defined(HN_HAS_ARM64_TIERS)
struct Description {
    char text[16] = "arm64: neon";
};
#else
struct Description {
    char text[64] = "no known vector instructions";
};
#endif

const Description description;

} // namespace

bool tier_supported(int32_t tier) { return table_of(tier) != nullptr; }

const KernelTable *kernel_table(int32_t tier) { return table_of(tier); }

const KernelTable &kernel_table(int32_t tier, int32_t element) {
    return element == HN_BFLOAT16 ? bfloat16_table_of(tier) : *table_of(tier);
}

int32_t best_tier() {
    int32_t tier = HN_TIER_AVX512;
    while (!tier_supported(tier)) {
        tier--;
    }
    return tier;
}

const char *tier_name(int32_t tier) {
    static const char *const names[] = {"portable", "neon", "avx2", "avx512"};
    return tier >= HN_TIER_PORTABLE && tier <= HN_TIER_AVX512 ? names[tier] : "unknown";
}

const char *processor() { return description.text; }

const Kernel *find_kernel(int32_t tier, const hn_step &step) {
    return find_in(kernel_table(tier, step.element), step);
}

const Kernel *find_traced_kernel(int32_t tier, const hn_step &step) { return find_in(traced_table_of(tier), step); }

} // namespace hardnet
