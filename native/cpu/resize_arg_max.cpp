// Bilinear resize with aligned corners, of which only the index of the largest channel is written: the resized map
// never exists.
//
// What lies between two input rows is kept for the two input columns around the output pixel; on the way along a row
// each input column is blended once.
#include "bilinear.h"
#include "window.h"

namespace hardnet::HN_TIER {
namespace {

bool supports(const hn_step &step) { return step.kind == HN_RESIZE_ARG_MAX; }

// An index is a byte.
constexpr int32_t MOST_CHANNELS = 256;

// All channels of a pixel, filled up to whole vectors with the first channel, which wins against its copies.
struct Pixel {
    alignas(64) float values[MOST_CHANNELS + LANES];
};

// Where an output row lies in the input.
struct Rows {
    int64_t top; // first pixel of the row
    int64_t bottom;
    Vec top_weight;
    Vec bottom_weight;
};

HN_INLINE Rows rows_at(const hn_step &step, Row row) {
    const Between between = Axis(step.in_h, step.out_h).at(row.y);
    const int64_t picture = row.picture * step.in_h;
    return {(picture + between.first) * step.in_w, (picture + between.second) * step.in_w,
            broadcast(between.first_weight), broadcast(between.second_weight)};
}

HN_INLINE void blend_rows(const hn_step &step, const Rows &rows, int32_t column, Pixel &pixel) {
    float *to = pixel.values;
    for (int32_t s = 0; s < step.segment_count; s++) {
        const hn_segment &segment = step.segments[s];
        const float *top = segment.data + (rows.top + column) * segment.pixel_stride;
        const float *bottom = segment.data + (rows.bottom + column) * segment.pixel_stride;
        for (int32_t c = 0; c < segment.channels; c += LANES) {
            const int32_t count = segment.channels - c;
            store(to + c, blend(load_some(top + c, count), load_some(bottom + c, count), rows.top_weight,
                                rows.bottom_weight));
        }
        to += segment.channels;
    }
    store(to, broadcast(pixel.values[0]));
}

// The two input columns around an output pixel.
class Columns {
  public:
    HN_ALWAYS_INLINE void move_to(const hn_step &step, const Rows &rows, const Between &columns) {
        if (columns.first == left_) {
            return;
        }
        if (columns.first == right_) {
            right_pixel_ = 1 - right_pixel_;
        } else {
            blend_rows(step, rows, columns.first, pixels_[1 - right_pixel_]);
        }
        blend_rows(step, rows, columns.second, pixels_[right_pixel_]);
        left_ = columns.first;
        right_ = columns.second;
    }

    HN_ALWAYS_INLINE void blend_columns(const Between &columns, int32_t count, Pixel &to) const {
        const float *left = pixels_[1 - right_pixel_].values;
        const float *right = pixels_[right_pixel_].values;
        const Vec left_weight = broadcast(columns.first_weight);
        const Vec right_weight = broadcast(columns.second_weight);
        for (int32_t c = 0; c < count; c += LANES) {
            store(to.values + c, blend(load(left + c), load(right + c), left_weight, right_weight));
        }
    }

  private:
    int32_t left_ = -1;
    int32_t right_ = -1;
    int right_pixel_ = 1;
    Pixel pixels_[2];
};

// The lowest index of the largest of count values; 0 when all are NaN.
HN_INLINE int32_t arg_max(const Pixel &pixel, int32_t count) {
    Vec max = broadcast(-__builtin_inff());
    for (int32_t c = 0; c < count; c += LANES) {
        max = larger_number(load(pixel.values + c), max);
    }
    const Vec largest = broadcast(largest_lane(max));
    for (int32_t c = 0; c < count; c += LANES) {
        const uint32_t equal = equal_lanes(load(pixel.values + c), largest);
        if (equal != 0) {
            return c + __builtin_ctz(equal);
        }
    }
    return 0;
}

void run_row(const hn_step &step, int64_t number) {
    const Rows rows = rows_at(step, row_at(step, number));
    const Axis axis(step.in_w, step.out_w);
    uint8_t *to = reinterpret_cast<uint8_t *>(step.output) + number * step.out_w * step.output_stride;
    Columns around;
    Pixel pixel;
    for (int32_t x = 0; x < step.out_w; x++) {
        const Between columns = axis.at(x);
        around.move_to(step, rows, columns);
        around.blend_columns(columns, step.in_c, pixel);
        to[x * step.output_stride] = static_cast<uint8_t>(arg_max(pixel, step.in_c));
    }
}

void run(const hn_step &step, int64_t item) {
    for_row_numbers(step, item, [&](int64_t number) { run_row(step, number); });
}

int64_t work_items(const hn_step &step) { return row_ranges(step); }

} // namespace

extern const Kernel resize_arg_max = {supports, no_bytes, pack_nothing, no_workspace, work_items, run};

} // namespace hardnet::HN_TIER
