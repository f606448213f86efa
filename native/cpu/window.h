// The part of a pooling or depthwise window that lies inside the map. These windows are square.
#ifndef HARDNET_CPU_WINDOW_H
#define HARDNET_CPU_WINDOW_H

#include "kernel.h"
#include "maps.h"

namespace hardnet::HN_TIER {
namespace {

// Taps first to end of a window that begins at start along one axis; none when end <= first.
struct Taps {
    int32_t start;
    int32_t first;
    int32_t end;
};

HN_INLINE Taps taps_at(const hn_step &step, int32_t out, int32_t size) {
    const int32_t start = out * step.stride - step.padding_h;
    const int32_t first = start < 0 ? (-start + step.dilation - 1) / step.dilation : 0;
    const int32_t room = size > start ? (size - start + step.dilation - 1) / step.dilation : 0;
    return {start, first, smaller_of(step.kernel_h, room)};
}

// An output row of the batch: its picture and its height.
struct Row {
    int64_t picture;
    int32_t y;
};

HN_INLINE Row row_at(const hn_step &step, int64_t row) {
    return {row / step.out_h, static_cast<int32_t>(row % step.out_h)};
}

HN_INLINE int64_t rows_of(const hn_step &step) { return static_cast<int64_t>(step.n) * step.out_h; }

// Input elements under an item's windows that make it long enough to claim it.
constexpr int64_t ITEM_ELEMENTS = 1 << 17;

// Ranges of output rows that the work is cut into.
HN_INLINE int64_t row_ranges(const hn_step &step) {
    const int64_t row_elements = static_cast<int64_t>(step.out_w) * step.in_c * step.kernel_h * step.kernel_w;
    return divide_up(rows_of(step), larger_of<int64_t>(1, ITEM_ELEMENTS / row_elements));
}

// Calls row_function(number of an output row of the batch) for the rows of an item.
template <typename RowFunction>
HN_INLINE void for_row_numbers(const hn_step &step, int64_t item, RowFunction row_function) {
    const int64_t ranges = row_ranges(step);
    const int64_t end = rows_of(step) * (item + 1) / ranges;
    for (int64_t number = rows_of(step) * item / ranges; number < end; number++) {
        row_function(number);
    }
}

// Calls row_function(picture's first input pixel, y, output row) for the rows of an item.
template <typename RowFunction> HN_INLINE void for_rows(const hn_step &step, int64_t item, RowFunction row_function) {
    for_row_numbers(step, item, [&](int64_t number) {
        const Row row = row_at(step, number);
        Element *output = output_of(step) + number * step.out_w * step.output_stride;
        row_function(row.picture * step.in_h * step.in_w, row.y, output);
    });
}

} // namespace
} // namespace hardnet::HN_TIER

#endif
