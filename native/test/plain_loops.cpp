// What operators compute, by plain loops in double.
#include "operator_case.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace {

double activate(double value, int32_t activation) {
    return activation == HN_NONE   ? value
           : activation == HN_RELU ? std::max(value, 0.0)
                                   : std::min(std::max(value, 0.0), 6.0);
}

// The position an output position comes from, corners aligned. In float, as the operator is defined.
struct Source {
    int64_t first;
    int64_t second;
    double fraction;
};

Source source_of(int64_t position, int32_t in, int32_t out) {
    const float scale = out > 1 ? static_cast<float>(in - 1) / static_cast<float>(out - 1) : 0;
    const float source = scale * static_cast<float>(position);
    const int64_t first = std::min<int64_t>(static_cast<int64_t>(source), in - 1);
    return {first, std::min<int64_t>(first + 1, in - 1), source - static_cast<float>(first)};
}

} // namespace

double OperatorCase::activated(double value) const { return activate(value, sizes_.activation); }

double OperatorCase::window_at(int64_t n, int64_t y, int64_t x, int64_t c) const {
    const bool global = sizes_.kind == HN_GLOBAL_AVERAGE_POOL;
    const int64_t height = global ? sizes_.in_h : sizes_.kernel_h;
    const int64_t width = global ? sizes_.in_w : sizes_.kernel_w;
    const bool dense = sizes_.kind == HN_CONV || sizes_.kind == HN_LINEAR;
    const int64_t inputs = dense ? sizes_.in_c : 1;
    double sum = dense || sizes_.kind == HN_DEPTHWISE_CONV ? bias_[static_cast<size_t>(c)] : 0;
    double max = -std::numeric_limits<double>::infinity();
    int64_t taps = 0;
    for (int64_t ky = 0; ky < height; ky++) {
        for (int64_t kx = 0; kx < width; kx++) {
            const int64_t iy = y * sizes_.stride - sizes_.padding_h + ky * sizes_.dilation;
            const int64_t ix = x * sizes_.stride - sizes_.padding_w + kx * sizes_.dilation;
            taps += iy < sizes_.in_h + sizes_.padding_h && ix < sizes_.in_w + sizes_.padding_w ? 1 : 0;
            const bool inside = iy >= 0 && iy < sizes_.in_h && ix >= 0 && ix < sizes_.in_w;
            for (int64_t i = 0; inside && i < inputs; i++) {
                const double value = input(n, iy, ix, dense ? i : c);
                const size_t weight = static_cast<size_t>(((c * inputs + i) * height + ky) * width + kx);
                sum += value * (dense || sizes_.kind == HN_DEPTHWISE_CONV ? weights_[weight] : 1);
                max = std::max(max, value);
            }
        }
    }
    const bool mean = global || sizes_.kind == HN_AVERAGE_POOL;
    return activated(sizes_.kind == HN_MAX_POOL ? max : mean ? sum / static_cast<double>(taps) : sum);
}

double OperatorCase::resized_at(int64_t n, int64_t y, int64_t x, int64_t c) const {
    const Source rows = source_of(y, sizes_.in_h, sizes_.out_h);
    const Source columns = source_of(x, sizes_.in_w, sizes_.out_w);
    const auto row = [&](int64_t iy) {
        return input(n, iy, columns.first, c) * (1 - columns.fraction) +
               input(n, iy, columns.second, c) * columns.fraction;
    };
    return row(rows.first) * (1 - rows.fraction) + row(rows.second) * rows.fraction;
}

double OperatorCase::normed_at(int32_t output, int64_t n, int64_t y, int64_t x, int64_t c) const {
    const size_t norm = static_cast<size_t>(output * sizes_.in_c + c);
    return std::max(0.0, 1.0 * input(n, y, x, c) * weights_[norm] + bias_[norm]);
}

double OperatorCase::l2_norm_at(int64_t n, int64_t y, int64_t x, int64_t c) const {
    double squares = 0;
    for (int64_t i = 0; i < sizes_.in_c; i++) {
        squares += std::pow(input(n, y, x, i), 2);
    }
    return weights_[static_cast<size_t>(c)] * input(n, y, x, c) / (std::sqrt(squares) + 1e-10);
}

std::vector<double> OperatorCase::channel_sums() const {
    std::vector<double> sums(static_cast<size_t>(sizes_.n) * sizes_.in_c);
    for (size_t i = 0; i < sums.size(); i++) {
        for (int64_t pixel = 0; pixel < static_cast<int64_t>(sizes_.in_h) * sizes_.in_w; pixel++) {
            const int64_t n = static_cast<int64_t>(i) / sizes_.in_c;
            sums[i] += input(n, pixel / sizes_.in_w, pixel % sizes_.in_w, static_cast<int64_t>(i) % sizes_.in_c);
        }
    }
    return sums;
}

double OperatorCase::transposed_at(int64_t n, int64_t y, int64_t x, int64_t c) const {
    double sum = bias_[static_cast<size_t>(c)];
    for (int64_t iy = 0; iy < sizes_.in_h; iy++) {
        for (int64_t ix = 0; ix < sizes_.in_w; ix++) {
            const int64_t ky = y + sizes_.padding_h - iy * sizes_.stride;
            const int64_t kx = x + sizes_.padding_w - ix * sizes_.stride;
            const bool reached = ky >= 0 && ky < sizes_.kernel_h && kx >= 0 && kx < sizes_.kernel_w;
            for (int64_t i = 0; reached && i < sizes_.in_c; i++) {
                const int64_t weight = ((i * sizes_.out_c + c) * sizes_.kernel_h + ky) * sizes_.kernel_w + kx;
                sum += 1.0 * input(n, iy, ix, i) * weights_[static_cast<size_t>(weight)];
            }
        }
    }
    return activated(sum);
}

double OperatorCase::pointwise_at(int64_t n, int64_t y, int64_t x, int64_t c) const {
    double sum = bias_[static_cast<size_t>(c)];
    for (int64_t i = 0; i < sizes_.in_c; i++) {
        sum += 1.0 * input(n, y, x, i) * weights_[static_cast<size_t>(c * sizes_.in_c + i)];
    }
    return activate(sum, sizes_.inner_activation);
}

double OperatorCase::pointwise_window_at(int64_t n, int64_t y, int64_t x, int64_t c) const {
    const int64_t first_weight = static_cast<int64_t>(sizes_.out_c) * sizes_.in_c + 9 * c;
    double sum = bias_[static_cast<size_t>(sizes_.out_c + c)];
    for (int64_t tap = 0; tap < 9; tap++) {
        const int64_t iy = y * sizes_.stride - sizes_.padding_h + tap / 3;
        const int64_t ix = x * sizes_.stride - sizes_.padding_w + tap % 3;
        if (iy >= 0 && iy < sizes_.in_h && ix >= 0 && ix < sizes_.in_w) {
            sum += pointwise_at(n, iy, ix, c) * weights_[static_cast<size_t>(first_weight + tap)];
        }
    }
    return activated(sum);
}

double OperatorCase::expected_at(const std::vector<double> &sums, int32_t output, int64_t n, int64_t y, int64_t x,
                                 int64_t c) const {
    switch (sizes_.kind) {
    case HN_RESIZE:
        return resized_at(n, y, x, c);
    case HN_ADD:
        return activated(1.0 * input(n, y, x, c) + input(n, y, x, sizes_.out_c + c));
    case HN_BATCH_NORM_RELU:
        return normed_at(output, n, y, x, c);
    case HN_L2_NORM:
        return l2_norm_at(n, y, x, c);
    case HN_SUM_TO_ONE:
        return input(n, y, x, c) / (sums[static_cast<size_t>(n * sizes_.in_c + c)] + 0.1);
    case HN_CONV_DEPTHWISE:
        return pointwise_window_at(n, y, x, c);
    case HN_TRANSPOSED_CONV:
        return transposed_at(n, y, x, c);
    default:
        return window_at(n, y, x, c);
    }
}

std::vector<double> OperatorCase::expected() const {
    const std::vector<double> sums = channel_sums();
    std::vector<double> values;
    for (int32_t output = 0; output < sizes_.output_count; output++) {
        for (int64_t n = 0; n < sizes_.n; n++) {
            for (int64_t y = 0; y < sizes_.out_h; y++) {
                for (int64_t x = 0; x < sizes_.out_w; x++) {
                    for (int64_t c = 0; c < sizes_.out_c; c++) {
                        values.push_back(expected_at(sums, output, n, y, x, c));
                    }
                }
            }
        }
    }
    return values;
}
