#include "operator_case.h"

#include "check.h"
#include "elements.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace {

int64_t strided_elements(int64_t pixels, int64_t stride, int64_t channels) { return (pixels - 1) * stride + channels; }

} // namespace

int32_t pick(Random &random, int32_t least, int32_t most) {
    return least + static_cast<int32_t>(random() % static_cast<uint32_t>(most - least + 1));
}

std::vector<int32_t> split(int32_t channels, int32_t parts, Random &random) {
    std::vector<int32_t> split;
    for (; parts > 1 && channels > 1; parts--) {
        split.push_back(std::min(channels - 1, pick(random, 1, 1 + 2 * channels / parts)));
        channels -= split.back();
    }
    split.push_back(channels);
    return split;
}

hn_step sizes_of(int32_t kind, int32_t n, int32_t in_c, int32_t in_h, int32_t in_w) {
    hn_step sizes = {};
    sizes.kind = kind;
    sizes.n = n;
    sizes.in_c = sizes.out_c = in_c;
    sizes.in_h = sizes.out_h = in_h;
    sizes.in_w = sizes.out_w = in_w;
    sizes.kernel_h = sizes.kernel_w = sizes.stride = sizes.dilation = 1;
    sizes.output_count = 1;
    return sizes;
}

int32_t output_size(const hn_step &sizes, int32_t in, int32_t kernel, int32_t padding, bool round_up) {
    const int32_t room = in + 2 * padding - (kernel - 1) * sizes.dilation - 1;
    int32_t size = (room + (round_up ? sizes.stride - 1 : 0)) / sizes.stride + 1;
    if (round_up && (size - 1) * sizes.stride >= in + padding) {
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
    const bool per_channel =
        sizes.kind == HN_DEPTHWISE_CONV || sizes.kind == HN_BATCH_NORM_RELU || sizes.kind == HN_L2_NORM;
    const int64_t inputs = per_channel ? 1 : sizes.in_c;
    const int64_t channels = static_cast<int64_t>(sizes.output_count) * sizes.out_c;
    const int64_t area = static_cast<int64_t>(sizes.kernel_h) * sizes.kernel_w;
    const bool both = sizes.kind == HN_CONV_DEPTHWISE;
    weights_.resize(static_cast<size_t>(channels * (both ? inputs + area : inputs * area)));
    bias_.resize(static_cast<size_t>(both ? 2 * channels : channels));
    std::generate(weights_.begin(), weights_.end(), [&] { return values(random); });
    std::generate(bias_.begin(), bias_.end(), [&] { return values(random); });
    sizes_.segment_count = static_cast<int32_t>(segments_.size());
    round_to(sizes.element);
    make_outputs(random);
}

void OperatorCase::make_outputs(Random &random) {
    const int64_t pixels = static_cast<int64_t>(sizes_.n) * sizes_.out_h * sizes_.out_w;
    const int32_t element = sizes_.kind == HN_RESIZE_ARG_MAX ? OutputMemory::INDEX : sizes_.element;
    for (int32_t i = 0; i < sizes_.output_count; i++) {
        const int64_t stride = sizes_.out_c + pick(random, 0, 1) * pick(random, 1, 20);
        outputs_.emplace_back(pixels, sizes_.out_c, stride, element);
        if (i > 0) {
            extra_outputs_.push_back({outputs_.back().data(), stride});
        }
    }
    sizes_.output_stride = outputs_.front().pixel_stride();
}

// The channels between are NaN: whoever reads them spoils the result.
void OperatorCase::make_segment(int32_t channels, Random &random) {
    const int64_t pixels = static_cast<int64_t>(sizes_.n) * sizes_.in_h * sizes_.in_w;
    const int64_t stride = channels + pick(random, 0, 1) * pick(random, 1, 30);
    const int64_t elements = strided_elements(pixels, stride, channels);
    Map map = {Aligned(elements * element_bytes(sizes_.element)), {}};
    // Sums that are divided by must not be near zero.
    std::uniform_real_distribution<float> values(sizes_.kind == HN_SUM_TO_ONE ? 0.0f : -4.0f, 8);
    for (int64_t i = 0; i < elements; i++) {
        const float value = i % stride < channels ? values(random) : std::numeric_limits<float>::quiet_NaN();
        set_element(map.memory.get(), sizes_.element, i, value);
    }
    map.segment = {map.memory.get(), stride, channels, 0};
    maps_.push_back(std::move(map));
}

hn_step OperatorCase::step(int32_t tier, int32_t convolution) {
    hn_step step = sizes_;
    step.convolution = convolution;
    packed_ = Aligned(hn_packed_bytes(tier, &step));
    hn_pack_weights(tier, &step, weights_.data(), bias_.data(), packed_.get());
    step.segments = segments_.data();
    step.output = outputs_.front().data();
    step.extra_outputs = extra_outputs_.data();
    step.weights = packed_.get();
    return step;
}

std::vector<float> OperatorCase::output_of_halves(int32_t tier) const {
    const int64_t pixels = static_cast<int64_t>(sizes_.n) * sizes_.in_h * sizes_.in_w;
    const OutputMemory between(pixels, sizes_.out_c, sizes_.out_c, sizes_.element);
    const OutputMemory output(static_cast<int64_t>(sizes_.n) * sizes_.out_h * sizes_.out_w, sizes_.out_c, sizes_.out_c,
                              sizes_.element);
    hn_step first = sizes_;
    first.kind = HN_CONV;
    first.activation = sizes_.inner_activation;
    first.inner_activation = HN_NONE;
    first.out_h = sizes_.in_h;
    first.out_w = sizes_.in_w;
    first.kernel_h = first.kernel_w = first.stride = 1;
    first.padding_h = first.padding_w = 0;
    first.segments = segments_.data();
    first.output = between.data();
    first.output_stride = between.pixel_stride();
    hn_step second = sizes_;
    second.kind = HN_DEPTHWISE_CONV;
    second.inner_activation = HN_NONE;
    second.in_c = sizes_.out_c;
    const hn_segment middle = {between.data(), between.pixel_stride(), sizes_.out_c, 0};
    second.segments = &middle;
    second.segment_count = 1;
    second.output = output.data();
    second.output_stride = output.pixel_stride();
    const Aligned first_weights(hn_packed_bytes(tier, &first));
    const Aligned second_weights(hn_packed_bytes(tier, &second));
    hn_pack_weights(tier, &first, weights_.data(), bias_.data(), first_weights.get());
    hn_pack_weights(tier, &second, weights_.data() + static_cast<int64_t>(sizes_.out_c) * sizes_.in_c,
                    bias_.data() + sizes_.out_c, second_weights.get());
    first.weights = first_weights.get();
    second.weights = second_weights.get();
    run_steps(tier, {first, second}, 1, name());
    return output.values();
}

void OperatorCase::round_to(int32_t element) {
    for (float &weight : weights_) {
        weight = rounded_to(element, weight);
    }
    const int64_t pixels = static_cast<int64_t>(sizes_.n) * sizes_.in_h * sizes_.in_w;
    for (const Map &map : maps_) {
        const int64_t elements = strided_elements(pixels, map.segment.pixel_stride, map.segment.channels);
        for (int64_t i = 0; i < elements; i++) {
            const float value = element_at(map.memory.get(), sizes_.element, i);
            set_element(map.memory.get(), sizes_.element, i, rounded_to(element, value));
        }
    }
}

void OperatorCase::clear_output() {
    for (OutputMemory &output : outputs_) {
        output.clear();
    }
}

std::vector<float> OperatorCase::output() const {
    std::vector<float> all;
    for (const OutputMemory &output : outputs_) {
        const std::vector<float> values = output.values();
        all.insert(all.end(), values.begin(), values.end());
    }
    return all;
}

bool OperatorCase::gaps_untouched() const {
    return std::all_of(outputs_.begin(), outputs_.end(), [](const OutputMemory &it) { return it.gaps_untouched(); });
}

float OperatorCase::input(int64_t n, int64_t y, int64_t x, int64_t c) const {
    if (y < 0 || y >= sizes_.in_h || x < 0 || x >= sizes_.in_w) {
        return 0;
    }
    size_t s = 0;
    while (c >= segments_[s].channels) {
        c -= segments_[s++].channels;
    }
    const int64_t pixel = (n * sizes_.in_h + y) * sizes_.in_w + x;
    return element_at(segments_[s].data, sizes_.element, pixel * segments_[s].pixel_stride + c);
}

void OperatorCase::set_input(int64_t n, int64_t y, int64_t x, int64_t c, float value) {
    size_t s = 0;
    while (c >= segments_[s].channels) {
        c -= segments_[s++].channels;
    }
    const int64_t pixel = (n * sizes_.in_h + y) * sizes_.in_w + x;
    set_element(maps_[s].memory.get(), sizes_.element, pixel * segments_[s].pixel_stride + c, value);
}

std::string OperatorCase::name() const {
    std::string text = "kind " + std::to_string(sizes_.kind) + ", " + std::to_string(sizes_.n) + " x " +
                       std::to_string(sizes_.in_h) + " x " + std::to_string(sizes_.in_w) + " x (";
    for (const hn_segment &segment : segments_) {
        text += " " + std::to_string(segment.channels) + "/" + std::to_string(segment.pixel_stride);
    }
    return text + " ) to " + std::to_string(sizes_.out_h) + " x " + std::to_string(sizes_.out_w) + " x " +
           std::to_string(sizes_.out_c) + "/" + std::to_string(sizes_.output_stride) + ", outputs " +
           std::to_string(sizes_.output_count) + ", kernel " +
           std::to_string(sizes_.kernel_h) + " x " + std::to_string(sizes_.kernel_w) + ", stride " +
           std::to_string(sizes_.stride) + ", padding " + std::to_string(sizes_.padding_h) + " x " +
           std::to_string(sizes_.padding_w) + ", dilation " + std::to_string(sizes_.dilation) + ", activation " +
           std::to_string(sizes_.activation) + ", inner activation " +
           std::to_string(sizes_.inner_activation) + ", element " + std::to_string(sizes_.element);
}

void run_step(int32_t tier, const hn_step &step, int32_t threads, const std::string &name) {
    run_steps(tier, {step}, threads, name);
}

void run_steps(int32_t tier, const std::vector<hn_step> &steps, int32_t threads, const std::string &name) {
    hn_program *program = nullptr;
    char message[300];
    const int32_t count = static_cast<int32_t>(steps.size());
    const int32_t status = hn_program_create(tier, steps.data(), count, threads, &program, message, sizeof message);
    CHECK(status == HN_OK, "%s (%s)", message, name.c_str());
    if (status == HN_OK) {
        hn_program_run(program);
        hn_program_destroy(program);
    }
}

bool same_bits(const std::vector<float> &a, const std::vector<float> &b) {
    return a.size() == b.size() && memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
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
