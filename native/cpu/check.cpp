#include "check.h"

#include "tiers.h"

#include <stdarg.h>
#include <stdio.h>

namespace hardnet {

namespace {

typedef long long number; // what %lld prints, whatever int64_t is

enum class Size {
    WINDOW,     // the output's follows from the window
    TRANSPOSED, // the output's is at most what the window makes of it
    SAME,
    ONE, // one output pixel
    ANY
};

// What is allowed for a kind of operator, in the order of hn_kind.
struct Rules {
    const char *name;
    bool activation;
    bool free_channels; // the output's do not follow from the input's
    Size size;
};

constexpr Rules RULES[] = {{"convolution", true, true, Size::WINDOW},
                           {"depthwise convolution", true, false, Size::WINDOW},
                           {"max pool", false, false, Size::WINDOW},
                           {"average pool", false, false, Size::WINDOW},
                           {"global average pool", false, false, Size::ONE},
                           {"linear layer", true, true, Size::ONE},
                           {"resize", false, false, Size::ANY},
                           {"resize to arg-max", false, true, Size::ANY},
                           {"addition", true, true, Size::SAME},
                           {"batch norm with relu", false, false, Size::SAME},
                           {"L2 norm", false, false, Size::SAME},
                           {"sum to one", false, false, Size::SAME},
                           {"transposed convolution", true, true, Size::TRANSPOSED},
                           {"convolution with a depthwise one", true, true, Size::WINDOW},
                           {"copy", false, false, Size::SAME}};
static_assert(sizeof(RULES) / sizeof(RULES[0]) == HN_COPY + 1, "one rule per kind");

bool is_kind(int32_t kind) { return kind >= HN_CONV && kind <= HN_COPY; }

const char *kind_name(int32_t kind) { return is_kind(kind) ? RULES[kind].name : "unknown operator"; }

bool is_pool(const hn_step &step) { return step.kind == HN_MAX_POOL || step.kind == HN_AVERAGE_POOL; }

bool has_window(const hn_step &step) {
    return RULES[step.kind].size == Size::WINDOW || RULES[step.kind].size == Size::TRANSPOSED;
}

hn_status check_kind(const hn_step &step, Message &message) {
    if (!is_kind(step.kind)) {
        return message.fail(HN_INVALID_ARGUMENT, "kind is %d, expected %d to %d", step.kind, HN_CONV,
                            HN_COPY);
    }
    if (step.activation < HN_NONE || step.activation > HN_RELU6) {
        return message.fail(HN_INVALID_ARGUMENT, "activation of the %s is %d, expected %d to %d", kind_name(step.kind),
                            step.activation, HN_NONE, HN_RELU6);
    }
    if (!RULES[step.kind].activation && step.activation != HN_NONE) {
        return message.fail(HN_INVALID_ARGUMENT, "activation of the %s is %d, expected %d: it takes none",
                            kind_name(step.kind), step.activation, HN_NONE);
    }
    return HN_OK;
}

hn_status check_at_least(const hn_step &step, const char *name, int64_t value, int64_t least, Message &message) {
    if (value < least) {
        return message.fail(HN_INVALID_ARGUMENT, "%s of the %s is %lld, expected at least %lld", name,
                            kind_name(step.kind), static_cast<number>(value), static_cast<number>(least));
    }
    return HN_OK;
}

hn_status check_equal(const hn_step &step, const char *name, int64_t value, int64_t expected, Message &message) {
    if (value != expected) {
        return message.fail(HN_INVALID_ARGUMENT, "%s of the %s is %lld, expected %lld", name, kind_name(step.kind),
                            static_cast<number>(value), static_cast<number>(expected));
    }
    return HN_OK;
}

hn_status check_at_most(const hn_step &step, const char *name, int64_t value, int64_t most, Message &message) {
    if (value > most) {
        return message.fail(HN_INVALID_ARGUMENT, "%s of the %s is %lld, expected at most %lld", name,
                            kind_name(step.kind), static_cast<number>(value), static_cast<number>(most));
    }
    return HN_OK;
}

hn_status check_element(const hn_step &step, Message &message) {
    const hn_status status = check_at_least(step, "element", step.element, HN_FLOAT32, message);
    return status != HN_OK ? status : check_at_most(step, "element", step.element, HN_BFLOAT16, message);
}

hn_status check_convolution(const hn_step &step, Message &message) {
    const int32_t most = step.kind == HN_CONV ? HN_WINOGRAD_4X4 : HN_CHOSEN;
    const hn_status status = check_at_least(step, "convolution", step.convolution, HN_CHOSEN, message);
    return status != HN_OK ? status : check_at_most(step, "convolution", step.convolution, most, message);
}

hn_status check_inner_activation(const hn_step &step, Message &message) {
    const int32_t most = step.kind == HN_CONV_DEPTHWISE ? HN_RELU6 : HN_NONE;
    const hn_status status = check_at_least(step, "inner_activation", step.inner_activation, HN_NONE, message);
    return status != HN_OK ? status : check_at_most(step, "inner_activation", step.inner_activation, most, message);
}

hn_status check_sizes(const hn_step &step, Message &message) {
    const struct {
        const char *name;
        int64_t value;
        int64_t least;
    } sizes[] = {{"n", step.n, 1},
                 {"in_c", step.in_c, 1},
                 {"in_h", step.in_h, 1},
                 {"in_w", step.in_w, 1},
                 {"out_c", step.out_c, 1},
                 {"out_h", step.out_h, 1},
                 {"out_w", step.out_w, 1},
                 {"kernel_h", step.kernel_h, 1},
                 {"kernel_w", step.kernel_w, 1},
                 {"stride", step.stride, 1},
                 {"padding_h", step.padding_h, 0},
                 {"padding_w", step.padding_w, 0},
                 {"dilation", step.dilation, 1},
                 {"output_count", step.output_count, 1}};
    for (const auto &size : sizes) {
        if (hn_status status = check_at_least(step, size.name, size.value, size.least, message)) {
            return status;
        }
    }
    return HN_OK;
}

// The windows of 3 x 3 that have a kernel together with the convolution before them.
hn_status check_inner_window(const hn_step &step, Message &message) {
    if (step.kind != HN_CONV_DEPTHWISE) {
        return HN_OK;
    }
    if (hn_status status = check_equal(step, "kernel_h", step.kernel_h, 3, message)) {
        return status;
    }
    if (hn_status status = check_equal(step, "dilation", step.dilation, 1, message)) {
        return status;
    }
    const hn_status status = check_at_most(step, "stride", step.stride, 2, message);
    return status != HN_OK ? status : check_at_most(step, "padding_h", step.padding_h, 1, message);
}

// Rows or columns from the first tap of a kernel to the last.
int64_t extent(const hn_step &step, int32_t kernel) {
    return (static_cast<int64_t>(kernel) - 1) * step.dilation + 1;
}

// Positions are computed in 32 bits where they cannot leave them.
hn_status check_limits(const hn_step &step, Message &message) {
    constexpr int64_t most = INT32_MAX / 4;
    const struct {
        const char *name;
        double value;
    } sizes[] = {{"pixels of the input", 1.0 * step.n * step.in_h * step.in_w},
                 {"pixels of the output", 1.0 * step.n * step.out_h * step.out_w},
                 {"rows under the kernel", static_cast<double>(extent(step, step.kernel_h))},
                 {"columns under the kernel", static_cast<double>(extent(step, step.kernel_w))},
                 {"padding_h", 1.0 * step.padding_h},
                 {"padding_w", 1.0 * step.padding_w},
                 {"stride", 1.0 * step.stride},
                 {"weights of an output channel", 1.0 * step.kernel_h * step.kernel_w * step.in_c}};
    for (const auto &size : sizes) {
        if (size.value > static_cast<double>(most)) {
            return message.fail(HN_INVALID_ARGUMENT, "%s of the %s are %.0f, expected at most %lld", size.name,
                                kind_name(step.kind), size.value, static_cast<number>(most));
        }
    }
    return HN_OK;
}

// Rows or columns, with the name of the output's.
struct Axis {
    const char *name;
    int32_t in;
    int32_t out;
    int32_t kernel;
    int32_t padding;
};

// The output's size along one axis: floor for convolutions; pools may round up, unless the last window would then begin
// beyond the map and its padding before it.
hn_status check_axis(const hn_step &step, const Axis &axis, Message &message) {
    const int64_t room = axis.in + 2 * static_cast<int64_t>(axis.padding) - extent(step, axis.kernel);
    const int64_t down = room < 0 ? 0 : room / step.stride + 1;
    int64_t up = down;
    if (is_pool(step) && room + step.stride > 0) {
        up = (room + step.stride - 1) / step.stride + 1;
        up -= (up - 1) * step.stride >= axis.in + axis.padding ? 1 : 0;
    }
    if (axis.out == down || axis.out == up) {
        return HN_OK;
    }
    const number expected = static_cast<number>(down);
    const number rounded_up = static_cast<number>(up);
    return up == down ? message.fail(HN_INVALID_ARGUMENT, "%s of the %s is %d, expected %lld", axis.name,
                                     kind_name(step.kind), axis.out, expected)
                      : message.fail(HN_INVALID_ARGUMENT, "%s of the %s is %d, expected %lld, or %lld rounded up",
                                     axis.name, kind_name(step.kind), axis.out, expected, rounded_up);
}

// Only a convolution's window may be of any shape.
hn_status check_square(const hn_step &step, Message &message) {
    if (step.kind == HN_CONV) {
        return HN_OK;
    }
    const hn_status status = check_equal(step, "kernel_w", step.kernel_w, step.kernel_h, message);
    return status != HN_OK ? status : check_equal(step, "padding_w", step.padding_w, step.padding_h, message);
}

hn_status check_pool_window(const hn_step &step, Message &message) {
    const int64_t rows = extent(step, step.kernel_h);
    if (2 * static_cast<int64_t>(step.padding_h) > rows) {
        return message.fail(HN_INVALID_ARGUMENT,
                            "padding of the %s is %d, expected at most half the kernel's extent %lld",
                            kind_name(step.kind), step.padding_h, static_cast<number>(rows));
    }
    return step.kind == HN_AVERAGE_POOL ? check_equal(step, "dilation", step.dilation, 1, message) : HN_OK;
}

hn_status check_window(const hn_step &step, Message &message) {
    if (RULES[step.kind].size != Size::WINDOW) {
        return HN_OK;
    }
    if (hn_status status = is_pool(step) ? check_pool_window(step, message) : HN_OK) {
        return status;
    }
    const Axis rows = {"out_h", step.in_h, step.out_h, step.kernel_h, step.padding_h};
    const Axis columns = {"out_w", step.in_w, step.out_w, step.kernel_w, step.padding_w};
    const hn_status status = check_axis(step, rows, message);
    return status != HN_OK ? status : check_axis(step, columns, message);
}

// What lies beyond the output at the bottom and right is cropped as the padding is at the top and left.
hn_status check_transposed_window(const hn_step &step, Message &message) {
    if (RULES[step.kind].size != Size::TRANSPOSED) {
        return HN_OK;
    }
    const auto most = [&](int64_t in) { return (in - 1) * step.stride + step.kernel_h - step.padding_h; };
    if (hn_status status = check_equal(step, "dilation", step.dilation, 1, message)) {
        return status;
    }
    const hn_status status = check_at_most(step, "out_h", step.out_h, most(step.in_h), message);
    return status != HN_OK ? status : check_at_most(step, "out_w", step.out_w, most(step.in_w), message);
}

hn_status check_channels(const hn_step &step, Message &message) {
    switch (step.kind) {
    case HN_ADD:
        return check_equal(step, "in_c", step.in_c, 2 * static_cast<int64_t>(step.out_c), message);
    case HN_RESIZE_ARG_MAX: {
        const hn_status status = check_equal(step, "out_c", step.out_c, 1, message);
        return status != HN_OK ? status : check_at_most(step, "in_c", step.in_c, 256, message);
    }
    default:
        return RULES[step.kind].free_channels ? HN_OK : check_equal(step, "out_c", step.out_c, step.in_c, message);
    }
}

hn_status check_output_count(const hn_step &step, Message &message) {
    return step.kind == HN_BATCH_NORM_RELU ? HN_OK : check_equal(step, "output_count", step.output_count, 1, message);
}

// Operators without a window: none but the linear layer asks for one input pixel.
hn_status check_no_window(const hn_step &step, Message &message) {
    if (has_window(step)) {
        return HN_OK;
    }
    const Size size = RULES[step.kind].size;
    const bool linear = step.kind == HN_LINEAR;
    const struct {
        const char *name;
        int64_t value;
        int64_t expected;
    } sizes[] = {{"out_h", step.out_h, size == Size::ONE ? 1 : size == Size::SAME ? step.in_h : step.out_h},
                 {"out_w", step.out_w, size == Size::ONE ? 1 : size == Size::SAME ? step.in_w : step.out_w},
                 {"in_h", step.in_h, linear ? 1 : step.in_h},
                 {"in_w", step.in_w, linear ? 1 : step.in_w},
                 {"kernel_h", step.kernel_h, 1},
                 {"kernel_w", step.kernel_w, 1},
                 {"stride", step.stride, 1},
                 {"padding_h", step.padding_h, 0},
                 {"padding_w", step.padding_w, 0},
                 {"dilation", step.dilation, 1}};
    for (const auto &it : sizes) {
        if (hn_status status = check_equal(step, it.name, it.value, it.expected, message)) {
            return status;
        }
    }
    return HN_OK;
}

bool aligned(const void *pointer, uintptr_t bytes) { return reinterpret_cast<uintptr_t>(pointer) % bytes == 0; }

uintptr_t element_bytes(const hn_step &step) {
    return step.element == HN_BFLOAT16 ? sizeof(uint16_t) : sizeof(float);
}

hn_status check_segment(const hn_step &step, int32_t index, Message &message) {
    const hn_segment &segment = step.segments[index];
    const char *const name = kind_name(step.kind);
    if (segment.channels < 1) {
        return message.fail(HN_INVALID_ARGUMENT, "channels of segment %d of the %s are %d, expected at least 1", index,
                            name, segment.channels);
    }
    if (segment.pixel_stride < segment.channels) {
        return message.fail(HN_INVALID_ARGUMENT,
                            "pixel_stride of segment %d of the %s is %lld, expected at least its channels, %d", index,
                            name, static_cast<number>(segment.pixel_stride), segment.channels);
    }
    if (!aligned(segment.data, element_bytes(step))) {
        return message.fail(HN_INVALID_ARGUMENT, "data of segment %d of the %s is %p, expected a multiple of %zu",
                            index, name, segment.data, static_cast<size_t>(element_bytes(step)));
    }
    return HN_OK;
}

hn_status check_segments(const hn_step &step, Message &message) {
    if (step.segments == nullptr) {
        return HN_OK;
    }
    if (hn_status status = check_at_least(step, "segment_count", step.segment_count, 1, message)) {
        return status;
    }
    int64_t channels = 0;
    for (int32_t i = 0; i < step.segment_count; i++) {
        if (hn_status status = check_segment(step, i, message)) {
            return status;
        }
        channels += step.segments[i].channels;
    }
    return check_equal(step, "sum of the segments' channels", channels, step.in_c, message);
}

hn_status check_alignment(const hn_step &step, Message &message) {
    const struct {
        const char *name;
        const void *pointer;
        uintptr_t bytes;
    } pointers[] = {{"output", step.output, element_bytes(step)},
                    {"weights", step.weights, 64}};
    for (const auto &it : pointers) {
        if (!aligned(it.pointer, it.bytes)) {
            return message.fail(HN_INVALID_ARGUMENT, "%s of the %s is %p, expected a multiple of %zu", it.name,
                                kind_name(step.kind), it.pointer, static_cast<size_t>(it.bytes));
        }
    }
    return step.output == nullptr
               ? HN_OK
               : check_at_least(step, "output_stride", step.output_stride, step.out_c, message);
}

hn_status check_extra_output(const hn_step &step, int32_t index, Message &message) {
    const hn_output &output = step.extra_outputs[index];
    if (output.pixel_stride < step.out_c) {
        return message.fail(HN_INVALID_ARGUMENT,
                            "pixel_stride of extra output %d of the %s is %lld, expected at least %d", index,
                            kind_name(step.kind), static_cast<number>(output.pixel_stride), step.out_c);
    }
    if (!aligned(output.data, element_bytes(step))) {
        return message.fail(HN_INVALID_ARGUMENT, "data of extra output %d of the %s is %p, expected a multiple of %zu",
                            index, kind_name(step.kind), output.data, static_cast<size_t>(element_bytes(step)));
    }
    return HN_OK;
}

hn_status check_extra_outputs(const hn_step &step, Message &message) {
    for (int32_t i = 0; step.extra_outputs != nullptr && i < step.output_count - 1; i++) {
        if (hn_status status = check_extra_output(step, i, message)) {
            return status;
        }
    }
    return HN_OK;
}

} // namespace

Message::Message(char *text, int64_t bytes) : text_(text), bytes_(text == nullptr ? 0 : bytes) {
    if (bytes_ > 0) {
        text_[0] = 0;
    }
}

hn_status Message::fail(hn_status status, const char *format, ...) {
    if (bytes_ > 0) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(text_, static_cast<size_t>(bytes_), format, arguments);
        va_end(arguments);
    }
    return status;
}

void Message::prefix(const char *format, int32_t index) {
    if (bytes_ > 0) {
        char place[64];
        char text[512];
        snprintf(place, sizeof place, format, index);
        snprintf(text, sizeof text, "%s", text_);
        snprintf(text_, static_cast<size_t>(bytes_), "%s%s", place, text);
    }
}

hn_status check_tier(int32_t tier, Message &message) {
    if (tier_supported(tier)) {
        return HN_OK;
    }
    return message.fail(HN_UNSUPPORTED_TIER, "tier %d (%s) cannot run here, the best that can is %d (%s); %s", tier,
                        tier_name(tier), best_tier(), tier_name(best_tier()), processor());
}

hn_status check_step(const hn_step &step, Message &message) {
    hn_status (*const checks[])(const hn_step &, Message &) = {
        check_kind, check_element, check_convolution, check_inner_activation, check_sizes, check_limits,
        check_no_window, check_square, check_inner_window, check_window, check_transposed_window, check_channels,
        check_output_count, check_segments, check_alignment, check_extra_outputs};
    for (const auto check : checks) {
        if (hn_status status = check(step, message)) {
            return status;
        }
    }
    return HN_OK;
}

hn_status check_pointers(const hn_step &step, bool needs_weights, Message &message) {
    const char *missing = step.segments == nullptr                                 ? "segments"
                          : step.output == nullptr                                 ? "output"
                          : step.output_count > 1 && step.extra_outputs == nullptr ? "extra_outputs"
                          : needs_weights && step.weights == nullptr               ? "weights"
                                                                                   : nullptr;
    for (int32_t i = 0; missing == nullptr && i < step.segment_count; i++) {
        missing = step.segments[i].data == nullptr ? "data of a segment" : nullptr;
    }
    for (int32_t i = 0; missing == nullptr && i < step.output_count - 1; i++) {
        missing = step.extra_outputs[i].data == nullptr ? "data of an extra output" : nullptr;
    }
    return missing == nullptr
               ? HN_OK
               : message.fail(HN_INVALID_ARGUMENT, "%s of the %s is null, expected memory", missing,
                              kind_name(step.kind));
}

} // namespace hardnet
