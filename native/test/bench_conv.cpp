// Times the convolutions of a network, layer by layer: hn_bench <layers.tsv> [tier] [threads] [runs]
//
// The file has a head line and one layer with a square kernel per line:
// layer in_c in_h in_w out_c out_h out_w kernel stride pad dilation groups bias
#include "aligned.h"
#include "hardnet.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace {

struct Layer {
    std::string name;
    hn_step step = {};
    hn_segment input = {};
    Aligned weights;
};

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

void pack(int32_t tier, Layer &layer) {
    const hn_step &step = layer.step;
    const size_t inputs = step.kind == HN_CONV ? step.in_c : 1;
    const size_t per_output = inputs * step.kernel_h * step.kernel_w;
    const std::vector<float> weights = random_floats(per_output * step.out_c);
    const std::vector<float> bias = random_floats(step.out_c);
    layer.weights = Aligned(hn_packed_bytes(tier, &step));
    hn_pack_weights(tier, &step, weights.data(), bias.data(), layer.weights.get());
}

// All layers read one buffer and write another, so an input is as cold as in a network.
std::vector<hn_step> connect(int32_t tier, std::vector<Layer> &layers, const float *input, float *output) {
    std::vector<hn_step> steps;
    for (Layer &layer : layers) {
        hn_step &step = layer.step;
        pack(tier, layer);
        layer.input = {input, step.in_c, step.in_c, 0};
        step.segment_count = 1;
        step.segments = &layer.input;
        step.output = output;
        step.output_stride = step.out_c;
        step.weights = layer.weights.get();
        steps.push_back(step);
    }
    return steps;
}

double seconds_of(const std::function<void()> &body) {
    const auto start = std::chrono::steady_clock::now();
    body();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

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

void report(const std::vector<Layer> &layers, const std::vector<int64_t> &best, double whole, double most) {
    double work = 0;
    int64_t sum = 0;
    for (size_t i = 0; i < layers.size(); i++) {
        const hn_step &step = layers[i].step;
        const double rate = multiply_adds(step) / static_cast<double>(best[i]);
        printf("%-24s %4d -> %4d  %3dx%-3d k%d s%d %8.3f ms %7.1f GMAC/s %4.0f%%\n", layers[i].name.c_str(), step.in_c,
               step.out_c, step.out_h, step.out_w, step.kernel_h, step.stride, static_cast<double>(best[i]) * 1e-6,
               rate, rate * 1e11 / most);
        work += multiply_adds(step);
        sum += best[i];
    }
    printf("sum of the best of each layer %.2f ms, best whole run %.2f ms, %.2f GMAC, %.1f GMAC/s, %.0f%% of %.1f\n",
           static_cast<double>(sum) * 1e-6, whole * 1e3, work * 1e-9, work * 1e-9 / whole, work / whole / most * 100,
           most * 1e-9);
}

} // namespace

int main(int count, char **arguments) {
    if (count < 2) {
        fprintf(stderr, "usage: hn_bench <layers.tsv> [tier] [threads] [runs]\n");
        return 1;
    }
    const int32_t tier = count > 2 ? atoi(arguments[2]) : hn_best_tier();
    const int32_t threads = count > 3 ? atoi(arguments[3]) : 1;
    const int runs = count > 4 ? atoi(arguments[4]) : 20;
    std::vector<Layer> layers = read_layers(arguments[1]);
    size_t inputs = 1;
    size_t outputs = 1;
    for (const Layer &layer : layers) {
        inputs = std::max(inputs, static_cast<size_t>(layer.step.in_c) * layer.step.in_h * layer.step.in_w);
        outputs = std::max(outputs, static_cast<size_t>(layer.step.out_c) * layer.step.out_h * layer.step.out_w);
    }
    const std::vector<float> input = random_floats(inputs);
    std::vector<float> output(outputs);
    const std::vector<hn_step> steps = connect(tier, layers, input.data(), output.data());
    hn_program *program = nullptr;
    char message[300];
    if (hn_program_create(tier, steps.data(), static_cast<int32_t>(steps.size()), threads, &program, message,
                          sizeof message) != HN_OK) {
        fprintf(stderr, "%s\n", message);
        return 1;
    }
    std::vector<int64_t> best(layers.size(), INT64_MAX);
    std::vector<int64_t> times(layers.size());
    double whole = 1e9;
    for (int run = 0; run < runs; run++) {
        whole = std::min(whole, seconds_of([&] { hn_program_profile(program, times.data()); }));
        for (size_t i = 0; i < times.size(); i++) {
            best[i] = std::min(best[i], times[i]);
        }
    }
    hn_program_destroy(program);
    printf("%s, tier %d, threads %d\n", hn_processor(), tier, threads);
    report(layers, best, whole, peak(tier, threads));
    return 0;
}
