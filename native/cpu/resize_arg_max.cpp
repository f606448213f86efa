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

// Up to LANES channels of one segment in one input column.
HN_INLINE Vec blend_rows(const hn_segment &segment, const Rows &rows, int32_t column, int32_t c, int32_t count) {
    const Element *top = map_of(segment) + (rows.top + column) * segment.pixel_stride + c;
    const Element *bottom = map_of(segment) + (rows.bottom + column) * segment.pixel_stride + c;
    return blend(load_some(top, count), load_some(bottom, count), rows.top_weight, rows.bottom_weight);
}

HN_INLINE Vec first_channel(const hn_segment &segment, const Rows &rows, int32_t column) {
    const Vec top = broadcast(map_of(segment)[(rows.top + column) * segment.pixel_stride]);
    const Vec bottom = broadcast(map_of(segment)[(rows.bottom + column) * segment.pixel_stride]);
    return blend(top, bottom, rows.top_weight, rows.bottom_weight);
}

HN_INLINE void blend_pixel(const hn_step &step, const Rows &rows, int32_t column, Pixel &pixel) {
    const Vec filling = first_channel(step.segments[0], rows, column);
    float *to = pixel.values;
    for (int32_t s = 0; s < step.segment_count; s++) {
        const hn_segment &segment = step.segments[s];
        int32_t c = 0;
        for (; c + LANES <= segment.channels; c += LANES) {
            store(to + c, blend_rows(segment, rows, column, c, LANES));
        }
        if (c < segment.channels) {
            const int32_t count = segment.channels - c;
            store(to + c, first_of(blend_rows(segment, rows, column, c, count), filling, count));
        }
        to += segment.channels;
    }
    // The last vector of several segments may end before the last vector of the pixel.
    if (step.segment_count > 1) {
        store(to, filling);
    }
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
            blend_pixel(step, rows, columns.first, pixels_[1 - right_pixel_]);
        }
        blend_pixel(step, rows, columns.second, pixels_[right_pixel_]);
        left_ = columns.first;
        right_ = columns.second;
    }

    // LANES channels from c on of what lies between the columns.
    HN_ALWAYS_INLINE Vec blend_columns(Vec left_weight, Vec right_weight, int32_t c) const {
        return blend(load(pixels_[1 - right_pixel_].values + c), load(pixels_[right_pixel_].values + c), left_weight,
                     right_weight);
    }

  private:
    int32_t left_ = -1;
    int32_t right_ = -1;
    int right_pixel_ = 1;
    Pixel pixels_[2];
};

// Minus infinity, as NaN, is never the largest: index 0 stands for either.
constexpr float LEAST = -__FLT_MAX__;

// Few vectors stay in registers.
constexpr int32_t FEW_VECTORS = 5;

// The lowest index of the largest value between the columns; 0 when there is none.
template <int VECTORS> HN_INLINE int32_t arg_max_of_few(const Columns &around, const Between &columns) {
    const Vec left_weight = broadcast(columns.first_weight);
    const Vec right_weight = broadcast(columns.second_weight);
    Vec values[VECTORS];
    Vec max = broadcast(LEAST);
#pragma GCC unroll 8
    for (int v = 0; v < VECTORS; v++) {
        values[v] = around.blend_columns(left_weight, right_weight, v * LANES);
        max = larger_number(values[v], max);
    }
    const Vec largest = broadcast(largest_lane(max));
    int32_t index = 0;
#pragma GCC unroll 8
    for (int v = VECTORS - 1; v >= 0; v--) {
        const uint32_t equal = equal_lanes(values[v], largest);
        index = equal == 0 ? index : v * LANES + __builtin_ctz(equal);
    }
    return index;
}

// The same for any number of channels.
HN_INLINE int32_t arg_max_of_many(const Columns &around, const Between &columns, int32_t count) {
    const Vec left_weight = broadcast(columns.first_weight);
    const Vec right_weight = broadcast(columns.second_weight);
    Pixel pixel;
    Vec max = broadcast(LEAST);
    for (int32_t c = 0; c < count; c += LANES) {
        const Vec values = around.blend_columns(left_weight, right_weight, c);
        max = larger_number(values, max);
        store(pixel.values + c, values);
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

// VECTORS: 0 for any number.
template <int VECTORS> __attribute__((noinline)) void run_row(const hn_step &step, int64_t number) {
    const Rows rows = rows_at(step, row_at(step, number));
    const Axis axis(step.in_w, step.out_w);
    uint8_t *to = static_cast<uint8_t *>(step.output) + number * step.out_w * step.output_stride;
    Columns around;
    for (int32_t x = 0; x < step.out_w; x++) {
        const Between columns = axis.at(x);
        around.move_to(step, rows, columns);
        if constexpr (VECTORS > 0) {
            store_byte(to, arg_max_of_few<VECTORS>(around, columns));
        } else {
            store_byte(to, arg_max_of_many(around, columns, step.in_c));
        }
        to += step.output_stride;
    }
}

template <int VECTORS> void run_row_of(int32_t vectors, const hn_step &step, int64_t number) {
    if (vectors == VECTORS) {
        run_row<VECTORS>(step, number);
    } else if constexpr (VECTORS > 0) {
        run_row_of<VECTORS - 1>(vectors, step, number);
    } else {
        run_row<0>(step, number);
    }
}

void run(const hn_step &step, int64_t item, void *) {
    const int32_t vectors = static_cast<int32_t>(divide_up(step.in_c, LANES));
    for_row_numbers(step, item, [&](int64_t number) { run_row_of<FEW_VECTORS>(vectors, step, number); });
}

int64_t work_items(const hn_step &step) { return row_ranges(step); }

} // namespace

extern const Kernel resize_arg_max = {supports, no_bytes, pack_nothing, no_bytes, work_items, run};

} // namespace hardnet::HN_TIER
