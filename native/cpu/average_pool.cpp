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
    return step.kernel_h > 3 && step.kernel_h <= static_cast<int32_t>(COLUMNS) && 2 * step.stride <= step.kernel_h;
}

// Only a window that rounding the output's size up made hang over the padded map is smaller than the kernel.
int32_t padded_taps(const hn_step &step, int32_t start, int32_t size) {
    return smaller_of(step.kernel_h, size + step.padding_h - start);
}

// The channels of one output row from some channel of a segment on.
struct Strip {
    const hn_step &step;
    const Element *data; // at the picture's first pixel
    int64_t pixel_stride;
    int32_t count; // channels left in the segment
    Taps rows;
    Element *output;
};

// Vectors that are summed side by side: their memory is contiguous, and their sums do not wait for each other.
constexpr int MOST_VECTORS = 2;

template <int N> HN_INLINE void clear(Vec (&sums)[N]) {
#pragma GCC unroll 4
    for (int v = 0; v < N; v++) {
        sums[v] = broadcast(0);
    }
}

// Vectors side by side are whole; one on its own may be partly filled.
template <int N> HN_INLINE Vec load_vector(const Element *from, int v, int32_t count) {
    return N > 1 ? load(from + v * LANES) : load_some(from, count);
}

template <int N> HN_INLINE void add_column(const Strip &strip, int32_t x, Vec (&sums)[N]) {
    const int64_t row_stride = strip.step.in_w * strip.pixel_stride;
    const Element *from = strip.data + (strip.rows.start + strip.rows.first) * row_stride + x * strip.pixel_stride;
    for (int32_t ky = strip.rows.first; ky < strip.rows.end; ky++) {
#pragma GCC unroll 4
        for (int v = 0; v < N; v++) {
            sums[v] = add(sums[v], load_vector<N>(from, v, strip.count));
        }
        from += row_stride;
    }
}

template <int N> HN_INLINE void store_means(const Strip &strip, int32_t x, Taps columns, const Vec (&sums)[N]) {
    const hn_step &step = strip.step;
    const int64_t height = padded_taps(step, strip.rows.start, step.in_h);
    const Vec divisor = broadcast(static_cast<float>(height * padded_taps(step, columns.start, step.in_w)));
    Element *to = strip.output + x * step.output_stride;
#pragma GCC unroll 4
    for (int v = 0; v < N; v++) {
        store_some(to + v * LANES, divide(sums[v], divisor), strip.count - v * LANES);
    }
}

template <int N> void run_apart(const Strip &strip) {
    const hn_step &step = strip.step;
    for (int32_t x = 0; x < step.out_w; x++) {
        const Taps columns = taps_at(step, x, step.in_w);
        Vec sums[N];
        clear(sums);
        for (int32_t kx = columns.first; kx < columns.end; kx++) {
            add_column(strip, columns.start + kx, sums);
        }
        store_means(strip, x, columns, sums);
    }
}

template <int N> void run_shared(const Strip &strip) {
    const hn_step &step = strip.step;
    Vec kept[COLUMNS][N];
    int32_t next = 0;
    for (int32_t x = 0; x < step.out_w; x++) {
        const Taps columns = taps_at(step, x, step.in_w);
        const int32_t first = columns.start + columns.first;
        const int32_t end = columns.start + columns.end;
        for (next = larger_of(next, first); next < end; next++) {
            Vec(&column_sums)[N] = kept[static_cast<uint32_t>(next) % COLUMNS];
            clear(column_sums);
            add_column(strip, next, column_sums);
        }
        Vec sums[N];
        clear(sums);
        for (int32_t column = first; column < end; column++) {
#pragma GCC unroll 4
            for (int v = 0; v < N; v++) {
                sums[v] = add(sums[v], kept[static_cast<uint32_t>(column) % COLUMNS][v]);
            }
        }
        store_means(strip, x, columns, sums);
    }
}

template <int N> void run_strip(const Strip &strip) {
    if (shares_columns(strip.step)) {
        run_shared<N>(strip);
    } else {
        run_apart<N>(strip);
    }
}

void run_row(const hn_step &step, int64_t picture, int32_t y, Element *output) {
    const Taps rows = taps_at(step, y, step.in_h);
    for (int32_t s = 0; s < step.segment_count; s++) {
        const hn_segment &segment = step.segments[s];
        const Element *data = map_of(segment) + picture * segment.pixel_stride;
        for (int32_t c = 0; c < segment.channels;) {
            const int32_t count = segment.channels - c;
            const Strip strip = {step, data + c, segment.pixel_stride, count, rows, output + c};
            if (count >= MOST_VECTORS * LANES) {
                run_strip<MOST_VECTORS>(strip);
                c += MOST_VECTORS * LANES;
            } else {
                run_strip<1>(strip);
                c += LANES;
            }
        }
        output += segment.channels;
    }
}

void run(const hn_step &step, int64_t item, void *) {
    for_rows(step, item, [&](int64_t picture, int32_t y, Element *output) { run_row(step, picture, y, output); });
}

int64_t work_items(const hn_step &step) { return row_ranges(step); }

} // namespace

extern const Kernel average_pool = {supports, no_bytes, pack_nothing, no_bytes, work_items, run};

} // namespace hardnet::HN_TIER
