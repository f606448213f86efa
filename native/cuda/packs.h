// Packs of channels: as numbers, and as they stand in memory.
#ifndef HN_CUDA_PACKS_H
#define HN_CUDA_PACKS_H

#include "half.h"

#include <string.h>

namespace hn {

// The channels of one pack.
template <int PACK> struct Values {
    float v[PACK];
};

// Calls function(channel within the pack) for each.
template <int PACK, typename Function> HN_DEVICE void for_channels(Function function) {
    HN_UNROLL
    for (int32_t i = 0; i < PACK; i++) {
        function(i);
    }
}

template <int PACK> HN_DEVICE Values<PACK> all(float value) {
    Values<PACK> values;
    for_channels<PACK>([&](int32_t i) { values.v[i] = value; });
    return values;
}

// Eight elements of 16 bits: one access to memory.
struct alignas(16) EightHalves {
    uint32_t words[4];
};
static_assert(sizeof(EightHalves) == 8 * sizeof(half), "One pack.");

template <int PACK, typename T> HN_DEVICE Values<PACK> load(const T *from) {
    static_assert(PACK == 1 || (PACK == 8 && sizeof(T) == 2), "One element, or eight of 16 bits.");
    Values<PACK> values;
    if constexpr (PACK == 1) {
        values.v[0] = to_float(*from);
    } else {
        const EightHalves memory = *reinterpret_cast<const EightHalves *>(from);
        T elements[PACK];
        memcpy(elements, &memory, sizeof memory);
        for_channels<PACK>([&](int32_t i) { values.v[i] = to_float(elements[i]); });
    }
    return values;
}

template <int PACK, typename T> HN_DEVICE void store(T *to, const Values<PACK> &values) {
    static_assert(PACK == 1 || (PACK == 8 && sizeof(T) == 2), "One element, or eight of 16 bits.");
    if constexpr (PACK == 1) {
        *to = from_float<T>(values.v[0]);
    } else {
        T elements[PACK];
        for_channels<PACK>([&](int32_t i) { elements[i] = from_float<T>(values.v[i]); });
        EightHalves memory;
        memcpy(&memory, elements, sizeof memory);
        *reinterpret_cast<EightHalves *>(to) = memory;
    }
}

// Four numbers: one access to memory.
struct alignas(16) Four {
    float v[4];
};

// Parameters of a pack's channels, of which the first count exist; the others are zero. Neighbouring threads read
// neighbouring packs: eight accesses for one number each would cost more than those to the maps.
template <int PACK> HN_DEVICE Values<PACK> numbers(const float *from, int32_t count) {
    Values<PACK> values;
    if constexpr (PACK == 8) {
        if (count >= PACK && reinterpret_cast<uintptr_t>(from) % alignof(Four) == 0) {
            const Four *fours = reinterpret_cast<const Four *>(from);
            const Four halves[] = {fours[0], fours[1]};
            for_channels<PACK>([&](int32_t i) { values.v[i] = halves[i / 4].v[i % 4]; });
            return values;
        }
    }
    for_channels<PACK>([&](int32_t i) { values.v[i] = i < count ? from[i] : 0; });
    return values;
}

} // namespace hn

#endif
