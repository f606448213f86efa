// The CUDA kernels, compiled as C++, against plain loops: test_cuda_kernels [random cases of each kernel and form]
#include "check.h"
#include "cuda_case.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace {

// Of results that are not exact, beside what rounding to the element type takes.
constexpr double TOLERANCE = 4e-6;

// A result of the input's size.
hn_params same_sizes(int32_t most_channels, Random &random) {
    hn_params sizes = {};
    sizes.n = pick(random, 1, 3);
    sizes.in_c = sizes.out_c = pick(random, 1, most_channels);
    sizes.in_h = sizes.out_h = pick(random, 1, 12);
    sizes.in_w = sizes.out_w = sizes.in_row = pick(random, 1, 12);
    sizes.kernel_h = sizes.kernel_w = sizes.stride = sizes.dilation = 1;
    return sizes;
}

int32_t output_size(int32_t in, int32_t window, int32_t padding, int32_t stride, bool round_up) {
    const int32_t room = in + 2 * padding - window;
    int32_t size = std::max(0, round_up ? room + stride - 1 : room) / stride + 1;
    // The last window begins inside the map or the padding before it.
    while (size > 1 && (size - 1) * stride >= in + padding) {
        size--;
    }
    return size;
}

// A window that may be larger than the map.
hn_params window_sizes(int32_t most_channels, int32_t most_dilation, bool square, bool round_up, Random &random) {
    hn_params sizes = same_sizes(most_channels, random);
    sizes.kernel_h = pick(random, 1, 5);
    sizes.kernel_w = square ? sizes.kernel_h : pick(random, 1, 5);
    sizes.stride = pick(random, 1, 3);
    sizes.dilation = pick(random, 1, most_dilation);
    const int32_t window_h = (sizes.kernel_h - 1) * sizes.dilation + 1;
    const int32_t window_w = (sizes.kernel_w - 1) * sizes.dilation + 1;
    sizes.padding_h = pick(random, 0, sizes.kernel_h / 2);
    sizes.padding_w = square ? sizes.padding_h : pick(random, 0, sizes.kernel_w / 2);
    sizes.out_h = output_size(sizes.in_h, window_h, sizes.padding_h, sizes.stride, round_up);
    sizes.out_w = output_size(sizes.in_w, window_w, sizes.padding_w, sizes.stride, round_up);
    return sizes;
}

// Calls function(tap, input pixel) for the taps of an output pixel's window inside the map.
template <typename Function> void for_taps(const hn_params &sizes, int32_t y, int32_t x, Function function) {
    for (int32_t tap = 0; tap < sizes.kernel_h * sizes.kernel_w; tap++) {
        const int32_t iy = y * sizes.stride - sizes.padding_h + tap / sizes.kernel_w * sizes.dilation;
        const int32_t ix = x * sizes.stride - sizes.padding_w + tap % sizes.kernel_w * sizes.dilation;
        if (iy >= 0 && iy < sizes.in_h && ix >= 0 && ix < sizes.in_w) {
            function(tap, iy * sizes.in_w + ix);
        }
    }
}

Tensor whole_input(const hn_params &sizes, Random &random) {
    return whole_numbers(sizes.n, sizes.in_c, sizes.in_h * sizes.in_w, random);
}

Tensor fractional_input(const hn_params &sizes, Random &random) {
    return fractions(sizes.n, sizes.in_c, sizes.in_h * sizes.in_w, random);
}

void norm_writes_what_it_reads(const Form &form, Random &random) {
    hn_params sizes = same_sizes(40, random);
    sizes.in_row = sizes.out_w + pick(random, 0, 2);
    Tensor input = whole_numbers(sizes.n, sizes.in_c, sizes.in_h * sizes.in_row, random);
    CudaCase launch(form, "norm", sizes, random);
    launch.read(0, input, pick(random, 1, 4));
    launch.write(pick(random, 1, HN_MAX_TARGETS), true);
    launch.run(Work::ELEMENTS);
    launch.check([&](int32_t n, int32_t c, int32_t y, int32_t x) { return input.at(n, c, y * sizes.in_row + x); }, 0);
}

void norm_of_four_writes_what_it_reads(Random &random) {
    hn_params sizes = same_sizes(40, random);
    sizes.in_w = sizes.out_w = sizes.in_row = 4 * pick(random, 1, 3);
    Tensor input = whole_input(sizes, random);
    CudaCase launch(FORMS[0], "norm_of_four", sizes, random);
    launch.read(0, input, pick(random, 1, 4));
    launch.write(pick(random, 1, HN_MAX_TARGETS), true);
    launch.run(Work::FOURS);
    launch.check([&](int32_t n, int32_t c, int32_t y, int32_t x) { return input.at(n, c, y * sizes.in_w + x); }, 0);
}

void depthwise_conv_sums_each_channel_by_itself(const Form &form, Random &random) {
    const hn_params sizes = window_sizes(40, 2, true, false, random);
    Tensor input = whole_input(sizes, random);
    CudaCase launch(form, "depthwise_conv", sizes, random);
    launch.read(0, input, pick(random, 1, 4));
    launch.write(pick(random, 1, 3), true);
    const int32_t row = launch.padded_channels();
    const std::vector<float> weights =
        whole_numbers(static_cast<size_t>(sizes.kernel_h) * sizes.kernel_w * row, random);
    launch.params().weight = weights.data();
    launch.run(Work::ELEMENTS);
    launch.check(
        [&](int32_t n, int32_t c, int32_t y, int32_t x) {
            double sum = 0;
            for_taps(sizes, y, x, [&](int32_t tap, int32_t pixel) {
                sum += 1.0 * weights[static_cast<size_t>(tap) * row + c] * input.at(n, c, pixel);
            });
            return sum;
        },
        0);
}

// What a pool reads, with a shift and limits in half of the cases.
struct PoolInput {
    Tensor tensor;
    std::vector<float> shifts;
    float low;
    float high;

    float at(int32_t n, int32_t c, int32_t pixel) {
        const float value = tensor.at(n, c, pixel) + (shifts.empty() ? 0 : shifts[static_cast<size_t>(c)]);
        return std::min(std::max(value, low), high);
    }
};

PoolInput pool_input(const hn_params &sizes, Random &random) {
    const bool deferred = pick(random, 0, 1) == 1;
    const size_t shifts = deferred ? static_cast<size_t>(sizes.in_c) : 0;
    return {whole_input(sizes, random), whole_numbers(shifts, random), deferred ? 0 : -INFINITE,
            deferred ? 6 : INFINITE};
}

void read_pool_input(CudaCase &launch, PoolInput &input, Random &random) {
    launch.read(0, input.tensor, pick(random, 1, 4));
    launch.params().in_shift = input.shifts.empty() ? nullptr : input.shifts.data();
    launch.params().in_low = input.low;
    launch.params().in_high = input.high;
}

void max_pool_takes_the_largest(const Form &form, Random &random) {
    const hn_params sizes = window_sizes(40, 2, true, true, random);
    PoolInput input = pool_input(sizes, random);
    CudaCase launch(form, "max_pool", sizes, random);
    read_pool_input(launch, input, random);
    launch.write(pick(random, 1, 3), true);
    launch.run(Work::ELEMENTS);
    launch.check(
        [&](int32_t n, int32_t c, int32_t y, int32_t x) {
            float largest = -INFINITE;
            for_taps(sizes, y, x,
                     [&](int32_t, int32_t pixel) { largest = std::max(largest, input.at(n, c, pixel)); });
            return largest;
        },
        0);
}

// Rows or columns of a window inside the padded map.
int32_t padded_taps(int32_t out, int32_t in, int32_t kernel, int32_t padding, int32_t stride) {
    int32_t taps = 0;
    for (int32_t k = 0; k < kernel; k++) {
        taps += out * stride - padding + k < in + padding ? 1 : 0;
    }
    return taps;
}

void average_pool_counts_the_padding(const Form &form, Random &random) {
    const hn_params sizes = window_sizes(40, 1, true, true, random);
    PoolInput input = pool_input(sizes, random);
    CudaCase launch(form, "average_pool", sizes, random);
    read_pool_input(launch, input, random);
    launch.write(pick(random, 1, 3), true);
    launch.run(Work::ELEMENTS);
    launch.check(
        [&](int32_t n, int32_t c, int32_t y, int32_t x) {
            double sum = 0;
            for_taps(sizes, y, x, [&](int32_t, int32_t pixel) { sum += input.at(n, c, pixel); });
            return sum / padded_taps(y, sizes.in_h, sizes.kernel_h, sizes.padding_h, sizes.stride) /
                   padded_taps(x, sizes.in_w, sizes.kernel_w, sizes.padding_w, sizes.stride);
        },
        TOLERANCE);
}

double sum_of(Tensor &tensor, int32_t n, int32_t c) {
    double sum = 0;
    for (int32_t pixel = 0; pixel < tensor.pixels; pixel++) {
        sum += tensor.at(n, c, pixel);
    }
    return sum;
}

// A few pixels, or more than a block has threads.
hn_params plane_sizes(Random &random) {
    hn_params sizes = same_sizes(20, random);
    const int32_t most = pick(random, 0, 1) == 0 ? 3 : 40;
    sizes.in_h = sizes.out_h = pick(random, 1, most);
    sizes.in_w = sizes.out_w = pick(random, 1, most);
    return sizes;
}

void global_average_pool_is_the_mean(const Form &form, Random &random) {
    hn_params sizes = plane_sizes(random);
    sizes.out_h = sizes.out_w = 1;
    Tensor input = fractional_input(sizes, random);
    CudaCase launch(form, "global_average_pool", sizes, random);
    launch.read(0, input, pick(random, 1, 3));
    launch.write(pick(random, 1, 3), true);
    launch.run(Work::PLANES);
    launch.check([&](int32_t n, int32_t c, int32_t, int32_t) { return sum_of(input, n, c) / input.pixels; },
                 TOLERANCE);
}

void sum_to_one_divides_by_the_sum_and_a_tenth(const Form &form, Random &random) {
    const hn_params sizes = plane_sizes(random);
    Tensor input = fractional_input(sizes, random);
    for (float &value : input.values) {
        value = std::fabs(value);
    }
    CudaCase launch(form, "sum_to_one", sizes, random);
    launch.read(0, input, pick(random, 1, 3));
    launch.write(pick(random, 1, 3), true);
    launch.run(Work::PLANES);
    launch.check(
        [&](int32_t n, int32_t c, int32_t y, int32_t x) {
            return input.at(n, c, y * sizes.in_w + x) / (sum_of(input, n, c) + 0.1);
        },
        TOLERANCE);
}

void add_sums_two_views(const Form &form, Random &random) {
    const hn_params sizes = same_sizes(40, random);
    Tensor left = whole_input(sizes, random);
    Tensor right = whole_input(sizes, random);
    CudaCase launch(form, "add", sizes, random);
    launch.read(0, left, pick(random, 1, 3));
    launch.read(1, right, pick(random, 1, 3));
    launch.write(pick(random, 1, 3), true);
    launch.run(Work::ELEMENTS);
    launch.check(
        [&](int32_t n, int32_t c, int32_t y, int32_t x) {
            const int32_t pixel = y * sizes.in_w + x;
            return left.at(n, c, pixel) + right.at(n, c, pixel);
        },
        0);
}

// Sizes of a resize; the result may be smaller.
hn_params resize_sizes(Random &random) {
    hn_params sizes = same_sizes(30, random);
    sizes.out_h = pick(random, 1, 20);
    sizes.out_w = pick(random, 1, 20);
    return sizes;
}

// The position an output position comes from, as the operator defines it: in float.
double source_of(int32_t position, int32_t in, int32_t out) {
    const float scale = out > 1 ? static_cast<float>(in - 1) / static_cast<float>(out - 1) : 0;
    return scale * static_cast<float>(position);
}

double resized_at(const hn_params &sizes, Tensor &input, int32_t n, int32_t c, int32_t y, int32_t x) {
    const double source_y = source_of(y, sizes.in_h, sizes.out_h);
    const double source_x = source_of(x, sizes.in_w, sizes.out_w);
    double value = 0;
    for (int32_t pixel = 0; pixel < input.pixels; pixel++) {
        const double near_y = 1 - std::fabs(source_y - pixel / sizes.in_w);
        const double near_x = 1 - std::fabs(source_x - pixel % sizes.in_w);
        value += std::max(0.0, near_y) * std::max(0.0, near_x) * input.at(n, c, pixel);
    }
    return value;
}

void resize_is_bilinear_with_aligned_corners(const Form &form, Random &random) {
    const hn_params sizes = resize_sizes(random);
    Tensor input = fractional_input(sizes, random);
    CudaCase launch(form, "resize", sizes, random);
    launch.read(0, input, pick(random, 1, 3));
    launch.write(pick(random, 1, 3), true);
    launch.run(Work::ELEMENTS);
    launch.check(
        [&](int32_t n, int32_t c, int32_t y, int32_t x) { return resized_at(sizes, input, n, c, y, x); },
        TOLERANCE * 8);
}

// The indexes that a launch writes, with a guard behind the last.
std::vector<uint8_t> arg_max(CudaCase &launch) {
    const hn_params &sizes = launch.params();
    std::vector<uint8_t> indexes(static_cast<size_t>(sizes.n) * sizes.out_h * sizes.out_w + 1, 255);
    launch.params().out[0].map.data = indexes.data();
    launch.run(Work::PIXELS);
    CHECK(indexes.back() == 255, "%s: written behind the last pixel", launch.name().c_str());
    indexes.pop_back();
    return indexes;
}

void resize_arg_max_finds_the_largest_channel(const Form &form, Random &random) {
    const hn_params sizes = resize_sizes(random);
    Tensor input = fractional_input(sizes, random);
    CudaCase launch(form, "resize_arg_max", sizes, random);
    launch.read(0, input, pick(random, 1, 3));
    const std::vector<uint8_t> indexes = arg_max(launch);
    for (int32_t i = 0; i < static_cast<int32_t>(indexes.size()); i++) {
        const int32_t n = i / (sizes.out_h * sizes.out_w);
        const int32_t y = i / sizes.out_w % sizes.out_h;
        const int32_t x = i % sizes.out_w;
        double largest = -1;
        for (int32_t c = 0; c < sizes.in_c; c++) {
            largest = std::max(largest, resized_at(sizes, input, n, c, y, x));
        }
        const double found = indexes[static_cast<size_t>(i)] < sizes.in_c
                                 ? resized_at(sizes, input, n, indexes[static_cast<size_t>(i)], y, x)
                                 : -INFINITE;
        CHECK(found >= largest - TOLERANCE, "%s, pixel %d: channel %d", launch.name().c_str(), i,
              indexes[static_cast<size_t>(i)]);
    }
}

void l2_norm_divides_by_the_norm_of_the_pixel(const Form &form, Random &random) {
    const hn_params sizes = same_sizes(70, random);
    Tensor input = fractional_input(sizes, random);
    const std::vector<float> weights = whole_numbers(static_cast<size_t>(sizes.in_c), random);
    CudaCase launch(form, "l2_norm", sizes, random);
    launch.read(0, input, pick(random, 1, 3));
    launch.write(pick(random, 1, 3), true);
    launch.params().weight = weights.data();
    launch.run(Work::PIXELS);
    launch.check(
        [&](int32_t n, int32_t c, int32_t y, int32_t x) {
            double squares = 0;
            for (int32_t i = 0; i < sizes.in_c; i++) {
                squares += std::pow(input.at(n, i, y * sizes.in_w + x), 2);
            }
            return weights[static_cast<size_t>(c)] * input.at(n, c, y * sizes.in_w + x) / (std::sqrt(squares) + 1e-10);
        },
        TOLERANCE * 8);
}

void softmax_of_large_values_is_finite(const Form &form, Random &random) {
    const hn_params sizes = same_sizes(30, random);
    Tensor input = whole_input(sizes, random);
    const float large = static_cast<float>(pick(random, 0, 2) * 1000);
    for (float &value : input.values) {
        value += large;
    }
    CudaCase launch(form, "softmax", sizes, random);
    launch.read(0, input, pick(random, 1, 3));
    launch.write(pick(random, 1, 3), false);
    launch.run(Work::PIXELS);
    launch.check(
        [&](int32_t n, int32_t c, int32_t y, int32_t x) {
            const int32_t pixel = y * sizes.in_w + x;
            double sum = 0;
            for (int32_t i = 0; i < sizes.in_c; i++) {
                sum += std::exp(static_cast<double>(input.at(n, i, pixel)) - large);
            }
            return std::exp(static_cast<double>(input.at(n, c, pixel)) - large) / sum;
        },
        TOLERANCE);
}

void input_takes_contiguous_float32(const Form &form, Random &random) {
    const hn_params sizes = same_sizes(20, random);
    Tensor input = whole_input(sizes, random);
    CudaCase launch(form, "input", sizes, random);
    launch.params().in[0].map.data = input.values.data();
    launch.write(pick(random, 1, 3), true);
    launch.run(Work::ELEMENTS);
    launch.check([&](int32_t n, int32_t c, int32_t y, int32_t x) { return input.at(n, c, y * sizes.in_w + x); }, 0);
}

void output_gives_float32(const Form &form, Random &random) {
    const hn_params sizes = same_sizes(40, random);
    Tensor input = fractional_input(sizes, random);
    CudaCase launch(form, "output", sizes, random);
    launch.read(0, input, pick(random, 1, 3));
    launch.write_float32(pick(random, 1, 2));
    launch.run(Work::ELEMENTS);
    launch.check([&](int32_t n, int32_t c, int32_t y, int32_t x) { return input.at(n, c, y * sizes.in_w + x); }, 0);
}

void picture_gives_each_colour_its_channel(const Form &form, Random &random) {
    hn_params sizes = same_sizes(1, random);
    sizes.in_c = sizes.out_c = 3;
    std::vector<uint8_t> bytes(static_cast<size_t>(sizes.n) * sizes.in_h * sizes.in_w * 3);
    std::generate(bytes.begin(), bytes.end(), [&] { return static_cast<uint8_t>(pick(random, 0, 255)); });
    CudaCase launch(form, "picture", sizes, random);
    launch.params().in[0].map.data = bytes.data();
    launch.write(pick(random, 1, 3), true);
    launch.run(Work::ELEMENTS);
    launch.check(
        [&](int32_t n, int32_t c, int32_t y, int32_t x) {
            return bytes[((static_cast<size_t>(n) * sizes.in_h + y) * sizes.in_w + x) * 3 + c];
        },
        0);
}

constexpr ConvTile CONV_TILES[] = {{"conv", 64, 64}, {"conv_narrow", 32, 64}, {"conv_wide", 64, 128}};

// Exactly as long as what the splits of a convolution leave, and NaN before.
Aligned conv_workspace(const hn_params &sizes, int32_t splits) {
    const int64_t floats = static_cast<int64_t>(splits) * sizes.n * sizes.out_c * sizes.out_h * sizes.out_w;
    Aligned workspace(floats * static_cast<int64_t>(sizeof(float)));
    std::fill_n(static_cast<float *>(workspace.get()), floats, NOT_A_NUMBER);
    return workspace;
}

void run_conv(CudaCase &launch, const ConvTile &tile, const hn_params &sizes, int32_t splits) {
    const Aligned workspace = conv_workspace(sizes, splits);
    launch.params().splits = splits;
    launch.params().workspace = splits == 1 ? nullptr : static_cast<float *>(workspace.get());
    launch.run_tiles(tile);
    if (splits > 1) {
        launch.run_next("conv_sum", Work::ELEMENTS);
    }
}

// Also in more splits than there is something to sum for.
void conv_sums_all_channels(const Form &form, const ConvTile &tile, Random &random) {
    hn_params sizes = window_sizes(40, 2, false, false, random);
    sizes.out_c = pick(random, 1, 80);
    Tensor input = whole_input(sizes, random);
    CudaCase launch(form, tile.kernel, sizes, random);
    launch.read(0, input, pick(random, 1, 4));
    launch.write(pick(random, 1, 3), true);
    const size_t row = static_cast<size_t>(launch.padded_channels() + 3) / 4 * 4;
    const std::vector<float> numbers =
        whole_numbers(static_cast<size_t>(sizes.kernel_h) * sizes.kernel_w * sizes.in_c * row, random);
    const Aligned weights(static_cast<int64_t>(numbers.size() * sizeof(float)));
    std::copy(numbers.begin(), numbers.end(), static_cast<float *>(weights.get()));
    launch.params().weight = weights.get();
    run_conv(launch, tile, sizes, pick(random, 0, 1) == 0 ? 1 : pick(random, 2, 9));
    launch.check(
        [&](int32_t n, int32_t c, int32_t y, int32_t x) {
            double sum = 0;
            for_taps(sizes, y, x, [&](int32_t tap, int32_t pixel) {
                for (int32_t i = 0; i < sizes.in_c; i++) {
                    const size_t weight_row = static_cast<size_t>(tap) * sizes.in_c + i;
                    sum += 1.0 * numbers[weight_row * row + c] * input.at(n, i, pixel);
                }
            });
            return sum;
        },
        0);
}

void random_cases(int cases) {
    Random random(1);
    for (int i = 0; i < cases; i++) {
        norm_of_four_writes_what_it_reads(random);
        for (const Form &form : FORMS) {
            norm_writes_what_it_reads(form, random);
            depthwise_conv_sums_each_channel_by_itself(form, random);
            max_pool_takes_the_largest(form, random);
            average_pool_counts_the_padding(form, random);
            global_average_pool_is_the_mean(form, random);
            sum_to_one_divides_by_the_sum_and_a_tenth(form, random);
            add_sums_two_views(form, random);
            resize_is_bilinear_with_aligned_corners(form, random);
            resize_arg_max_finds_the_largest_channel(form, random);
            l2_norm_divides_by_the_norm_of_the_pixel(form, random);
            softmax_of_large_values_is_finite(form, random);
            input_takes_contiguous_float32(form, random);
            output_gives_float32(form, random);
            picture_gives_each_colour_its_channel(form, random);
            for (const ConvTile &tile : CONV_TILES) {
                conv_sums_all_channels(form, tile, random);
            }
        }
    }
}

// One pixel for each of the lists of channels.
Tensor pixels_of(const std::vector<std::vector<float>> &pixels) {
    Tensor tensor = {1, static_cast<int32_t>(pixels[0].size()), static_cast<int32_t>(pixels.size()), {}};
    for (int32_t c = 0; c < tensor.channels; c++) {
        for (const std::vector<float> &pixel : pixels) {
            tensor.values.push_back(pixel[static_cast<size_t>(c)]);
        }
    }
    return tensor;
}

hn_params sizes_for(const Tensor &tensor) {
    hn_params sizes = {};
    sizes.n = tensor.n;
    sizes.in_c = sizes.out_c = tensor.channels;
    sizes.in_h = sizes.out_h = 1;
    sizes.in_w = sizes.out_w = sizes.in_row = tensor.pixels;
    sizes.kernel_h = sizes.kernel_w = sizes.stride = sizes.dilation = 1;
    return sizes;
}

void the_first_of_equal_channels_wins_and_no_nan(const Form &form) {
    Random random(2);
    Tensor input = pixels_of({{-3, -2, -2},
                              {NOT_A_NUMBER, -2, -1},
                              {NOT_A_NUMBER, NOT_A_NUMBER, NOT_A_NUMBER},
                              {5, NOT_A_NUMBER, 5},
                              {-INFINITE, -INFINITE, -INFINITE},
                              {-INFINITE, -60000, NOT_A_NUMBER}});
    // Each pixel by itself, since NaN spreads where one lies between two.
    for (int32_t pixel = 0; pixel < input.pixels; pixel++) {
        Tensor one = {1, 3, 1, {input.at(0, 0, pixel), input.at(0, 1, pixel), input.at(0, 2, pixel)}};
        CudaCase launch(form, "resize_arg_max", sizes_for(one), random);
        launch.read(0, one, 1);
        const uint8_t wanted[] = {1, 2, 0, 0, 0, 1};
        CHECK(arg_max(launch) == std::vector<uint8_t>{wanted[pixel]}, "%s, pixel %d", form.suffix, pixel);
    }
}

void max_pool_keeps_nan(const Form &form) {
    Random random(3);
    Tensor input = pixels_of({{1}, {NOT_A_NUMBER}, {-1}, {3}, {2}, {NOT_A_NUMBER}});
    hn_params sizes = sizes_for(input);
    sizes.kernel_h = 1;
    sizes.kernel_w = sizes.stride = 2;
    sizes.out_w = 3;
    CudaCase launch(form, "max_pool", sizes, random);
    launch.read(0, input, 1);
    launch.write(1, false);
    launch.run(Work::ELEMENTS);
    const double wanted[] = {NOT_A_NUMBER, 3, NOT_A_NUMBER};
    launch.check([&](int32_t, int32_t, int32_t, int32_t x) { return wanted[x]; }, 0);
}

void limits_keep_nan(const Form &form) {
    Random random(4);
    Tensor input = pixels_of({{NOT_A_NUMBER}, {-1}, {7}, {INFINITE}, {-INFINITE}, {2}});
    CudaCase launch(form, "norm", sizes_for(input), random);
    launch.params().low = 0;
    launch.params().high = 6;
    launch.read(0, input, 1);
    launch.write(2, false);
    launch.run(Work::ELEMENTS);
    const double wanted[] = {NOT_A_NUMBER, 0, 6, 6, 0, 2};
    launch.check([&](int32_t, int32_t, int32_t, int32_t x) { return wanted[x]; }, 0);
}

void float16_results_too_large_are_infinite() {
    Random random(5);
    Tensor input = pixels_of({{65504}, {65519}, {65520}, {-1e9f}});
    CudaCase launch(FORMS[1], "input", sizes_for(input), random);
    launch.params().low = -INFINITE;
    launch.params().high = INFINITE;
    launch.params().in[0].map.data = input.values.data();
    launch.write(1, false);
    launch.run(Work::ELEMENTS);
    const double wanted[] = {65504, 65504, INFINITE, -INFINITE};
    launch.check([&](int32_t, int32_t, int32_t, int32_t x) { return wanted[x]; }, 0);
}

// A large map of equal elements: a plain sum in float32 would be off by far more.
void the_mean_of_many_pixels_loses_no_digit(const Form &form) {
    Random random(6);
    hn_params sizes = {};
    sizes.n = sizes.out_h = sizes.out_w = 1;
    sizes.in_c = sizes.out_c = 1;
    sizes.in_h = 600;
    sizes.in_w = 700;
    const float value = rounded_to(form.element, 0.1f);
    Tensor input = {1, 1, sizes.in_h * sizes.in_w, {}};
    input.values.assign(static_cast<size_t>(input.pixels), value);
    CudaCase launch(form, "global_average_pool", sizes, random);
    launch.read(0, input, 1);
    launch.write(1, false);
    launch.run(Work::PLANES);
    launch.check([&](int32_t, int32_t, int32_t, int32_t) { return value; }, 1.2e-7 * 0.1);
}

void unknown_names_find_nothing() {
    for (const char *name : {"", "hn_norm", "hn_norm_f64", "hn_conv_f32x"}) {
        CHECK(hn_find_kernel(name) == nullptr, "%s", name);
    }
    CHECK(hn_find_kernel("hn_norm_f32") != hn_find_kernel("hn_norm_f16"), "two kernels");
}

} // namespace

int main(int count, char **arguments) {
    random_cases(count > 1 ? atoi(arguments[1]) : 100);
    for (const Form &form : FORMS) {
        the_first_of_equal_channels_wins_and_no_nan(form);
        max_pool_keeps_nan(form);
        limits_keep_nan(form);
        the_mean_of_many_pixels_loses_no_digit(form);
    }
    float16_results_too_large_are_infinite();
    unknown_names_find_nothing();
    return exit_status();
}
