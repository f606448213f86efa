#include "cuda_case.h"

#include "check.h"
#include "launch.h"

#include <algorithm>
#include <cmath>

namespace {

int64_t divide_up(int64_t a, int64_t b) { return (a + b - 1) / b; }

Tensor random_tensor(int32_t n, int32_t channels, int32_t pixels, const std::function<float()> &number) {
    Tensor tensor = {n, channels, pixels, std::vector<float>(static_cast<size_t>(n) * channels * pixels)};
    std::generate(tensor.values.begin(), tensor.values.end(), number);
    return tensor;
}

// Limits of a result: none, those of a ReLU, those of a ReLU6.
void choose_limits(hn_params &params, Random &random) {
    const int32_t kind = pick(random, 0, 2);
    params.low = kind == 0 ? -INFINITE : 0;
    params.high = kind == 2 ? 6 : INFINITE;
}

} // namespace

Tensor whole_numbers(int32_t n, int32_t channels, int32_t pixels, Random &random) {
    return random_tensor(n, channels, pixels, [&] { return static_cast<float>(pick(random, -8, 8)); });
}

Tensor fractions(int32_t n, int32_t channels, int32_t pixels, Random &random) {
    std::uniform_real_distribution<float> distribution(-1, 1);
    return random_tensor(n, channels, pixels, [&] { return distribution(random); });
}

std::vector<float> whole_numbers(size_t count, Random &random) {
    return whole_numbers(1, 1, static_cast<int32_t>(count), random).values;
}

CudaCase::CudaCase(const Form &form, const char *kernel, const hn_params &sizes, Random &random)
    : form_(form), kernel_(std::string("hn_") + kernel + "_" + form.suffix), params_(sizes), random_(random) {
    choose_limits(params_, random);
    params_.in_low = -INFINITE;
    params_.in_high = INFINITE;
}

int32_t CudaCase::up_to_pack(int32_t channels) const {
    return static_cast<int32_t>(divide_up(channels, form_.pack)) * form_.pack;
}

// Guards are NaN, or large: one or the other is seen wherever a kernel reads what it should not.
CudaStrip CudaCase::strip(Element element, int32_t channels, int32_t pixels) {
    return CudaStrip(element, params_.n, channels, pixels, pick(random_, 0, 1) == 0 ? NOT_A_NUMBER : 30000);
}

void CudaCase::read(int32_t index, Tensor &tensor, int32_t parts) {
    const int32_t packs = static_cast<int32_t>(divide_up(tensor.channels, form_.pack));
    const std::vector<int32_t> split_packs = split(packs, parts, random_);
    hn_view &view = params_.in[index];
    int32_t first = 0;
    for (const int32_t part_packs : split_packs) {
        const int32_t channels = part_packs * form_.pack;
        const int32_t place = pick(random_, 0, 2) * form_.pack;
        CudaStrip part = strip(form_.element, place + channels + pick(random_, 0, 1) * form_.pack, tensor.pixels);
        for (int32_t n = 0; n < tensor.n; n++) {
            for (int32_t c = 0; c < channels && first + c < tensor.channels; c++) {
                for (int32_t pixel = 0; pixel < tensor.pixels; pixel++) {
                    float &value = tensor.at(n, first + c, pixel);
                    value = rounded_to(form_.element, value);
                    part.set(n, place + c, pixel, value);
                }
            }
        }
        for (int32_t c = 0; c < channels; c += form_.pack) {
            const hn_map map = part.map(place + c);
            packs_[index].push_back({map.data, map.n_stride, map.p_stride});
        }
        view.map = part.map(place);
        inputs_.push_back(std::move(part));
        first += channels;
    }
    view.packs = parts > 1 ? packs_[index].data() : nullptr;
}

void CudaCase::add_target(Element element, int32_t first, int32_t channels, bool scaled) {
    const int32_t place = pick(random_, 0, 2) * form_.pack;
    const int32_t around = place + pick(random_, 0, 2) * form_.pack;
    CudaStrip memory = strip(element, channels + around, params_.out_h * params_.out_w);
    // As long as the channels that are no padding.
    const int32_t real = std::max(1, std::min(channels, params_.out_c - first));
    const size_t skipped = static_cast<size_t>(pick(random_, 0, 1));
    const auto none_or_some = [&] {
        return whole_numbers(scaled && pick(random_, 0, 3) > 0 ? skipped + static_cast<size_t>(real) : 0, random_);
    };
    std::vector<float> scales = none_or_some();
    std::vector<float> shifts = none_or_some();
    targets_.push_back({std::move(memory), element, place, first, channels, skipped, std::move(scales),
                        std::move(shifts)});
}

void CudaCase::write(int32_t targets, bool scaled) {
    const int32_t padded = up_to_pack(params_.out_c) + pick(random_, 0, 1) * form_.pack;
    add_target(form_.element, 0, padded, scaled);
    while (static_cast<int32_t>(targets_.size()) < targets) {
        const int32_t packs = padded / form_.pack;
        const int32_t first = pick(random_, 0, packs - 1);
        const int32_t count = pick(random_, 1, packs - first);
        add_target(form_.element, first * form_.pack, count * form_.pack, scaled);
    }
    std::shuffle(targets_.begin(), targets_.end(), random_);
}

void CudaCase::write_float32(int32_t targets) {
    while (static_cast<int32_t>(targets_.size()) < targets) {
        const int32_t first = targets_.empty() ? 0 : pick(random_, 0, params_.out_c - 1);
        const int32_t channels = targets_.empty() ? params_.out_c : pick(random_, 1, params_.out_c - first);
        add_target(Element::FLOAT32, first, channels, false);
    }
}

int32_t CudaCase::padded_channels() const {
    int32_t channels = 0;
    for (const Target &target : targets_) {
        channels = std::max(channels, target.first + target.channels);
    }
    return channels;
}

void CudaCase::set_targets() {
    params_.targets = static_cast<int32_t>(targets_.size());
    for (size_t t = 0; t < targets_.size(); t++) {
        const Target &target = targets_[t];
        const auto parameters = [&](const std::vector<float> &values) {
            return values.empty() ? nullptr : values.data() + target.parameters;
        };
        params_.out[t] = {target.strip.map(target.place), parameters(target.scales), parameters(target.shifts),
                          target.first, target.channels};
    }
}

void CudaCase::run_grid(int64_t grid_x, int64_t grid_y, int64_t grid_z) {
    const hn_kernel *kernel = hn_find_kernel(kernel_.c_str());
    CHECK(kernel != nullptr, "no kernel %s", kernel_.c_str());
    if (kernel != nullptr) {
        kernel->run(&params_, static_cast<unsigned>(grid_x), static_cast<unsigned>(grid_y),
                    static_cast<unsigned>(grid_z));
    }
}

void CudaCase::run(Work work) {
    set_targets();
    const int64_t pixels = static_cast<int64_t>(params_.n) * params_.out_h * params_.out_w;
    const int64_t packs = divide_up(padded_channels(), form_.pack);
    const int64_t items = work == Work::ELEMENTS ? pixels * packs : work == Work::FOURS ? pixels / 4 * packs : pixels;
    int64_t grid_x = divide_up(items, HN_BLOCK_THREADS);
    if (work == Work::PLANES) {
        grid_x = params_.n * packs;
    } else if (pick(random_, 0, 3) == 0) {
        grid_x = pick(random_, 1, static_cast<int32_t>(grid_x)); // threads then have several items
    }
    run_grid(grid_x, 1, 1);
}

void CudaCase::run_tiles(const ConvTile &tile) {
    set_targets();
    const int64_t pixels = static_cast<int64_t>(params_.n) * params_.out_h * params_.out_w;
    run_grid(divide_up(pixels, tile.pixels), divide_up(padded_channels(), tile.channels), params_.splits);
}

void CudaCase::run_next(const char *kernel, Work work) {
    kernel_ = std::string("hn_") + kernel + "_" + form_.suffix;
    run(work);
}

double CudaCase::result(const Target &target, int32_t channel, double value) const {
    const size_t i = target.parameters + static_cast<size_t>(channel - target.first);
    const double scaled = (target.scales.empty() ? 1.0 : target.scales[i]) * value;
    const double shifted = scaled + (target.shifts.empty() ? 0.0 : target.shifts[i]);
    return shifted < params_.low ? params_.low : shifted > params_.high ? params_.high : shifted;
}

void CudaCase::check_element(const Target &target, int32_t n, int32_t channel, int32_t pixel, const Formula &formula,
                             double tolerance) const {
    const double got = target.strip.get(n, target.place + channel - target.first, pixel);
    const bool padding = channel >= params_.out_c;
    const int32_t y = pixel / params_.out_w;
    const int32_t x = pixel % params_.out_w;
    const double wanted = padding ? 0 : result(target, channel, formula(n, channel, y, x));
    const double exact = rounded_to(target.element, static_cast<float>(wanted));
    const double half_ulp = target.element == Element::FLOAT16 ? std::fabs(wanted) * 0x1p-11 + 0x1p-25 : 0;
    const bool near = std::fabs(got - wanted) <= tolerance * std::max(1.0, std::fabs(wanted)) + half_ulp;
    const bool same = got == exact || (std::isnan(got) && std::isnan(exact));
    CHECK(same || (tolerance > 0 && !padding && near), "%s, picture %d, channel %d, row %d, column %d: %.9g, not %.9g",
          name().c_str(), n, channel, y, x, got, wanted);
}

void CudaCase::check_target(const Target &target, const Formula &formula, double tolerance) const {
    for (int32_t n = 0; n < params_.n; n++) {
        for (int32_t place = 0; place < target.strip.channels(); place++) {
            const int32_t in_target = place - target.place;
            for (int32_t pixel = 0; pixel < params_.out_h * params_.out_w; pixel++) {
                if (in_target >= 0 && in_target < target.channels) {
                    check_element(target, n, target.first + in_target, pixel, formula, tolerance);
                } else {
                    CHECK(target.strip.is_guard(n, place, pixel), "%s: written beside a target", name().c_str());
                }
            }
        }
    }
}

void CudaCase::check(const Formula &formula, double tolerance) const {
    for (const Target &target : targets_) {
        check_target(target, formula, tolerance);
    }
}

std::string CudaCase::name() const {
    std::string text = kernel_ + " n " + std::to_string(params_.n) + ", in " + std::to_string(params_.in_c) + "x" +
                       std::to_string(params_.in_h) + "x" + std::to_string(params_.in_w) + ", out " +
                       std::to_string(params_.out_c) + "x" + std::to_string(params_.out_h) + "x" +
                       std::to_string(params_.out_w) + ", kernel " + std::to_string(params_.kernel_h) + "x" +
                       std::to_string(params_.kernel_w) + " s" + std::to_string(params_.stride);
    return text + ", " + std::to_string(params_.splits) + " splits, " + std::to_string(targets_.size()) +
           " targets, " + std::to_string(inputs_.size()) + " parts";
}
