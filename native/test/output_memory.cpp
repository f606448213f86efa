#include "output_memory.h"

#include <limits>

namespace {

constexpr float GAP = 123;
constexpr float NO_INDEX = 255;

} // namespace

OutputMemory::OutputMemory(int64_t pixels, int64_t channels, int64_t pixel_stride, int bytes)
    : pixels_(pixels), channels_(channels), pixel_stride_(pixel_stride), bytes_(bytes), memory_(length() * bytes) {
    clear();
}

void OutputMemory::clear() {
    const float unwritten = bytes_ == 1 ? NO_INDEX : std::numeric_limits<float>::quiet_NaN();
    for (int64_t i = 0; i < length(); i++) {
        set_element(i, is_gap(i) ? GAP : unwritten);
    }
}

std::vector<float> OutputMemory::values() const {
    std::vector<float> values;
    for (int64_t i = 0; i < length(); i++) {
        if (!is_gap(i)) {
            values.push_back(element(i));
        }
    }
    return values;
}

bool OutputMemory::gaps_untouched() const {
    for (int64_t i = 0; i < length(); i++) {
        if (is_gap(i) && element(i) != GAP) {
            return false;
        }
    }
    return true;
}

float OutputMemory::element(int64_t index) const {
    return bytes_ == 1 ? static_cast<uint8_t *>(memory_.get())[index] : data()[index];
}

void OutputMemory::set_element(int64_t index, float value) {
    if (bytes_ == 1) {
        static_cast<uint8_t *>(memory_.get())[index] = static_cast<uint8_t>(value);
    } else {
        data()[index] = value;
    }
}
