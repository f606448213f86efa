// L2 norm over the channels of a pixel, times one weight per channel.
//
// Packed weights are the weights as they come.
#include "pixels.h"

namespace hardnet::HN_TIER {
namespace {

// Keeps a pixel of zeros from dividing by zero.
constexpr float EPSILON = 1e-10f;

bool supports(const hn_step &step) { return step.kind == HN_L2_NORM; }

int64_t packed_bytes(const hn_step &step) {
    return divide_up(step.in_c * static_cast<int64_t>(sizeof(float)), 64) * 64;
}

void pack(const hn_step &step, const float *weights, const float *, void *packed) {
    float *to = static_cast<float *>(packed);
    const int64_t floats = packed_bytes(step) / static_cast<int64_t>(sizeof(float));
    for (int64_t i = 0; i < floats; i++) {
        to[i] = i < step.in_c ? weights[i] : 0;
    }
}

float norm_of(const hn_step &step, int64_t pixel) {
    Vec squares = broadcast(0);
    for (int32_t s = 0; s < step.segment_count; s++) {
        const hn_segment &segment = step.segments[s];
        const Element *from = map_of(segment) + pixel * segment.pixel_stride;
        for (int32_t c = 0; c < segment.channels; c += LANES) {
            const Vec x = load_some(from + c, segment.channels - c);
            squares = multiply_add(x, x, squares);
        }
    }
    float lanes[LANES];
    store(lanes, squares);
    float sum = 0;
    for (float lane : lanes) {
        sum += lane;
    }
    return __builtin_sqrtf(sum);
}

void run_pixel(const hn_step &step, int64_t pixel) {
    const Vec divisor = broadcast(norm_of(step, pixel) + EPSILON);
    const float *weights = static_cast<const float *>(step.weights);
    Element *to = output_of(step) + pixel * step.output_stride;
    for (int32_t s = 0; s < step.segment_count; s++) {
        const hn_segment &segment = step.segments[s];
        const Element *from = map_of(segment) + pixel * segment.pixel_stride;
        for (int32_t c = 0; c < segment.channels; c += LANES) {
            const int32_t count = segment.channels - c;
            const Vec x = divide(load_some(from + c, count), divisor);
            store_some(to + c, multiply(load_some(weights + c, count), x), count);
        }
        to += segment.channels;
        weights += segment.channels;
    }
}

void run(const hn_step &step, int64_t item, void *) {
    for_stretches(step, item, [&](int64_t first, int64_t end) {
        for (int64_t pixel = first; pixel < end; pixel++) {
            run_pixel(step, pixel);
        }
    });
}

int64_t work_items(const hn_step &step) { return pixel_ranges(step); }

} // namespace

extern const Kernel l2_norm = {supports, packed_bytes, pack, no_bytes, work_items, run};

} // namespace hardnet::HN_TIER
