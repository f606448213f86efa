// The one interface between a program and the code that computes an operator. It holds no inline function: code that is
// compiled for an instruction-set tier includes it, and must not leave symbols the portable code could be linked to.
#ifndef HARDNET_CPU_KERNEL_H
#define HARDNET_CPU_KERNEL_H

#include "hardnet.h"

namespace hardnet {

// One way to compute the operators it supports. Everything but run depends on the sizes of a step only, so weights can
// be packed before memory is planned. Items are independent of each other; their number does not depend on that of the
// threads, but for the choice between a kernel and its shared one.
struct Kernel {
    bool (*supports)(const hn_step &step);
    int64_t (*packed_bytes)(const hn_step &step);
    void (*pack)(const hn_step &step, const float *weights, const float *bias, void *packed);
    int64_t (*scratch_bytes)(const hn_step &step); // that each thread needs for itself while it runs an item
    int64_t (*work_items)(const hn_step &step);
    void (*run)(const hn_step &step, int64_t item, void *scratch); // 64-byte aligned
    int32_t convolution = HN_CHOSEN;                               // the way it computes an HN_CONV, if it does
    const Kernel *shared = nullptr; // the same with items for several threads, where those are not the best for one
};

// The kernels of one tier in order of preference: the first that supports a step computes it. And what measures the
// processor with the tier's vectors, as hn_multiply_adds and hn_sum say; and what moves tensors, as hn_write_rows and
// hn_read_rows say.
struct KernelTable {
    const Kernel *const *kernels;
    int32_t count;
    int64_t (*multiply_adds)(int64_t rounds);
    float (*sum)(const float *data, int64_t count);
    void (*write_rows)(const hn_step &step, int64_t first, int64_t end, const float *planes);
    void (*read_rows)(const hn_step &step, int64_t first, int64_t end, float *planes);
};

namespace portable {
extern const KernelTable table;
}
namespace neon {
extern const KernelTable table;
}
namespace avx2 {
extern const KernelTable table;
}
namespace avx512 {
extern const KernelTable table;
}

// The same kernels over maps of HN_BFLOAT16; see simd/bfloat16.h.
namespace portable_bfloat16 {
extern const KernelTable table;
}
namespace neon_bfloat16 {
extern const KernelTable table;
}
namespace avx2_bfloat16 {
extern const KernelTable table;
}
namespace avx512_bfloat16 {
extern const KernelTable table;
}

// The same kernels over vectors that hold nothing and tell where they are loaded and stored; see simd/vector_trace.h.
namespace trace_portable {
extern const KernelTable table;
}
namespace trace_neon {
extern const KernelTable table;
}
namespace trace_avx2 {
extern const KernelTable table;
}
namespace trace_avx512 {
extern const KernelTable table;
}

// Kernels that have no weights, or need no scratch memory, share these.
int64_t no_bytes(const hn_step &step);
void pack_nothing(const hn_step &step, const float *weights, const float *bias, void *packed);

} // namespace hardnet

#endif
