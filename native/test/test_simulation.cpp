// Steps through simulated caches: misses that can be counted by hand.
#include "check.h"
#include "operator_case.h"

namespace {

constexpr int64_t LINE = 64;

float *simulated(int64_t offset) { return reinterpret_cast<float *>(HN_SIMULATED_MEMORY + offset); }

hn_simulation *create(const hn_cache &last, int32_t tier = HN_TIER_PORTABLE) {
    const hn_cache first = {2048, 64, 4};
    hn_simulation *simulation = nullptr;
    char message[300] = "";
    CHECK(hn_simulation_create(tier, &first, &last, &simulation, message, sizeof message) == HN_OK, "%s", message);
    return simulation;
}

hn_traffic run(hn_simulation *simulation, const hn_step &step) {
    hn_traffic traffic = {};
    char message[300] = "";
    CHECK(hn_simulation_run(simulation, &step, &traffic, message, sizeof message) == HN_OK, "%s", message);
    return traffic;
}

// Adds two maps of 16 channels: a line per pixel and map. The three maps follow each other.
class Addition {
  public:
    explicit Addition(int32_t pixels) : bytes(pixels * LINE) {
        step = sizes_of(HN_ADD, 1, 32, 1, pixels);
        step.out_c = 16;
        for (int i = 0; i < 2; i++) {
            segments[i] = {simulated(i * bytes), 16, 16, 0};
        }
        step.segment_count = 2;
        step.segments = segments;
        step.output = simulated(2 * bytes);
        step.output_stride = 16;
    }
    Addition(const Addition &) = delete;

    const int64_t bytes;
    hn_step step;
    hn_segment segments[2];
};

void check_lines(const hn_traffic &traffic, int64_t reads, int64_t writes, int64_t write_backs) {
    CHECK(traffic.read_misses == reads && traffic.write_misses == writes && traffic.write_backs == write_backs,
          "%lld read, %lld write misses, %lld write-backs; expected %lld, %lld, %lld",
          static_cast<long long>(traffic.read_misses), static_cast<long long>(traffic.write_misses),
          static_cast<long long>(traffic.write_backs), static_cast<long long>(reads), static_cast<long long>(writes),
          static_cast<long long>(write_backs));
}

void what_fits_is_read_once() {
    const Addition addition(64);
    hn_simulation *simulation = create({1 << 16, 64, 4});
    check_lines(run(simulation, addition.step), 128, 64, 0);
    check_lines(run(simulation, addition.step), 0, 0, 0);
    hn_simulation_destroy(simulation);
}

// The least recently used line is the one that is needed next: every line is read again, every written one goes back.
void what_does_not_fit_is_read_again() {
    const Addition addition(1024);
    hn_simulation *simulation = create({1 << 14, 64, 4});
    run(simulation, addition.step);
    check_lines(run(simulation, addition.step), 2048, 1024, 1024);
    hn_simulation_destroy(simulation);
}

// 3 x 2^k lines: sets that are not a power of two.
void any_number_of_sets_works() {
    const Addition addition(64);
    hn_simulation *simulation = create({3 << 12, 64, 1});
    check_lines(run(simulation, addition.step), 128, 64, 0);
    check_lines(run(simulation, addition.step), 0, 0, 0);
    hn_simulation_destroy(simulation);
}

// Of 4 lanes, 16 channels take 4 loads or stores for each of the 3 maps.
void every_load_and_store_is_counted() {
    const Addition addition(64);
    hn_simulation *simulation = create({1 << 16, 64, 4});
    const hn_traffic traffic = run(simulation, addition.step);
    CHECK(traffic.accesses == 64 * 3 * 4, "%lld accesses", static_cast<long long>(traffic.accesses));
    CHECK(traffic.requests == 64 * 3, "%lld requests", static_cast<long long>(traffic.requests));
    hn_simulation_destroy(simulation);
}

// No kernel may touch what does not exist: this would end the process.
void every_operator_of_every_tier_is_simulated() {
    for (const int32_t tier : supported_tiers()) {
        hn_simulation *simulation = create({1 << 16, 64, 4}, tier);
        for (int32_t kind = HN_CONV; kind <= HN_CONV_DEPTHWISE; kind++) {
            Random random(1);
            hn_step sizes = sizes_of(kind, 2, 38, 13, 11);
            sizes.out_h = kind == HN_GLOBAL_AVERAGE_POOL ? 1 : sizes.out_h;
            sizes.out_w = kind == HN_GLOBAL_AVERAGE_POOL ? 1 : sizes.out_w;
            sizes.out_c = kind == HN_RESIZE_ARG_MAX ? 1 : kind == HN_ADD ? 19 : sizes.out_c;
            if (kind == HN_CONV_DEPTHWISE) {
                sizes.kernel_h = sizes.kernel_w = 3;
                sizes.padding_h = sizes.padding_w = 1;
            }
            if (kind == HN_LINEAR) {
                sizes.in_h = sizes.in_w = sizes.out_h = sizes.out_w = 1;
            }
            sizes.segment_count = 2;
            const hn_segment segments[] = {{simulated(0), 19, 19, 0}, {simulated(1 << 20), 19, 19, 0}};
            sizes.segments = segments;
            sizes.output = simulated(2 << 20);
            sizes.output_stride = sizes.out_c;
            sizes.weights = simulated(4 << 20);
            const hn_traffic traffic = run(simulation, sizes);
            CHECK(traffic.read_misses > 0 && traffic.write_misses > 0, "tier %d, kind %d", tier, kind);
        }
        hn_simulation_destroy(simulation);
    }
}

void addresses_that_may_exist_are_refused() {
    Addition addition(64);
    addition.segments[1].data = reinterpret_cast<const float *>(4096);
    hn_simulation *simulation = create({1 << 16, 64, 4});
    hn_traffic traffic = {};
    CHECK(hn_simulation_run(simulation, &addition.step, &traffic, nullptr, 0) == HN_INVALID_ARGUMENT, "address 4096");
    hn_simulation_destroy(simulation);
}

void maps_of_bfloat16_are_refused() {
    Addition addition(64);
    addition.step.element = HN_BFLOAT16;
    hn_simulation *simulation = create({1 << 16, 64, 4});
    hn_traffic traffic = {};
    char message[300] = "";
    CHECK(hn_simulation_run(simulation, &addition.step, &traffic, message, sizeof message) == HN_INVALID_ARGUMENT,
          "bfloat16");
    CHECK(std::string(message) == "element of the step is 1, expected 0: only that is simulated", "%s", message);
    hn_simulation_destroy(simulation);
}

void caches_without_whole_sets_are_refused() {
    const hn_cache good = {1024, 64, 2};
    for (const hn_cache &bad : {hn_cache{1000, 64, 2}, hn_cache{1024, 48, 2}, hn_cache{1024, 64, 0},
                                hn_cache{1024, 32, 2}, hn_cache{0, 64, 2}}) {
        hn_simulation *simulation = nullptr;
        CHECK(hn_simulation_create(HN_TIER_PORTABLE, &good, &bad, &simulation, nullptr, 0) == HN_INVALID_ARGUMENT &&
                  simulation == nullptr,
              "%lld bytes, lines of %d, %d ways", static_cast<long long>(bad.bytes), bad.line_bytes, bad.ways);
    }
}

} // namespace

int main() {
    what_fits_is_read_once();
    what_does_not_fit_is_read_again();
    any_number_of_sets_works();
    every_load_and_store_is_counted();
    every_operator_of_every_tier_is_simulated();
    addresses_that_may_exist_are_refused();
    maps_of_bfloat16_are_refused();
    caches_without_whole_sets_are_refused();
    return exit_status();
}
