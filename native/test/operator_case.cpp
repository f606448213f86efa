#include "operator_case.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace {

constexpr float GAP = 12345.0f;

float *floats_of(const Aligned &memory) { return static_cast<float *>(memory.get()); }

int64_t strided_floats(int64_t pixels, int64_t stride, int64_t channels) { return (pixels - 1) * stride + channels; }

} // namespace

int32_t pick(Random &random, int32_t least, int32_t most) {
    return least + static_cast<int32_t>(random() % static_cast<uint32_t>(most - least + 1));
}

int32_t output_size(const hn_step &sizes, int32_t in, bool round_up) {
    const int32_t room = in + 2 * sizes.padding - (sizes.kernel - 1) * sizes.dilation - 1;
    int32_t size = (room + (round_up ? sizes.stride - 1 : 0)) / sizes.stride + 1;
    if (round_up && (size - 1) * sizes.stride >= in + sizes.padding) {
        size--;
    }
    return size;
}

OperatorCase::OperatorCase(const hn_step &sizes, std::vector<int32_t> segment_channels, Random &random)
    : sizes_(sizes) {
    for (int32_t channels : segment_channels) {
        make_segment(channels, random);
    }
    for (const Map &map : maps_) {
        segments_.push_back(map.segment);
    }
    std::uniform_real_distribution<float> values(-1, 1);
    const int64_t inputs = sizes.kind == HN_DEPTHWISE_CONV ? 1 : sizes.in_c;
    weights_.resize(static_cast<size_t>(sizes.out_c * inputs * sizes.kernel * sizes.kernel));
    bias_.resize(static_cast<size_t>(sizes.out_c));
    std::generate(weights_.begin(), weights_.end(), [&] { return values(random); });
    std::generate(bias_.begin(), bias_.end(), [&] { return values(random); });
    sizes_.segment_count = static_cast<int32_t>(segments_.size());
    sizes_.output_stride = sizes.out_c + pick(random, 0, 1) * pick(random, 1, 20);
    const int64_t pixels = static_cast<int64_t>(sizes.n) * sizes.out_h * sizes.out_w;
    output_memory_ = Aligned(strided_floats(pixels, sizes_.output_stride, sizes.out_c) * 4);
    clear_output();
}

// The channels between are NaN: whoever reads them spoils the result.
void OperatorCase::make_segment(int32_t channels, Random &random) {
    const int64_t pixels = static_cast<int64_t>(sizes_.n) * sizes_.in_h * sizes_.in_w;
    const int64_t stride = channels + pick(random, 0, 1) * pick(random, 1, 30);
    Map map = {Aligned(strided_floats(pixels, stride, channels) * 4), {}};
    float *data = floats_of(map.memory);
    std::uniform_real_distribution<float> values(-4, 8);
    for (int64_t i = 0; i < strided_floats(pixels, stride, channels); i++) {
        data[i] = i % stride < channels ? values(random) : std::numeric_limits<float>::quiet_NaN();
    }
    map.segment = {data, stride, channels, 0};
    maps_.push_back(std::move(map));
}

hn_step OperatorCase::step(int32_t tier) {
    hn_step step = sizes_;
    packed_ = Aligned(hn_packed_bytes(tier, &step));
    hn_pack_weights(tier, &step, weights_.data(), bias_.data(), packed_.get());
    step.segments = segments_.data();
    step.output = floats_of(output_memory_);
    step.weights = packed_.get();
    return step;
}

void OperatorCase::clear_output() {
    const int64_t pixels = static_cast<int64_t>(sizes_.n) * sizes_.out_h * sizes_.out_w;
    for (int64_t i = 0; i < strided_floats(pixels, sizes_.output_stride, sizes_.out_c); i++) {
        const bool gap = i % sizes_.output_stride >= sizes_.out_c;
        floats_of(output_memory_)[i] = gap ? GAP : std::numeric_limits<float>::quiet_NaN();
    }
}

std::vector<float> OperatorCase::output() const {
    std::vector<float> values;
    const int64_t pixels = static_cast<int64_t>(sizes_.n) * sizes_.out_h * sizes_.out_w;
    for (int64_t pixel = 0; pixel < pixels; pixel++) {
        const float *from = floats_of(output_memory_) + pixel * sizes_.output_stride;
        values.insert(values.end(), from, from + sizes_.out_c);
    }
    return values;
}

bool OperatorCase::gaps_untouched() const {
    const int64_t pixels = static_cast<int64_t>(sizes_.n) * sizes_.out_h * sizes_.out_w;
    for (int64_t i = 0; i < strided_floats(pixels, sizes_.output_stride, sizes_.out_c); i++) {
        if (i % sizes_.output_stride >= sizes_.out_c && floats_of(output_memory_)[i] != GAP) {
            return false;
        }
    }
    return true;
}

float OperatorCase::input(int64_t n, int64_t y, int64_t x, int64_t c) const {
    if (y < 0 || y >= sizes_.in_h || x < 0 || x >= sizes_.in_w) {
        return 0;
    }
    size_t s = 0;
    while (c >= segments_[s].channels) {
        c -= segments_[s++].channels;
    }
    return segments_[s].data[((n * sizes_.in_h + y) * sizes_.in_w + x) * segments_[s].pixel_stride + c];
}

void OperatorCase::set_input(int64_t n, int64_t y, int64_t x, int64_t c, float value) {
    size_t s = 0;
    while (c >= segments_[s].channels) {
        c -= segments_[s++].channels;
    }
    floats_of(maps_[s].memory)[((n * sizes_.in_h + y) * sizes_.in_w + x) * segments_[s].pixel_stride + c] = value;
}

double OperatorCase::activated(double value) const {
    return sizes_.activation == HN_NONE   ? value
           : sizes_.activation == HN_RELU ? std::max(value, 0.0)
                                          : std::min(std::max(value, 0.0), 6.0);
}

double OperatorCase::expected_at(int64_t n, int64_t y, int64_t x, int64_t c) const {
    const bool global = sizes_.kind == HN_GLOBAL_AVERAGE_POOL;
    const int64_t height = global ? sizes_.in_h : sizes_.kernel;
    const int64_t width = global ? sizes_.in_w : sizes_.kernel;
    const bool dense = sizes_.kind == HN_CONV || sizes_.kind == HN_LINEAR;
    const int64_t inputs = dense ? sizes_.in_c : 1;
    double sum = dense || sizes_.kind == HN_DEPTHWISE_CONV ? bias_[static_cast<size_t>(c)] : 0;
    double max = -std::numeric_limits<double>::infinity();
    int64_t taps = 0;
    for (int64_t ky = 0; ky < height; ky++) {
        for (int64_t kx = 0; kx < width; kx++) {
            const int64_t iy = y * sizes_.stride - sizes_.padding + ky * sizes_.dilation;
            const int64_t ix = x * sizes_.stride - sizes_.padding + kx * sizes_.dilation;
            taps += iy < sizes_.in_h + sizes_.padding && ix < sizes_.in_w + sizes_.padding ? 1 : 0;
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

std::vector<double> OperatorCase::expected() const {
    std::vector<double> values;
    for (int64_t n = 0; n < sizes_.n; n++) {
        for (int64_t y = 0; y < sizes_.out_h; y++) {
            for (int64_t x = 0; x < sizes_.out_w; x++) {
                for (int64_t c = 0; c < sizes_.out_c; c++) {
                    values.push_back(expected_at(n, y, x, c));
                }
            }
        }
    }
    return values;
}

std::string OperatorCase::name() const {
    std::string text = "kind " + std::to_string(sizes_.kind) + ", " + std::to_string(sizes_.n) + " x " +
                       std::to_string(sizes_.in_h) + " x " + std::to_string(sizes_.in_w) + " x (";
    for (const hn_segment &segment : segments_) {
        text += " " + std::to_string(segment.channels) + "/" + std::to_string(segment.pixel_stride);
    }
    return text + " ) to " + std::to_string(sizes_.out_h) + " x " + std::to_string(sizes_.out_w) + " x " +
           std::to_string(sizes_.out_c) + "/" + std::to_string(sizes_.output_stride) + ", kernel " +
           std::to_string(sizes_.kernel) + ", stride " + std::to_string(sizes_.stride) + ", padding " +
           std::to_string(sizes_.padding) + ", dilation " + std::to_string(sizes_.dilation) + ", activation " +
           std::to_string(sizes_.activation);
}

double relative_error(const std::vector<float> &output, const std::vector<double> &expected) {
    double difference = 0;
    double norm = 1e-30;
    for (size_t i = 0; i < expected.size(); i++) {
        difference += (output[i] - expected[i]) * (output[i] - expected[i]);
        norm += expected[i] * expected[i];
    }
    return std::sqrt(difference / norm);
}

std::vector<int32_t> supported_tiers() {
    std::vector<int32_t> tiers;
    for (int32_t tier = HN_TIER_PORTABLE; tier <= HN_TIER_AVX512; tier++) {
        if (hn_tier_supported(tier)) {
            tiers.push_back(tier);
        }
    }
    return tiers;
}
