// What the CUDA kernels are launched with: one structure for all of them, passed by value.
//
// Strides count elements. A kernel works on packs of channels: one channel (names ending in _f32 and _f16), or 8 (names
// ending in _f16x8, where channels are contiguous, and every map, every pack and the first channel of every target
// begin at a multiple of 8 channels, aligned to 16 bytes).
#ifndef HN_CUDA_PARAMS_H
#define HN_CUDA_PARAMS_H

#include <stdint.h>

// Channels of a feature map inside a strip: element (n, c, p) is data[n * n_stride + c * c_stride + p * p_stride].
typedef struct hn_map {
    void *data;
    int64_t n_stride;
    int64_t c_stride;
    int64_t p_stride;
} hn_map; // 32 bytes

// One pack of channels of a view that is not a single map.
typedef struct hn_pack {
    const void *data;
    int64_t n_stride;
    int64_t p_stride;
} hn_pack; // 24 bytes

// What is read: one map, or, where packs is not null, one hn_pack (in device memory) for each pack of channels.
typedef struct hn_view {
    hn_map map;
    const hn_pack *packs;
} hn_view; // 40 bytes

// A place that results are written to: channels [first, first + channels) of the result, with a scale and a shift for
// each of them, then limited to [low, high] of the parameters; NaN stays NaN. The map's, the scales' and the shifts'
// first elements are those of channel first; null scales are 1, null shifts 0.
typedef struct hn_target {
    hn_map map;
    const float *scale;
    const float *shift;
    int32_t first;
    int32_t channels; // as many as stand in memory, padding included: what lies beyond out_c is written as zero
} hn_target; // 56 bytes

enum { HN_MAX_TARGETS = 6 };

typedef struct hn_params {
    hn_view in[2];                      // the second for hn_add only
    hn_target out[HN_MAX_TARGETS];
    const void *weight;                 // depthwise, conv, L2 norm: float32, see each kernel
    const float *in_shift;              // pools: added to what is read, or null
    float *workspace;                   // conv, in more than one split: see conv_block.h
    float low, high;                    // limits of the results; -inf and inf for none
    float in_low, in_high;              // pools: limits of what is read, after in_shift
    int32_t targets;                    // how many of out are used
    int32_t n, in_c, in_h, in_w;        // in_c without padding
    int32_t out_c, out_h, out_w;        // out_c without padding
    int32_t in_row;                     // hn_norm: pixels from one row read to the next, at least in_w
    int32_t kernel_h, kernel_w, stride, padding_h, padding_w, dilation;
    int32_t splits;                     // conv: layers of the grid, at least 1
} hn_params;                            // 80 + 336 + 24 + 16 + 64 = 520 bytes

#ifdef __cplusplus
static_assert(sizeof(hn_map) == 32 && sizeof(hn_pack) == 24 && sizeof(hn_view) == 40 && sizeof(hn_target) == 56,
              "Java writes these structures.");
static_assert(sizeof(hn_params) == 520, "Java writes this structure.");
#endif

#endif
