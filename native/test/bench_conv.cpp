// Times the convolutions of a network, layer by layer, in every way: hn_bench <layers.tsv> [tier] [threads] [runs]
// Runs one of them once and in one way, for tools that count instructions: hn_bench --once <layers.tsv> <layer> <way>
// [tier]
//
// The file has a head line and one layer with a square kernel per line:
// layer in_c in_h in_w out_c out_h out_w kernel stride pad dilation groups bias
#include "aligned.h"
#include "hardnet.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace {

struct Layer {
    std::string name;
    hn_step step = {};
};

struct Way {
    const char *name;
    int32_t convolution;
};

constexpr Way WAYS[] = {
    {"direct", HN_DIRECT}, {"2x2", HN_WINOGRAD_2X2}, {"4x4", HN_WINOGRAD_4X4}, {"chosen", HN_CHOSEN}};

bool parse(const std::string &line, Layer &layer) {
    std::istringstream fields(line);
    hn_step &step = layer.step;
    int32_t groups = 0;
    fields >> layer.name >> step.in_c >> step.in_h >> step.in_w >> step.out_c >> step.out_h >> step.out_w >>
        step.kernel_h >> step.stride >> step.padding_h >> step.dilation >> groups;
    step.kernel_w = step.kernel_h;
    step.padding_w = step.padding_h;
    step.kind = groups == 1 ? HN_CONV : HN_DEPTHWISE_CONV;
    step.activation = HN_RELU;
    step.n = 1;
    step.output_count = 1;
    return !fields.fail() && (groups == 1 || (groups == step.in_c && groups == step.out_c));
}

std::vector<Layer> read_layers(const char *path) {
    std::vector<Layer> layers;
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        layers.emplace_back();
        if (!parse(line, layers.back())) {
            fprintf(stderr, "%s: cannot read the layer %s\n", path, line.c_str());
            exit(1);
        }
    }
    return layers;
}

double multiply_adds(const hn_step &step) {
    const double inputs = step.kind == HN_CONV ? step.in_c : 1;
    return inputs * step.kernel_h * step.kernel_w * step.out_c * step.out_h * step.out_w;
}

std::vector<float> random_floats(size_t count) {
    std::vector<float> values(count);
    uint32_t state = 1;
    for (float &value : values) {
        state = state * 1664525u + 1013904223u;
        value = static_cast<float>(state >> 8) / (1 << 24) - 0.5f;
    }
    return values;
}

// The layers of a network, convolved in one way. All read one buffer and write another, so an input is as cold as in a
// network.
class Network {
  public:
    Network(int32_t tier, const std::vector<Layer> &layers, int32_t convolution, int32_t threads,
            const std::vector<float> &input, std::vector<float> &output)
        : best_(layers.size(), INT64_MAX), times_(layers.size()) {
        inputs_.reserve(layers.size());
        for (const Layer &layer : layers) {
            connect(tier, layer.step, convolution, input.data(), output.data());
        }
        char message[300];
        if (hn_program_create(tier, steps_.data(), static_cast<int32_t>(steps_.size()), threads, &program_, message,
                              sizeof message) != HN_OK) {
            fprintf(stderr, "%s\n", message);
            exit(1);
        }
    }
    ~Network() { hn_program_destroy(program_); }
    Network(const Network &) = delete;
    Network &operator=(const Network &) = delete;

    void run() {
        const auto start = std::chrono::steady_clock::now();
        hn_program_profile(program_, times_.data());
        const auto time = std::chrono::steady_clock::now() - start;
        whole_.push_back(std::chrono::duration<double>(time).count());
        for (size_t i = 0; i < times_.size(); i++) {
            best_[i] = std::min(best_[i], times_[i]);
        }
    }

    void run_untimed() { hn_program_run(program_); }

    const hn_step &step(size_t layer) const { return steps_[layer]; }
    double best_seconds(size_t layer) const { return static_cast<double>(best_[layer]) * 1e-9; }
    double best_whole() const { return *std::min_element(whole_.begin(), whole_.end()); }
    double median_whole() const {
        std::vector<double> sorted = whole_;
        std::sort(sorted.begin(), sorted.end());
        return sorted[sorted.size() / 2];
    }

  private:
    void connect(int32_t tier, hn_step step, int32_t convolution, const float *input, float *output) {
        step.convolution = step.kind == HN_CONV ? convolution : HN_CHOSEN;
        const size_t inputs = step.kind == HN_CONV ? step.in_c : 1;
        const size_t per_output = inputs * step.kernel_h * step.kernel_w;
        const std::vector<float> weights = random_floats(per_output * step.out_c);
        const std::vector<float> bias = random_floats(step.out_c);
        memory_.emplace_back(hn_packed_bytes(tier, &step));
        step.weights = memory_.back().get();
        hn_pack_weights(tier, &step, weights.data(), bias.data(), memory_.back().get());
        inputs_.push_back({input, step.in_c, step.in_c, 0});
        step.segment_count = 1;
        step.segments = &inputs_.back();
        step.output = output;
        step.output_stride = step.out_c;
        steps_.push_back(step);
    }

    std::vector<Aligned> memory_;
    std::vector<hn_segment> inputs_;
    std::vector<hn_step> steps_;
    hn_program *program_ = nullptr;
    std::vector<int64_t> best_;
    std::vector<int64_t> times_;
    std::vector<double> whole_;
};

// Multiply-adds per second of independent sums in registers, with vectors of BYTES: what the processor can do at most.
template <int BYTES> __attribute__((always_inline)) inline double peak_of_vector() {
    typedef float Vec __attribute__((vector_size(BYTES)));
    constexpr int sums = 12;
    constexpr int rounds = 4'000'000;
    Vec sum[sums] = {};
    Vec factor = Vec{} + 0.999f;
    Vec term = Vec{} + 1e-3f;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < rounds; i++) {
#pragma GCC unroll 12
        for (int s = 0; s < sums; s++) {
            sum[s] = sum[s] * factor + term;
        }
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    for (Vec &it : sum) {
        asm volatile("" ::"m"(it));
    }
    return 1.0 * rounds * sums * BYTES / sizeof(float) / seconds;
}

#if defined(__x86_64__)
__attribute__((target("avx512f,prefer-vector-width=512"))) double peak_avx512() { return peak_of_vector<64>(); }
__attribute__((target("avx2,fma"))) double peak_avx2() { return peak_of_vector<32>(); }
#endif
double peak_baseline() { return peak_of_vector<16>(); }

double peak_of_thread(int32_t tier) {
#if defined(__x86_64__)
    if (tier == HN_TIER_AVX512 || tier == HN_TIER_AVX2) {
        return tier == HN_TIER_AVX512 ? peak_avx512() : peak_avx2();
    }
#endif
    (void)tier;
    return peak_baseline();
}

double peak(int32_t tier, int32_t threads) {
    std::vector<double> best(threads);
    std::vector<std::thread> runners;
    for (int32_t t = 0; t < threads; t++) {
        runners.emplace_back([&best, tier, t] {
            for (int run = 0; run < 10; run++) {
                best[t] = std::max(best[t], peak_of_thread(tier));
            }
        });
    }
    double sum = 0;
    for (int32_t t = 0; t < threads; t++) {
        runners[t].join();
        sum += best[t];
    }
    return sum;
}

std::vector<float> output_of(int32_t tier, const hn_step &step, const std::vector<float> &output) {
    hn_program *program = nullptr;
    hn_program_create(tier, &step, 1, 1, &program, nullptr, 0);
    hn_program_run(program);
    hn_program_destroy(program);
    return {output.begin(), output.begin() + static_cast<int64_t>(step.out_c) * step.out_h * step.out_w};
}

double relative_difference(const std::vector<float> &a, const std::vector<float> &b) {
    double difference = 0;
    double norm = 0;
    for (size_t i = 0; i < a.size(); i++) {
        difference += (1.0 * a[i] - b[i]) * (1.0 * a[i] - b[i]);
        norm += 1.0 * b[i] * b[i];
    }
    return std::sqrt(difference / norm);
}

using Networks = std::vector<std::unique_ptr<Network>>;

// Effective rates: multiply-adds of the direct convolution per second, whatever the way.
void report_layer(int32_t tier, const Layer &layer, size_t index, const Networks &networks,
                  const std::vector<float> &output) {
    const hn_step &step = layer.step;
    printf("%-24s %4d -> %4d  %3dx%-3d k%d s%d", layer.name.c_str(), step.in_c, step.out_c, step.out_h, step.out_w,
           step.kernel_h, step.stride);
    const std::vector<float> direct = output_of(tier, networks[0]->step(index), output);
    double difference = 0;
    for (const auto &network : networks) {
        printf(" %7.3f ms %6.1f", network->best_seconds(index) * 1e3,
               multiply_adds(step) / network->best_seconds(index) * 1e-9);
        const std::vector<float> other = output_of(tier, network->step(index), output);
        difference = std::max(difference, relative_difference(other, direct));
    }
    printf("  difference %.1e\n", difference);
}

void report(const std::vector<Layer> &layers, const Networks &networks, double most) {
    double work = 0;
    for (const Layer &layer : layers) {
        work += multiply_adds(layer.step);
    }
    for (size_t way = 0; way < networks.size(); way++) {
        double sum = 0;
        for (size_t i = 0; i < layers.size(); i++) {
            sum += networks[way]->best_seconds(i);
        }
        printf("%-6s sum of the best of each layer %.2f ms, whole run best %.2f median %.2f ms, %.1f GMAC/s, %.0f%% of "
               "%.1f\n",
               WAYS[way].name, sum * 1e3, networks[way]->best_whole() * 1e3, networks[way]->median_whole() * 1e3,
               work * 1e-9 / networks[way]->median_whole(), work / networks[way]->median_whole() / most * 100,
               most * 1e-9);
    }
}

// What all layers read, and what all write.
struct Buffers {
    std::vector<float> input;
    std::vector<float> output;

    explicit Buffers(const std::vector<Layer> &layers) {
        size_t inputs = 1;
        size_t outputs = 1;
        for (const Layer &layer : layers) {
            inputs = std::max(inputs, static_cast<size_t>(layer.step.in_c) * layer.step.in_h * layer.step.in_w);
            outputs = std::max(outputs, static_cast<size_t>(layer.step.out_c) * layer.step.out_h * layer.step.out_w);
        }
        input = random_floats(inputs);
        output.resize(outputs);
    }
};

int run_once(const char *path, const std::string &name, const std::string &way_name, int32_t tier) {
    std::vector<Layer> layers = read_layers(path);
    const auto layer =
        std::find_if(layers.begin(), layers.end(), [&](const Layer &other) { return other.name == name; });
    const auto way =
        std::find_if(std::begin(WAYS), std::end(WAYS), [&](const Way &other) { return other.name == way_name; });
    if (layer == layers.end() || way == std::end(WAYS)) {
        fprintf(stderr, "%s has no layer %s, or there is no way %s; expected direct, 2x2, 4x4 or chosen\n", path,
                name.c_str(), way_name.c_str());
        return 1;
    }
    layers = {*layer};
    Buffers buffers(layers);
    Network(tier, layers, way->convolution, 1, buffers.input, buffers.output).run_untimed();
    return 0;
}

int time_layers(const char *path, int32_t tier, int32_t threads, int runs) {
    const std::vector<Layer> layers = read_layers(path);
    Buffers buffers(layers);
    Networks networks;
    for (const Way &way : WAYS) {
        networks.push_back(
            std::make_unique<Network>(tier, layers, way.convolution, threads, buffers.input, buffers.output));
    }
    for (int run = 0; run < runs; run++) {
        for (const auto &network : networks) {
            network->run();
        }
    }
    printf("%s, tier %d, threads %d; best time and effective GMAC/s:", hn_processor(), tier, threads);
    for (const Way &way : WAYS) {
        printf(" %s", way.name);
    }
    printf("\n");
    for (size_t i = 0; i < layers.size(); i++) {
        report_layer(tier, layers[i], i, networks, buffers.output);
    }
    report(layers, networks, peak(tier, threads));
    return 0;
}

} // namespace

int main(int count, char **arguments) {
    const auto number = [&](int index, int otherwise) { return count > index ? atoi(arguments[index]) : otherwise; };
    const bool once = count > 1 && strcmp(arguments[1], "--once") == 0;
    if (once ? count < 5 : count < 2) {
        fprintf(stderr, "usage: hn_bench <layers.tsv> [tier] [threads] [runs]\n"
                        "       hn_bench --once <layers.tsv> <layer> <direct|2x2|4x4|chosen> [tier]\n");
        return 1;
    }
    return once ? run_once(arguments[2], arguments[3], arguments[4], number(5, hn_best_tier()))
                : time_layers(arguments[1], number(2, hn_best_tier()), number(3, 1), number(4, 20));
}
