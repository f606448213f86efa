// Stand-in CUDA for tests (standin.h says what it proves and what not): what launched kernels may read and write.
#include "kernel_access.h"

#include "memory.h"

#include <algorithm>
#include <cstddef>

namespace standin {

namespace {

// How a kernel sees memory: elements of some bytes, so many channels at a time.
struct Form {
    int64_t bytes;
    int64_t pack;
};

// hn_max_pool_f16x8 is the operator max_pool in the form f16x8.
struct KernelName {
    std::string operation;
    Form form;
};

KernelName parse(const std::string &name) {
    const size_t prefix = name.find('_') + 1;
    const size_t suffix = name.rfind('_');
    const std::string form = name.substr(suffix + 1);
    const std::string operation = suffix < prefix ? "" : name.substr(prefix, suffix - prefix);
    return {operation, {form == "f32" ? 4 : 2, form == "f16x8" ? 8 : 1}};
}

int64_t rounded_up(int64_t value, int64_t multiple) { return (value + multiple - 1) / multiple * multiple; }

// Gathers the accesses of one kernel; the first wrong one decides.
class Access {
  public:
    Access(const hn_params &params, const KernelName &name) : p_(params), name_(name) {}

    CUresult check() {
        check_input();
        check_targets();
        check_weights();
        check_workspace();
        check_floats(p_.in_shift, p_.in_shift == nullptr ? 0 : p_.in_c);
        return status_;
    }

  private:
    bool is(const char *operation) const { return name_.operation == operation; }

    bool is_conv() const { return is("conv") || is("conv_narrow") || is("conv_wide"); }

    int64_t out_pixels() const { return int64_t{p_.out_h} * p_.out_w; }

    int64_t in_pixels() const {
        return is("norm") ? int64_t{p_.out_h - 1} * p_.in_row + p_.out_w : int64_t{p_.in_h} * p_.in_w;
    }

    int64_t padded_out_c() const {
        int64_t channels = 0;
        for (int32_t t = 0; t < p_.targets; t++) {
            channels = std::max<int64_t>(channels, p_.out[t].first + p_.out[t].channels);
        }
        return channels;
    }

    void fail(CUresult status) { status_ = status_ == CUDA_SUCCESS ? status : status_; }

    // Kernels reach pinned memory too.
    void check_bytes(const void *data, int64_t bytes) {
        const auto size = static_cast<size_t>(bytes);
        if (bytes > 0 && !device_memory().holds(data, size) && !pinned_memory().holds(data, size)) {
            fail(CUDA_ERROR_ILLEGAL_ADDRESS);
        }
    }

    void check_floats(const void *data, int64_t count) {
        check_bytes(data, count * static_cast<int64_t>(sizeof(float)));
        check_alignment(data, sizeof(float));
    }

    void check_alignment(const void *data, int64_t bytes) {
        if (reinterpret_cast<uintptr_t>(data) % static_cast<uintptr_t>(bytes) != 0) {
            fail(CUDA_ERROR_MISALIGNED_ADDRESS);
        }
    }

    void check_map(const hn_map &map, int64_t channels, int64_t pixels, Form form) {
        const int64_t last = (p_.n - 1) * map.n_stride + (rounded_up(channels, form.pack) - form.pack) * map.c_stride +
                             (pixels - 1) * map.p_stride;
        check_bytes(map.data, (last + form.pack) * form.bytes);
        check_alignment(map.data, form.pack * form.bytes);
        if ((map.n_stride % form.pack != 0 && p_.n > 1) || map.p_stride % form.pack != 0) {
            fail(CUDA_ERROR_MISALIGNED_ADDRESS);
        }
    }

    void check_view(const hn_view &view) {
        if (view.packs == nullptr) {
            check_map(view.map, p_.in_c, in_pixels(), name_.form);
            return;
        }
        const int64_t packs = rounded_up(p_.in_c, name_.form.pack) / name_.form.pack;
        check_bytes(view.packs, packs * static_cast<int64_t>(sizeof(hn_pack)));
        for (int64_t i = 0; status_ == CUDA_SUCCESS && i < packs; i++) {
            const hn_pack &pack = view.packs[i];
            const hn_map map = {const_cast<void *>(pack.data), pack.n_stride, 0, pack.p_stride};
            check_map(map, name_.form.pack, in_pixels(), name_.form);
        }
    }

    void check_input() {
        if (is("input")) {
            check_floats(p_.in[0].map.data, int64_t{p_.n} * p_.in_c * out_pixels());
        } else if (is("picture")) {
            check_bytes(p_.in[0].map.data, int64_t{p_.n} * out_pixels() * 3);
        } else if (!is("conv_sum")) {
            check_view(p_.in[0]);
        }
        if (is("norm_of_four")) {
            check_fours();
        }
        if (is("add")) {
            check_view(p_.in[1]);
        }
    }

    void check_fours() {
        constexpr int64_t FOUR = 4 * sizeof(float);
        check_alignment(p_.in[0].map.data, FOUR);
        for (int32_t t = 0; t < p_.targets; t++) {
            check_alignment(p_.out[t].map.data, FOUR);
        }
        if (out_pixels() % 4 != 0) {
            fail(CUDA_ERROR_MISALIGNED_ADDRESS);
        }
    }

    void check_targets() {
        if (is("resize_arg_max")) {
            check_bytes(p_.out[0].map.data, p_.n * out_pixels());
            return;
        }
        const Form form = is("output") ? Form{sizeof(float), 1} : name_.form;
        for (int32_t t = 0; t < p_.targets; t++) {
            const hn_target &target = p_.out[t];
            const int64_t real = std::min(target.channels, p_.out_c - target.first);
            check_map(target.map, target.channels, out_pixels(), form);
            check_floats(target.scale, target.scale == nullptr ? 0 : real);
            check_floats(target.shift, target.shift == nullptr ? 0 : real);
        }
    }

    void check_weights() {
        const int64_t taps = int64_t{p_.kernel_h} * p_.kernel_w;
        if (is_conv()) {
            check_floats(p_.weight, taps * p_.in_c * rounded_up(padded_out_c(), 4));
        } else if (is("depthwise_conv")) {
            check_floats(p_.weight, taps * padded_out_c());
        } else if (is("l2_norm")) {
            check_floats(p_.weight, p_.in_c);
        }
    }

    void check_workspace() {
        if (is("conv_sum") || (is_conv() && p_.splits != 1)) {
            check_floats(p_.workspace, int64_t{p_.splits} * p_.n * p_.out_c * out_pixels());
        }
    }

    const hn_params &p_;
    const KernelName name_;
    CUresult status_ = CUDA_SUCCESS;
};

bool sizes_are_sensible(const hn_params &params) {
    return params.n > 0 && params.in_c > 0 && params.out_c > 0 && params.out_h > 0 && params.out_w > 0 &&
           params.targets >= 0 && params.targets <= HN_MAX_TARGETS;
}

} // namespace

CUresult check_kernel_access(const std::string &name, const hn_params &params) {
    return sizes_are_sensible(params) ? Access(params, parse(name)).check() : CUDA_ERROR_ILLEGAL_ADDRESS;
}

} // namespace standin
