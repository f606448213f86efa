#include "output_memory.h"

#include "elements.h"

#include <limits>

namespace {

constexpr float GAP = 123;
constexpr float NO_INDEX = 255;

} // namespace

OutputMemory::OutputMemory(int64_t pixels, int64_t channels, int64_t pixel_stride, int32_t element)
    : pixels_(pixels), channels_(channels), pixel_stride_(pixel_stride), element_(element),
      memory_(length() * (element == INDEX ? 1 : element_bytes(element))) {
    clear();
}

void OutputMemory::clear() {
    const float unwritten = element_ == INDEX ? NO_INDEX : std::numeric_limits<float>::quiet_NaN();
    for (int64_t i = 0; i < length(); i++) {
        set(i, is_gap(i) ? GAP : unwritten);
    }
}

std::vector<float> OutputMemory::values() const {
    std::vector<float> values;
    for (int64_t i = 0; i < length(); i++) {
        if (!is_gap(i)) {
            values.push_back(at(i));
        }
    }
    return values;
}

bool OutputMemory::gaps_untouched() const {
    for (int64_t i = 0; i < length(); i++) {
        if (is_gap(i) && at(i) != GAP) {
            return false;
        }
    }
    return true;
}

float OutputMemory::at(int64_t index) const {
    return element_ == INDEX ? static_cast<uint8_t *>(data())[index] : element_at(data(), element_, index);
}

void OutputMemory::set(int64_t index, float value) {
    if (element_ == INDEX) {
        static_cast<uint8_t *>(data())[index] = static_cast<uint8_t>(value);
    } else {
        set_element(data(), element_, index, value);
    }
}
