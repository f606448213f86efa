// Average pool: the mean over the part of the window inside the padded map, where the padding is zero. Large windows
// that overlap share the sums of their columns.
#include "window.h"

namespace hardnet::HN_TIER {
namespace {

// The most columns whose sums are kept.
constexpr uint32_t COLUMNS = 16;

bool supports(const hn_step &step) { return step.kind == HN_AVERAGE_POOL; }

// Whether sums of columns are worth keeping: for small windows, or such that share little, they are not.
bool shares_columns(const hn_step &step) {
    return step.kernel > 3 && step.kernel <= static_cast<int32_t>(COLUMNS) && 2 * step.stride <= step.kernel;
}

// Only a window that rounding the output's size up made hang over the padded map is smaller than the kernel.
int32_t padded_taps(const hn_step &step, int32_t start, int32_t size) {
    return smaller_of(step.kernel, size + step.padding - start);
}

// Up to LANES channels of one output row.
struct Strip {
    const hn_step &step;
    const float *data; // at the picture's first pixel
    int64_t pixel_stride;
    int32_t count;
    Taps rows;
    float *output;
};

HN_INLINE Vec add_column(const Strip &strip, int32_t x, Vec sum) {
    const int64_t row_stride = strip.step.in_w * strip.pixel_stride;
    const float *from = strip.data + (strip.rows.start + strip.rows.first) * row_stride + x * strip.pixel_stride;
    for (int32_t ky = strip.rows.first; ky < strip.rows.end; ky++) {
        sum = add(sum, load_some(from, strip.count));
        from += row_stride;
    }
    return sum;
}

HN_INLINE void store_mean(const Strip &strip, int32_t x, Taps columns, Vec sum) {
    const hn_step &step = strip.step;
    const int64_t height = padded_taps(step, strip.rows.start, step.in_h);
    const Vec divisor = broadcast(static_cast<float>(height * padded_taps(step, columns.start, step.in_w)));
    store_some(strip.output + x * step.output_stride, divide(sum, divisor), strip.count);
}

void run_apart(const Strip &strip) {
    const hn_step &step = strip.step;
    for (int32_t x = 0; x < step.out_w; x++) {
        const Taps columns = taps_at(step, x, step.in_w);
        Vec sum = broadcast(0);
        for (int32_t kx = columns.first; kx < columns.end; kx++) {
            sum = add_column(strip, columns.start + kx, sum);
        }
        store_mean(strip, x, columns, sum);
    }
}

void run_shared(const Strip &strip) {
    const hn_step &step = strip.step;
    Vec sums[COLUMNS];
    int32_t next = 0;
    for (int32_t x = 0; x < step.out_w; x++) {
        const Taps columns = taps_at(step, x, step.in_w);
        const int32_t first = columns.start + columns.first;
        const int32_t end = columns.start + columns.end;
        for (next = larger_of(next, first); next < end; next++) {
            sums[static_cast<uint32_t>(next) % COLUMNS] = add_column(strip, next, broadcast(0));
        }
        Vec sum = broadcast(0);
        for (int32_t column = first; column < end; column++) {
            sum = add(sum, sums[static_cast<uint32_t>(column) % COLUMNS]);
        }
        store_mean(strip, x, columns, sum);
    }
}

void run_row(const hn_step &step, int64_t picture, int32_t y, float *output) {
    const Taps rows = taps_at(step, y, step.in_h);
    const auto run_strip = shares_columns(step) ? run_shared : run_apart;
    for (int32_t s = 0; s < step.segment_count; s++) {
        const hn_segment &segment = step.segments[s];
        const float *data = segment.data + picture * segment.pixel_stride;
        for (int32_t c = 0; c < segment.channels; c += LANES) {
            const int32_t count = smaller_of(segment.channels - c, LANES);
            run_strip({step, data + c, segment.pixel_stride, count, rows, output + c});
        }
        output += segment.channels;
    }
}

void run(const hn_step &step, int64_t item) {
    for_rows(step, item, [&](int64_t picture, int32_t y, float *output) { run_row(step, picture, y, output); });
}

int64_t work_items(const hn_step &step) { return row_ranges(step); }

} // namespace

extern const Kernel average_pool = {supports, no_bytes, pack_nothing, no_workspace, work_items, run};

} // namespace hardnet::HN_TIER
