// A convolution of 1 x 1, and a depthwise one of 3 x 3 over what it gives. Of the map between them a few rows and a
// block of channels exist at a time, in memory of the thread that stays in its cache. Both sum in the order they have
// as steps of their own, so the results are the same to the bit.
//
// Packed weights are those of the first, then those of the second.
#include "conv_items.h"
#include "depthwise_window.h"
#include "fetch.h"
#include "pointwise.h"
#include "window.h"

namespace hardnet::HN_TIER {
namespace {

// Pixels of the map between that are computed at a time: whole tiles, even where rows are short.
constexpr int64_t CHUNK_PIXELS = 56;

// Strips compute the rows under their common border anew; at most one row in this many is.
constexpr int32_t ROWS_PER_REPEATED = 14;

// From here on two threads have a strip each, though more rows than one in ROWS_PER_REPEATED are then computed twice:
// sharing out channels instead, each would read the half of the input that the other has just written.
constexpr int32_t ROWS_TO_SHARE = 14;

// Multiply-adds below which an item is not worth cutting.
constexpr int64_t LEAST_MULTIPLY_ADDS = 1 << 18;

bool supports(const hn_step &step) { return step.kind == HN_CONV_DEPTHWISE; }

hn_step pointwise_of(const hn_step &step) {
    hn_step pointwise = step;
    pointwise.kind = HN_CONV;
    pointwise.activation = step.inner_activation;
    pointwise.out_h = step.in_h;
    pointwise.out_w = step.in_w;
    pointwise.kernel_h = pointwise.kernel_w = pointwise.stride = 1;
    pointwise.padding_h = pointwise.padding_w = 0;
    return pointwise;
}

hn_step depthwise_of(const hn_step &step) {
    hn_step depthwise = step;
    depthwise.kind = HN_DEPTHWISE_CONV;
    depthwise.in_c = step.out_c;
    return depthwise;
}

int64_t packed_bytes(const hn_step &step) {
    return conv_packed_bytes(pointwise_of(step)) + depthwise_packed_bytes(depthwise_of(step));
}

void pack(const hn_step &step, const float *weights, const float *bias, void *packed) {
    const hn_step pointwise = pointwise_of(step);
    pack_dense(pointwise, weights, bias, packed);
    pack_depthwise(depthwise_of(step), weights + static_cast<int64_t>(step.out_c) * step.in_c, bias + step.out_c,
                   static_cast<char *>(packed) + conv_packed_bytes(pointwise));
}

// Rows first to end.
struct RowRange {
    int32_t first;
    int32_t end;
};

// The rows of the input, and of the map between, under output rows.
RowRange rows_under(const hn_step &step, RowRange output) {
    const int32_t first = output.first * step.stride - step.padding_h;
    const int32_t end = (output.end - 1) * step.stride - step.padding_h + step.kernel_h;
    return {larger_of(0, first), smaller_of(step.in_h, end)};
}

int32_t most_strips(const hn_step &step, bool shared) {
    const int32_t repeated = shared ? 3 - step.stride : 2;
    const int32_t strips = 1 + step.in_h / (ROWS_PER_REPEATED * repeated);
    return smaller_of(step.out_h, shared && step.in_h >= ROWS_TO_SHARE ? larger_of(2, strips) : strips);
}

// A power of two, which two, four, eight threads share out evenly.
int32_t strips_of(const hn_step &step, bool shared) {
    const int64_t lanes = static_cast<int64_t>(vectors_of(step)) * LANES;
    const int64_t multiply_adds = static_cast<int64_t>(step.in_h) * step.in_w * step.in_c * lanes;
    const int32_t most = most_strips(step, shared);
    int32_t strips = 1;
    while (2 * strips <= most && multiply_adds / (2 * strips) >= LEAST_MULTIPLY_ADDS) {
        strips *= 2;
    }
    return strips;
}

template <bool SHARED> int64_t work_items(const hn_step &step) {
    return static_cast<int64_t>(step.n) * strips_of(step, SHARED) * blocks_of(step);
}

struct Item {
    int64_t picture;
    RowRange rows; // of the output
    Block block;
};

// All blocks go through one strip, then the next: a thread reads what lies where it wrote the step before.
Item item_at(const hn_step &step, int64_t index, bool shared) {
    const int64_t blocks = blocks_of(step);
    const int64_t strips = strips_of(step, shared);
    const int64_t strip = index / blocks % strips;
    const RowRange rows = {static_cast<int32_t>(divide_up(step.out_h * strip, strips)),
                           static_cast<int32_t>(divide_up(step.out_h * (strip + 1), strips))};
    return {index / (blocks * strips), rows, block_of(step, index % blocks)};
}

int32_t chunk_rows(const hn_step &step) {
    return static_cast<int32_t>(smaller_of<int64_t>(step.in_h, larger_of<int64_t>(1, CHUNK_PIXELS / step.in_w)));
}

// Whole chunks: one more than the rows under a window reach back to.
int32_t ring_rows(const hn_step &step) {
    const int32_t chunk = chunk_rows(step);
    return static_cast<int32_t>(divide_up(chunk + step.kernel_h - 1, chunk)) * chunk;
}

int64_t scratch_bytes(const hn_step &step) {
    const int64_t widest = smaller_of(vectors_of(step), 3) * LANES;
    return static_cast<int64_t>(ring_rows(step)) * step.in_w * widest * static_cast<int64_t>(sizeof(Element));
}

// One item on its way from the input to the output.
class Strip {
  public:
    Strip(const hn_step &step, const Item &item, void *scratch)
        : step_(step), item_(item), pointwise_(pointwise_of(step)), depthwise_(depthwise_of(step)),
          rows_(rows_under(step, item.rows)), chunk_(chunk_rows(step)), ring_(ring_rows(step)),
          width_(item.block.vectors * LANES), scratch_(static_cast<Element *>(scratch)) {}

    void run() {
        int32_t computed = rows_.first;
        for (int32_t y = item_.rows.first; y < item_.rows.end; y++) {
            const Taps taps = taps_at(step_, y, step_.in_h);
            for (; computed < taps.start + taps.end; computed += chunk_) {
                compute_rows({computed, smaller_of(computed + chunk_, rows_.end)});
            }
            convolve_row(y, taps);
        }
    }

  private:
    Element *row_at(int32_t row) const {
        return scratch_ + static_cast<int64_t>((row - rows_.first) % ring_) * step_.in_w * width_;
    }

    int32_t first_channel() const { return item_.block.first_vector * LANES; }

    // The output rows that begin in the given ones, which are computed next.
    void fetch_output(RowRange rows) const {
        const int64_t first = larger_of<int64_t>(item_.rows.first, divide_up(rows.first, step_.stride));
        const int64_t end = smaller_of<int64_t>(item_.rows.end, divide_up(rows.end, step_.stride));
        const int64_t pixel = (item_.picture * step_.out_h + first) * step_.out_w;
        fetch_to_write(output_of(step_) + pixel * step_.output_stride + first_channel(), (end - first) * step_.out_w,
                       step_.output_stride, smaller_of(step_.out_c - first_channel(), width_));
    }

    void compute_rows(RowRange rows) const {
        fetch_output(rows);
        const int64_t first = (item_.picture * step_.in_h + rows.first) * step_.in_w;
        const int64_t end = first + static_cast<int64_t>(rows.end - rows.first) * step_.in_w;
        const Task task = {pointwise_, block_weights(pointwise_, item_.block), width_, width_, first,
                           row_at(rows.first)};
        run_block_of<Pixels>(item_.block.vectors, task, first, end);
    }

    void convolve_row(int32_t y, const Taps &taps) const {
        const char *packed = static_cast<const char *>(step_.weights) + conv_packed_bytes(pointwise_);
        const int64_t pixel = (item_.picture * step_.out_h + y) * step_.out_w;
        WindowRow row = {depthwise_,
                         {},
                         taps.first,
                         taps.end - taps.first,
                         width_,
                         smaller_of(step_.out_c - first_channel(), width_),
                         reinterpret_cast<const float *>(packed) + first_channel(),
                         output_of(step_) + pixel * step_.output_stride + first_channel(),
                         0,
                         step_.out_w};
        for (int32_t r = 0; r < row.rows; r++) {
            row.data[r] = row_at(taps.start + taps.first + r);
        }
        run_window_row(row);
    }

    const hn_step &step_;
    const Item item_;
    const hn_step pointwise_;
    const hn_step depthwise_;
    const RowRange rows_; // of the map between
    const int32_t chunk_; // rows that are computed at a time
    const int32_t ring_;  // rows that there is memory for
    const int32_t width_; // channels of a pixel, whole vectors
    Element *const scratch_;
};

template <bool SHARED> void run(const hn_step &step, int64_t item, void *scratch) {
    Strip(step, item_at(step, item, SHARED), scratch).run();
}

} // namespace

static const Kernel shared = {supports, packed_bytes, pack, scratch_bytes, work_items<true>, run<true>};
extern const Kernel conv_depthwise = {supports,          packed_bytes, pack,      scratch_bytes,
                                      work_items<false>, run<false>,   HN_CHOSEN, &shared};

} // namespace hardnet::HN_TIER
