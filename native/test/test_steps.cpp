// Steps and programs that are not what they must be are refused, with the reason.
#include "aligned.h"
#include "check.h"
#include "hardnet.h"

#include <cstring>
#include <functional>

namespace {

hn_segment segments[] = {{nullptr, 4, 4, 0}, {nullptr, 6, 4, 0}};

hn_step good_step() {
    hn_step step = {};
    step.kind = HN_CONV;
    step.activation = HN_RELU;
    step.n = 1;
    step.in_c = 8;
    step.in_h = step.in_w = 9;
    step.out_c = 5;
    step.out_h = step.out_w = 5;
    step.kernel_h = step.kernel_w = 3;
    step.stride = 2;
    step.padding_h = step.padding_w = 1;
    step.dilation = 1;
    step.segment_count = 2;
    step.segments = segments;
    step.output_count = 1;
    return step;
}

void check_refused(const char *expected, const std::function<void(hn_step &)> &spoil) {
    hn_step step = good_step();
    spoil(step);
    char message[300] = "";
    const int32_t status = hn_check_step(HN_TIER_PORTABLE, &step, message, sizeof message);
    CHECK(status == HN_INVALID_ARGUMENT, "status %d", status);
    CHECK(strcmp(message, expected) == 0, "\"%s\", got \"%s\"", expected, message);
    CHECK(hn_packed_bytes(HN_TIER_PORTABLE, &step) == -1, "%s", expected);
}

void bad_sizes() {
    check_refused("kind is 15, expected 0 to 14", [](hn_step &step) { step.kind = 15; });
    check_refused("kind is -1, expected 0 to 14", [](hn_step &step) { step.kind = -1; });
    check_refused("activation of the convolution is 3, expected 0 to 2", [](hn_step &step) { step.activation = 3; });
    check_refused("activation of the max pool is 1, expected 0: it takes none",
                  [](hn_step &step) { step.kind = HN_MAX_POOL; });
    check_refused("convolution of the convolution is 4, expected at most 3",
                  [](hn_step &step) { step.convolution = 4; });
    check_refused("convolution of the max pool is 1, expected at most 0", [](hn_step &step) {
        step.kind = HN_MAX_POOL;
        step.activation = HN_NONE;
        step.convolution = HN_DIRECT;
    });
    check_refused("element of the convolution is 2, expected at most 1", [](hn_step &step) { step.element = 2; });
    check_refused("element of the convolution is -1, expected at least 0", [](hn_step &step) { step.element = -1; });
    check_refused("n of the convolution is 0, expected at least 1", [](hn_step &step) { step.n = 0; });
    check_refused("padding_h of the convolution is -1, expected at least 0",
                  [](hn_step &step) { step.padding_h = -1; });
    check_refused("kernel_w of the convolution is 0, expected at least 1", [](hn_step &step) { step.kernel_w = 0; });
    check_refused("dilation of the convolution is 0, expected at least 1", [](hn_step &step) { step.dilation = 0; });
    check_refused("out_h of the convolution is 4, expected 5", [](hn_step &step) { step.out_h = 4; });
    check_refused("out_w of the convolution is 6, expected 5", [](hn_step &step) { step.out_w = 6; });
    check_refused("out_w of the convolution is 5, expected 4", [](hn_step &step) { step.kernel_w = 5; });
    check_refused("out_h of the convolution is 5, expected 6", [](hn_step &step) { step.padding_h = 2; });
    check_refused("out_c of the depthwise convolution is 5, expected 8",
                  [](hn_step &step) { step.kind = HN_DEPTHWISE_CONV; });
    check_refused("out_h of the max pool is 9, expected 3, or 4 rounded up", [](hn_step &step) {
        step.kind = HN_MAX_POOL;
        step.activation = HN_NONE;
        step.in_h = 8;
        step.padding_h = step.padding_w = 0;
        step.out_h = 9;
    });
    check_refused("padding of the max pool is 2, expected at most half the kernel's extent 3", [](hn_step &step) {
        step.kind = HN_MAX_POOL;
        step.activation = HN_NONE;
        step.padding_h = step.padding_w = 2;
    });
    check_refused("in_h of the linear layer is 9, expected 1", [](hn_step &step) {
        step.kind = HN_LINEAR;
        step.out_h = step.out_w = 1;
    });
    check_refused("pixels of the input of the convolution are 6000000000, expected at most 536870911",
                  [](hn_step &step) {
                      step.n = 1000;
                      step.in_h = 3000;
                      step.in_w = 2000;
                  });
}

// A step of another kind, from and to 9 x 9 pixels of 8 channels.
void make(hn_step &step, int32_t kind) {
    step.kind = kind;
    step.activation = HN_NONE;
    step.out_c = step.in_c;
    step.out_h = step.out_w = 9;
    step.kernel_h = step.kernel_w = step.stride = 1;
    step.padding_h = step.padding_w = 0;
}

void windows_that_are_not_square() {
    for (const int32_t kind : {HN_DEPTHWISE_CONV, HN_MAX_POOL, HN_AVERAGE_POOL, HN_TRANSPOSED_CONV}) {
        hn_step step = good_step();
        make(step, kind);
        step.kernel_h = step.kernel_w = 3;
        step.padding_h = step.padding_w = 1;
        CHECK(hn_check_step(HN_TIER_PORTABLE, &step, nullptr, 0) == HN_OK, "kind %d", kind);
        step.kernel_w = 1;
        step.padding_w = 0;
        char message[300] = "";
        CHECK(hn_check_step(HN_TIER_PORTABLE, &step, message, sizeof message) == HN_INVALID_ARGUMENT, "kind %d", kind);
        CHECK(strncmp(message, "kernel_w of the ", 16) == 0, "%s", message);
        CHECK(strstr(message, " is 1, expected 3") != nullptr, "%s", message);
        step.kernel_w = 3;
        CHECK(hn_check_step(HN_TIER_PORTABLE, &step, message, sizeof message) == HN_INVALID_ARGUMENT, "kind %d", kind);
        CHECK(strncmp(message, "padding_w of the ", 17) == 0, "%s", message);
    }
}

void bad_resizes() {
    check_refused("out_c of the resize is 7, expected 8", [](hn_step &step) {
        make(step, HN_RESIZE);
        step.out_c = 7;
    });
    check_refused("activation of the resize is 1, expected 0: it takes none", [](hn_step &step) {
        make(step, HN_RESIZE);
        step.activation = HN_RELU;
    });
    check_refused("out_w of the resize is 0, expected at least 1", [](hn_step &step) {
        make(step, HN_RESIZE);
        step.out_w = 0;
    });
    check_refused("kernel_h of the resize is 2, expected 1", [](hn_step &step) {
        make(step, HN_RESIZE);
        step.kernel_h = 2;
    });
    check_refused("out_c of the resize to arg-max is 8, expected 1",
                  [](hn_step &step) { make(step, HN_RESIZE_ARG_MAX); });
    check_refused("in_c of the resize to arg-max is 257, expected at most 256", [](hn_step &step) {
        make(step, HN_RESIZE_ARG_MAX);
        step.in_c = 257;
        step.out_c = 1;
    });
}

void bad_pixel_operators() {
    check_refused("in_c of the addition is 7, expected 6", [](hn_step &step) {
        make(step, HN_ADD);
        step.in_c = 7;
        step.out_c = 3;
    });
    check_refused("out_h of the addition is 8, expected 9", [](hn_step &step) {
        make(step, HN_ADD);
        step.out_h = 8;
    });
    check_refused("out_w of the batch norm with relu is 10, expected 9", [](hn_step &step) {
        make(step, HN_BATCH_NORM_RELU);
        step.out_w = 10;
    });
    check_refused("activation of the batch norm with relu is 1, expected 0: it takes none", [](hn_step &step) {
        make(step, HN_BATCH_NORM_RELU);
        step.activation = HN_RELU;
    });
    check_refused("out_c of the L2 norm is 4, expected 8", [](hn_step &step) {
        make(step, HN_L2_NORM);
        step.out_c = 4;
    });
    check_refused("stride of the sum to one is 2, expected 1", [](hn_step &step) {
        make(step, HN_SUM_TO_ONE);
        step.stride = 2;
    });
}

void bad_transposed_convolutions() {
    const auto transposed = [](const std::function<void(hn_step &)> &change) {
        return [change](hn_step &step) {
            make(step, HN_TRANSPOSED_CONV);
            step.kernel_h = step.kernel_w = step.out_c = 3;
            step.stride = 2;
            step.padding_h = step.padding_w = 1;
            change(step);
        };
    };
    check_refused("out_h of the transposed convolution is 19, expected at most 18",
                  transposed([](hn_step &step) { step.out_h = 19; }));
    check_refused("out_w of the transposed convolution is 9, expected at most -1",
                  transposed([](hn_step &step) {
                      step.padding_h = step.padding_w = 20;
                      step.in_h = 20;
                      step.out_h = 1;
                  }));
    check_refused("dilation of the transposed convolution is 2, expected 1",
                  transposed([](hn_step &step) { step.dilation = 2; }));
}

void bad_convolutions_with_depthwise_ones() {
    const auto changed = [](const std::function<void(hn_step &)> &change) {
        return [change](hn_step &step) {
            step.kind = HN_CONV_DEPTHWISE;
            step.inner_activation = HN_RELU6;
            change(step);
        };
    };
    check_refused("inner_activation of the convolution with a depthwise one is 3, expected at most 2",
                  changed([](hn_step &step) { step.inner_activation = 3; }));
    check_refused("inner_activation of the convolution with a depthwise one is -1, expected at least 0",
                  changed([](hn_step &step) { step.inner_activation = -1; }));
    check_refused("inner_activation of the convolution is 1, expected at most 0",
                  [](hn_step &step) { step.inner_activation = HN_RELU; });
    check_refused("kernel_h of the convolution with a depthwise one is 5, expected 3",
                  changed([](hn_step &step) { step.kernel_h = step.kernel_w = 5; }));
    check_refused("stride of the convolution with a depthwise one is 3, expected at most 2",
                  changed([](hn_step &step) { step.stride = 3; }));
    check_refused("padding_h of the convolution with a depthwise one is 2, expected at most 1",
                  changed([](hn_step &step) { step.padding_h = step.padding_w = 2; }));
    check_refused("dilation of the convolution with a depthwise one is 2, expected 1",
                  changed([](hn_step &step) { step.dilation = 2; }));
    check_refused("out_h of the convolution with a depthwise one is 4, expected 5",
                  changed([](hn_step &step) { step.out_h = 4; }));
}

void bad_outputs() {
    static hn_output outputs[2];
    const auto normed = [](const std::function<void(hn_step &)> &change) {
        return [change](hn_step &step) {
            outputs[0] = outputs[1] = {nullptr, 8};
            make(step, HN_BATCH_NORM_RELU);
            step.output_count = 3;
            step.extra_outputs = outputs;
            change(step);
        };
    };
    check_refused("output_count of the convolution is 0, expected at least 1",
                  [](hn_step &step) { step.output_count = 0; });
    check_refused("output_count of the convolution is 2, expected 1", [](hn_step &step) { step.output_count = 2; });
    check_refused("pixel_stride of extra output 1 of the batch norm with relu is 7, expected at least 8",
                  normed([](hn_step &) { outputs[1].pixel_stride = 7; }));
    check_refused("data of extra output 0 of the batch norm with relu is 0x2, expected a multiple of 4",
                  normed([](hn_step &) { outputs[0].data = reinterpret_cast<float *>(2); }));
}

void bad_segments() {
    static hn_segment spoiled[2];
    const auto spoil = [](const std::function<void()> &change) {
        return [change](hn_step &step) {
            memcpy(spoiled, segments, sizeof segments);
            change();
            step.segments = spoiled;
        };
    };
    check_refused("segment_count of the convolution is 0, expected at least 1",
                  [](hn_step &step) { step.segment_count = 0; });
    check_refused("channels of segment 1 of the convolution are 0, expected at least 1",
                  spoil([] { spoiled[1].channels = 0; }));
    check_refused("sum of the segments' channels of the convolution is 7, expected 8",
                  spoil([] { spoiled[1].channels = 3; }));
    check_refused("pixel_stride of segment 0 of the convolution is 3, expected at least its channels, 4",
                  spoil([] { spoiled[0].pixel_stride = 3; }));
    check_refused("data of segment 0 of the convolution is 0x6, expected a multiple of 4",
                  spoil([] { spoiled[0].data = reinterpret_cast<const float *>(6); }));
    check_refused("data of segment 0 of the convolution is 0x7, expected a multiple of 2", [](hn_step &step) {
        memcpy(spoiled, segments, sizeof segments);
        spoiled[0].data = reinterpret_cast<const void *>(7);
        step.segments = spoiled;
        step.element = HN_BFLOAT16;
    });
    check_refused("weights of the convolution is 0x20, expected a multiple of 64",
                  [](hn_step &step) { step.weights = reinterpret_cast<const void *>(32); });
    check_refused("output_stride of the convolution is 4, expected at least 5", [](hn_step &step) {
        step.output = reinterpret_cast<float *>(64);
        step.output_stride = 4;
    });
}

void good_steps() {
    hn_step step = good_step();
    char message[300] = "unchanged";
    CHECK(hn_check_step(HN_TIER_PORTABLE, &step, message, sizeof message) == HN_OK, "%s", message);
    CHECK(message[0] == 0, "%s", message);
    step.segments = nullptr;
    CHECK(hn_check_step(HN_TIER_PORTABLE, &step, nullptr, 0) == HN_OK, "null segments and message");
    CHECK(hn_packed_bytes(HN_TIER_PORTABLE, &step) % 64 == 0, "packed bytes");
    step.kind = HN_MAX_POOL;
    step.activation = HN_NONE;
    step.out_c = 8;
    CHECK(hn_packed_bytes(HN_TIER_PORTABLE, &step) == 0, "packed bytes of a pool");
    CHECK(hn_pack_weights(HN_TIER_PORTABLE, &step, nullptr, nullptr, nullptr) == HN_OK, "a pool packs nothing");
}

// One of each of the kinds that the others are not.
void good_kinds() {
    for (const int32_t kind : {HN_RESIZE, HN_RESIZE_ARG_MAX, HN_ADD, HN_BATCH_NORM_RELU, HN_L2_NORM, HN_SUM_TO_ONE,
                               HN_TRANSPOSED_CONV}) {
        hn_step step = good_step();
        make(step, kind);
        step.out_c = kind == HN_RESIZE_ARG_MAX ? 1 : kind == HN_ADD ? 4 : 8;
        char message[300] = "";
        CHECK(hn_check_step(HN_TIER_PORTABLE, &step, message, sizeof message) == HN_OK, "%s", message);
    }
}

void packing_needs_what_it_reads() {
    hn_step step = good_step();
    make(step, HN_L2_NORM);
    Aligned memory(hn_packed_bytes(HN_TIER_PORTABLE, &step));
    const float values[16] = {};
    CHECK(hn_pack_weights(HN_TIER_PORTABLE, &step, values, nullptr, memory.get()) == HN_OK, "no bias");
    CHECK(hn_pack_weights(HN_TIER_PORTABLE, &step, nullptr, values, memory.get()) == HN_INVALID_ARGUMENT, "weights");
    make(step, HN_BATCH_NORM_RELU);
    CHECK(hn_packed_bytes(HN_TIER_PORTABLE, &step) == 64, "8 scales and 8 shifts");
    step.output_count = 3;
    CHECK(hn_packed_bytes(HN_TIER_PORTABLE, &step) == 192, "24 scales and 24 shifts");
    CHECK(hn_pack_weights(HN_TIER_PORTABLE, &step, values, nullptr, memory.get()) == HN_INVALID_ARGUMENT, "shifts");
}

void short_message() {
    hn_step step = good_step();
    step.n = -5;
    char message[] = "0123456789";
    CHECK(hn_check_step(HN_TIER_PORTABLE, &step, message, 5) == HN_INVALID_ARGUMENT, "%s", message);
    CHECK(memcmp(message, "n of\00056789", 10) == 0, "%s", message);
}

void unknown_tiers() {
    hn_step step = good_step();
    for (const int32_t tier : {-1, 4, 1000}) {
        CHECK(hn_tier_supported(tier) == 0, "tier %d", tier);
        char message[300] = "";
        CHECK(hn_check_step(tier, &step, message, sizeof message) == HN_UNSUPPORTED_TIER, "tier %d", tier);
        CHECK(strstr(message, "(unknown) cannot run here") != nullptr, "%s", message);
        CHECK(hn_packed_bytes(tier, &step) == -1, "tier %d", tier);
    }
    CHECK(hn_tier_supported(HN_TIER_PORTABLE) == 1, "portable");
    CHECK(hn_tier_supported(hn_best_tier()) == 1, "best tier %d", hn_best_tier());
    CHECK(strlen(hn_processor()) > 0, "processor");
    CHECK(hn_sizeof_segment() == 24 && hn_sizeof_step() == 120, "%d, %d", hn_sizeof_segment(), hn_sizeof_step());
    CHECK(hn_sizeof_output() == 16, "%d", hn_sizeof_output());
    CHECK(hn_abi_version() == HN_ABI_VERSION, "%d", hn_abi_version());
}

void check_program_refused(const hn_step *steps, int32_t count, int32_t threads, const char *expected) {
    char message[300] = "";
    hn_program *program = reinterpret_cast<hn_program *>(1);
    const int32_t status =
        hn_program_create(HN_TIER_PORTABLE, steps, count, threads, &program, message, sizeof message);
    CHECK(status == HN_INVALID_ARGUMENT, "status %d", status);
    CHECK(program == nullptr, "%s", expected);
    CHECK(strstr(message, expected) != nullptr, "\"%s\", got \"%s\"", expected, message);
}

void bad_programs() {
    hn_step steps[] = {good_step(), good_step()};
    Aligned memory(64 * 1024);
    hn_segment whole = {static_cast<float *>(memory.get()), 8, 8, 0};
    for (hn_step &step : steps) {
        step.segment_count = 1;
        step.segments = &whole;
        step.output = static_cast<float *>(memory.get());
        step.output_stride = 5;
        step.weights = memory.get();
    }
    check_program_refused(steps, 0, 1, "a program has 0 steps");
    check_program_refused(nullptr, 1, 1, "a program has 1 steps at");
    check_program_refused(steps, 2, 0, "threads are 0, expected 1 to 1024");
    steps[1].weights = nullptr;
    check_program_refused(steps, 2, 1, "step 1: weights of the convolution is null, expected memory");
    hn_step normed = good_step();
    make(normed, HN_BATCH_NORM_RELU);
    normed.segment_count = 1;
    normed.segments = &whole;
    normed.output = static_cast<float *>(memory.get());
    normed.output_stride = 8;
    normed.weights = memory.get();
    normed.output_count = 2;
    check_program_refused(&normed, 1, 1, "step 0: extra_outputs of the batch norm with relu is null, expected memory");
    const hn_output nowhere = {nullptr, 8};
    normed.extra_outputs = &nowhere;
    check_program_refused(&normed, 1, 1,
                          "data of an extra output of the batch norm with relu is null, expected memory");
    steps[0].output = nullptr;
    check_program_refused(steps, 2, 1, "step 0: output of the convolution is null, expected memory");
    steps[0].in_h = 100;
    check_program_refused(steps, 2, 1, "step 0: out_h of the convolution is 5, expected 50");
    CHECK(hn_program_run(nullptr) == HN_INVALID_ARGUMENT, "null program");
    CHECK(hn_program_profile(nullptr, nullptr) == HN_INVALID_ARGUMENT, "null program");
    hn_program_destroy(nullptr);
}

// A convolution of 3 x 3, stride 1 and dilation 1.
hn_step winograd_step(int32_t convolution) {
    hn_step step = good_step();
    step.stride = 1;
    step.out_h = step.out_w = 9;
    step.convolution = convolution;
    return step;
}

void ways_of_convolutions() {
    for (const int32_t way : {HN_DIRECT, HN_WINOGRAD_2X2, HN_WINOGRAD_4X4}) {
        hn_step step = winograd_step(way);
        CHECK(hn_convolution_way(HN_TIER_PORTABLE, &step) == way, "way %d", way);
        step = good_step();
        step.convolution = way;
        CHECK(hn_convolution_way(HN_TIER_PORTABLE, &step) == HN_DIRECT, "stride 2, way %d", way);
    }
    hn_step step = winograd_step(HN_CHOSEN);
    const int32_t chosen = hn_convolution_way(HN_TIER_PORTABLE, &step);
    CHECK(chosen >= HN_DIRECT && chosen <= HN_WINOGRAD_4X4, "way %d", chosen);
    make(step, HN_BATCH_NORM_RELU);
    CHECK(hn_convolution_way(HN_TIER_PORTABLE, &step) == HN_CHOSEN, "no convolution");
    step.n = 0;
    CHECK(hn_convolution_way(HN_TIER_PORTABLE, &step) == -1, "a step that is refused");
    CHECK(hn_convolution_way(HN_TIER_PORTABLE, nullptr) == -1, "no step");
}

// A bias per output channel; then 9, 16 or, of F(4x4), six rows of three values per input and output channel.
void packed_bytes_of_convolutions() {
    const struct {
        int32_t way, values;
    } cases[] = {{HN_DIRECT, 9}, {HN_WINOGRAD_2X2, 16}, {HN_WINOGRAD_4X4, 18}};
    for (const auto &it : cases) {
        hn_step step = winograd_step(it.way);
        const hn_segment input = {nullptr, 96, 96, 0};
        step.segment_count = 1;
        step.segments = &input;
        step.in_c = 96;
        step.out_c = 160;
        const int64_t expected = 4 * 160 * (1 + it.values * 96);
        const int64_t bytes = hn_packed_bytes(HN_TIER_PORTABLE, &step);
        CHECK(bytes == expected, "%lld bytes, way %d", static_cast<long long>(bytes), it.way);
    }
}

} // namespace

int main() {
    bad_sizes();
    windows_that_are_not_square();
    bad_resizes();
    bad_pixel_operators();
    bad_transposed_convolutions();
    bad_convolutions_with_depthwise_ones();
    bad_outputs();
    bad_segments();
    good_steps();
    good_kinds();
    packing_needs_what_it_reads();
    short_message();
    unknown_tiers();
    bad_programs();
    ways_of_convolutions();
    packed_bytes_of_convolutions();
    return exit_status();
}
