// Batch norm and ReLU of a view, by one or several norms: the input is read once, whatever their number.
//
// Packed weights are the scales of all outputs, [output][input channel], then the shifts.
#include "pixels.h"

namespace hardnet::HN_TIER {
namespace {

bool supports(const hn_step &step) { return step.kind == HN_BATCH_NORM_RELU; }

int64_t scales_of(const hn_step &step) { return static_cast<int64_t>(step.output_count) * step.in_c; }

int64_t packed_bytes(const hn_step &step) {
    return divide_up(2 * scales_of(step) * static_cast<int64_t>(sizeof(float)), 64) * 64;
}

void pack(const hn_step &step, const float *scales, const float *shifts, void *packed) {
    float *to = static_cast<float *>(packed);
    const int64_t floats = packed_bytes(step) / static_cast<int64_t>(sizeof(float));
    for (int64_t i = 0; i < floats; i++) {
        const int64_t shift = i - scales_of(step);
        to[i] = shift < 0 ? scales[i] : shift < scales_of(step) ? shifts[shift] : 0;
    }
}

HN_INLINE hn_output output_at(const hn_step &step, int32_t index) {
    return index == 0 ? hn_output{step.output, step.output_stride} : step.extra_outputs[index - 1];
}

// Up to LANES channels of one pixel, channel first of the input on.
HN_INLINE void run_lanes(const hn_step &step, Vec x, int64_t pixel, int32_t first, int32_t count) {
    const float *scales = static_cast<const float *>(step.weights) + first;
    const float *shifts = scales + scales_of(step);
    for (int32_t o = 0; o < step.output_count; o++) {
        const int64_t before = static_cast<int64_t>(o) * step.in_c;
        const Vec scale = load_some(scales + before, count);
        const Vec shift = load_some(shifts + before, count);
        const hn_output output = output_at(step, o);
        Element *to = static_cast<Element *>(output.data) + pixel * output.pixel_stride + first;
        store_some(to, relu(multiply_add(x, scale, shift)), count);
    }
}

void run_stretch(const hn_step &step, int64_t first_pixel, int64_t end) {
    int32_t before = 0;
    for (int32_t s = 0; s < step.segment_count; s++) {
        const hn_segment &segment = step.segments[s];
        for (int64_t pixel = first_pixel; pixel < end; pixel++) {
            const Element *from = map_of(segment) + pixel * segment.pixel_stride;
            int32_t c = 0;
            for (; c + LANES <= segment.channels; c += LANES) {
                run_lanes(step, load(from + c), pixel, before + c, LANES);
            }
            if (c < segment.channels) {
                const int32_t count = segment.channels - c;
                run_lanes(step, load_first(from + c, count), pixel, before + c, count);
            }
        }
        before += segment.channels;
    }
}

void run(const hn_step &step, int64_t item, void *) {
    for_stretches(step, item, [&](int64_t first, int64_t end) { run_stretch(step, first, end); });
}

int64_t work_items(const hn_step &step) { return pixel_ranges(step); }

} // namespace

extern const Kernel batch_norm_relu = {supports, packed_bytes, pack, no_bytes, work_items, run};

} // namespace hardnet::HN_TIER
