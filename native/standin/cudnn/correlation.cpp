// Stand-in CUDA for tests (standin.h says what it proves and what not): all of its convolutions.
//
// An image at a time is widened to padded float32 planes; blocks of pixels are gathered into columns, and multiplied
// with the filters tile by tile.
#include "correlation.h"

#include "gemm_tile.h"
#include "half.h"
#include "parallel.h"

#include <algorithm>
#include <cmath>

namespace standin {

namespace {

constexpr int64_t DEPTH_BLOCK = 384; // few enough sums in a row that float32 stays accurate
constexpr int64_t PIXEL_BLOCK = 256;

int64_t rounded_up(int64_t value, int64_t multiple) { return (value + multiple - 1) / multiple * multiple; }

int64_t index_of(const Tensor &tensor, int64_t n, int64_t c, int64_t h, int64_t w) {
    return n * tensor.stride[N] + c * tensor.stride[C] + h * tensor.stride[H] + w * tensor.stride[W];
}

class Correlator {
  public:
    explicit Correlator(const Correlation &correlation)
        : c_(correlation), in_c_(c_.source.size[C] / c_.groups), out_c_(c_.result.size[C] / c_.groups),
          taps_(c_.kernel.h * c_.kernel.w), depth_(in_c_ * taps_), out_w_(c_.result.size[W]),
          pixels_(c_.result.size[H] * out_w_),
          plane_{(c_.result.size[H] - 1) * c_.step.h + (c_.kernel.h - 1) * c_.dilation.h + 1,
                 (out_w_ - 1) * c_.step.w + (c_.kernel.w - 1) * c_.dilation.w + 1},
          block_(std::min(PIXEL_BLOCK, rounded_up((pixels_ + 1) / 2, tile_.columns))),
          result_offsets_(result_offsets()) {}

    void run() {
        spoil_result();
        pack_filters();
        for (int64_t n = 0; n < c_.result.size[N]; n++) {
            load_planes(n);
            const int64_t blocks = (pixels_ + block_ - 1) / block_;
            parallel(blocks * c_.groups,
                     [&](int64_t item) { compute(n, item % c_.groups, item / c_.groups * block_); });
        }
    }

  private:
    // Shows where a result overlaps with what is still to be read.
    void spoil_result() {
        if (c_.beta != 0) {
            return;
        }
        const std::vector<float> spoiled(static_cast<size_t>(pixels_), NAN);
        for (int64_t n = 0; n < c_.result.size[N]; n++) {
            parallel(c_.result.size[C], [&](int64_t channel) { store(n, channel, 0, pixels_, spoiled.data()); });
        }
    }

    int64_t panels() const { return rounded_up(out_c_, tile_.rows) / tile_.rows; }

    // [group][panel][depth][rows of a tile], depth in the order channel, row, column.
    void pack_filters() {
        filters_.assign(static_cast<size_t>(c_.groups * panels() * depth_ * tile_.rows), 0.0f);
        parallel(c_.groups * panels(), [&](int64_t item) {
            const int64_t group = item / panels();
            const int64_t first = item % panels() * tile_.rows;
            float *to = filters_.data() + item * depth_ * tile_.rows;
            for (int64_t row = 0; row < std::min(tile_.rows, out_c_ - first); row++) {
                pack_filter(c_.filter.origin + group * c_.filter.group + (first + row) * c_.filter.out, to + row);
            }
        });
    }

    void pack_filter(int64_t index, float *to) {
        const Tensor type = {c_.filter_type, {}, {}};
        for (int64_t channel = 0; channel < in_c_; channel++) {
            for (int64_t row = 0; row < c_.kernel.h; row++) {
                for (int64_t column = 0; column < c_.kernel.w; column++, to += tile_.rows) {
                    *to = load_element(
                        type, c_.filter_data,
                        index + channel * c_.filter.in + row * c_.filter.row + column * c_.filter.column);
                }
            }
        }
    }

    void load_planes(int64_t n) {
        planes_.assign(static_cast<size_t>(c_.source.size[C] * plane_.h * plane_.w), 0.0f);
        parallel(c_.source.size[C], [&](int64_t channel) {
            float *plane = planes_.data() + channel * plane_.h * plane_.w;
            for (int64_t h = 0; h < c_.source.size[H]; h++) {
                const int64_t y = h * c_.spread.h + c_.origin.h;
                if (y >= 0 && y < plane_.h) {
                    load_row(index_of(c_.source, n, channel, h, 0), plane + y * plane_.w);
                }
            }
        });
    }

    void load_row(int64_t index, float *row) {
        if (c_.source.type == CUDNN_DATA_HALF) {
            const auto *from = static_cast<const uint16_t *>(c_.source_data) + index;
            spread_row(row, [=](int64_t at) { return half_to_float(from[at]); });
        } else {
            const auto *from = static_cast<const float *>(c_.source_data) + index;
            spread_row(row, [=](int64_t at) { return from[at]; });
        }
    }

    template <class Element> void spread_row(float *row, const Element &element) const {
        for (int64_t w = 0; w < c_.source.size[W]; w++) {
            const int64_t x = w * c_.spread.w + c_.origin.w;
            if (x >= 0 && x < plane_.w) {
                row[x] = element(w * c_.source.stride[W]);
            }
        }
    }

    // All output channels of a group, for the pixels from first on.
    void compute(int64_t n, int64_t group, int64_t first) const {
        const int64_t count = std::min(block_, pixels_ - first);
        const int64_t width = rounded_up(count, tile_.columns);
        std::vector<float> sums(static_cast<size_t>(panels() * tile_.rows * width), 0.0f);
        std::vector<float> columns(static_cast<size_t>(std::min(depth_, DEPTH_BLOCK) * width));
        const std::vector<int64_t> corners = corners_of(first, count, width);
        for (int64_t k = 0; k < depth_; k += DEPTH_BLOCK) {
            const int64_t depth = std::min(DEPTH_BLOCK, depth_ - k);
            gather(group, k, depth, corners, columns.data());
            multiply(group, k, depth, width, columns.data(), sums.data());
        }
        for (int64_t channel = 0; channel < out_c_; channel++) {
            finish(n, group * out_c_ + channel, first, count, sums.data() + channel * width);
        }
    }

    // Where the window of each pixel begins within a plane; those beyond the last pixel repeat the first.
    std::vector<int64_t> corners_of(int64_t first, int64_t count, int64_t width) const {
        std::vector<int64_t> corners(static_cast<size_t>(width), 0);
        for (int64_t i = 0; i < count; i++) {
            const int64_t pixel = first + i;
            corners[i] = pixel / out_w_ * c_.step.h * plane_.w + pixel % out_w_ * c_.step.w;
        }
        return corners;
    }

    int64_t offset_of(int64_t group, int64_t k) const {
        const int64_t tap = k % taps_;
        const int64_t channel = group * in_c_ + k / taps_;
        return channel * plane_.h * plane_.w + tap / c_.kernel.w * c_.dilation.h * plane_.w +
               tap % c_.kernel.w * c_.dilation.w;
    }

    // [pixels / columns of a tile][depth][columns of a tile]
    void gather(int64_t group, int64_t k, int64_t depth, const std::vector<int64_t> &corners, float *to) const {
        for (size_t first = 0; first < corners.size(); first += tile_.columns) {
            const int64_t *corner = corners.data() + first;
            const bool adjacent = corner[tile_.columns - 1] - corner[0] == tile_.columns - 1;
            for (int64_t i = 0; i < depth; i++, to += tile_.columns) {
                const float *plane = planes_.data() + offset_of(group, k + i);
                if (adjacent) {
                    std::copy_n(plane + corner[0], tile_.columns, to);
                } else {
                    for (int64_t j = 0; j < tile_.columns; j++) {
                        to[j] = plane[corner[j]];
                    }
                }
            }
        }
    }

    void multiply(int64_t group, int64_t k, int64_t depth, int64_t width, const float *columns, float *sums) const {
        for (int64_t panel = 0; panel < panels(); panel++) {
            const float *filters = filters_.data() + ((group * panels() + panel) * depth_ + k) * tile_.rows;
            for (int64_t first = 0; first < width; first += tile_.columns) {
                tile_.multiply(filters, columns + first * depth, depth, sums + panel * tile_.rows * width + first,
                               width);
            }
        }
    }

    void finish(int64_t n, int64_t channel, int64_t first, int64_t count, float *values) const {
        for (int64_t i = 0; i < count; i++) {
            values[i] *= c_.alpha;
        }
        for (const Stage &stage : c_.stages) {
            apply(stage, n, channel, first, count, values);
        }
        if (c_.beta != 0) {
            blend(n, channel, first, count, values);
        }
        store(n, channel, first, count, values);
    }

    void blend(int64_t n, int64_t channel, int64_t first, int64_t count, float *values) const {
        const int64_t index = index_of(c_.result, n, channel, 0, 0);
        for (int64_t i = 0; i < count; i++) {
            values[i] += c_.beta * load_element(c_.result, c_.result_data, index + result_offsets_[first + i]);
        }
    }

    void store(int64_t n, int64_t channel, int64_t first, int64_t count, const float *values) const {
        const int64_t index = index_of(c_.result, n, channel, 0, 0);
        const int64_t *offsets = result_offsets_.data() + first;
        if (c_.result.type == CUDNN_DATA_HALF) {
            auto *to = static_cast<uint16_t *>(c_.result_data) + index;
            for (int64_t i = 0; i < count; i++) {
                to[offsets[i]] = float_to_half(values[i]);
            }
        } else {
            auto *to = static_cast<float *>(c_.result_data) + index;
            for (int64_t i = 0; i < count; i++) {
                to[offsets[i]] = values[i];
            }
        }
    }

    // Where each pixel of the result stands, counted from the first.
    std::vector<int64_t> result_offsets() const {
        std::vector<int64_t> offsets;
        offsets.reserve(static_cast<size_t>(pixels_));
        for (int64_t h = 0; h < c_.result.size[H]; h++) {
            for (int64_t w = 0; w < out_w_; w++) {
                offsets.push_back(h * c_.result.stride[H] + w * c_.result.stride[W]);
            }
        }
        return offsets;
    }

    static void limit(const Stage &stage, int64_t count, float *values) {
        for (int64_t i = 0; i < count; i++) {
            const float least = values[i] < stage.low ? stage.low : values[i]; // NaN stays
            values[i] = least > stage.high ? stage.high : least;
        }
    }

    void apply(const Stage &stage, int64_t n, int64_t channel, int64_t first, int64_t count, float *values) const {
        if (stage.kind == Stage::CLIP) {
            limit(stage, count, values);
            return;
        }
        for (int64_t i = 0; i < count; i++) {
            const int64_t pixel = first + i;
            const int64_t index = index_of(stage.operand, n, channel, pixel / out_w_, pixel % out_w_);
            const float operand = load_element(stage.operand, stage.data, index);
            values[i] = stage.kind == Stage::ADD ? values[i] + operand : values[i] * operand;
        }
    }

    const Correlation &c_;
    const GemmTile &tile_ = gemm_tile();
    const int64_t in_c_;
    const int64_t out_c_;
    const int64_t taps_;
    const int64_t depth_;
    const int64_t out_w_;
    const int64_t pixels_;
    const Pair plane_;
    const int64_t block_;
    const std::vector<int64_t> result_offsets_;
    std::vector<float> filters_;
    std::vector<float> planes_;
};

} // namespace

void correlate(const Correlation &correlation) { Correlator(correlation).run(); }

} // namespace standin
