// What measures the processor does what it says: whole numbers, so that sums are exact.
#include "check.h"
#include "hardnet.h"

#include <cmath>
#include <vector>

namespace {

void sums_every_element_once(int32_t tier) {
    for (int64_t count = 0; count < 600; count++) {
        std::vector<float> data(count);
        for (int64_t i = 0; i < count; i++) {
            data[i] = static_cast<float>(i);
        }
        const float found = hn_sum(tier, data.data(), count);
        CHECK(found == static_cast<float>(count * (count - 1) / 2), "tier %d, %ld elements: %g", tier,
              static_cast<long>(count), static_cast<double>(found));
    }
}

void counts_whole_vectors_of_multiply_adds(int32_t tier) {
    const int64_t one = hn_multiply_adds(tier, 1);
    CHECK(one > 0, "tier %d: %ld", tier, static_cast<long>(one));
    CHECK(hn_multiply_adds(tier, 0) == 0, "tier %d", tier);
    CHECK(hn_multiply_adds(tier, 1000) == 1000 * one, "tier %d", tier);
}

void refuses_what_makes_no_sense() {
    const float one = 1;
    CHECK(hn_multiply_adds(99, 1) == -1, "an unknown tier");
    CHECK(hn_multiply_adds(HN_TIER_PORTABLE, -1) == -1, "a negative number of rounds");
    CHECK(std::isnan(hn_sum(99, &one, 1)), "an unknown tier");
    CHECK(std::isnan(hn_sum(HN_TIER_PORTABLE, &one, -1)), "a negative count");
    CHECK(std::isnan(hn_sum(HN_TIER_PORTABLE, nullptr, 1)), "no data");
}

} // namespace

int main() {
    for (int32_t tier = HN_TIER_PORTABLE; tier <= HN_TIER_AVX512; tier++) {
        if (hn_tier_supported(tier)) {
            sums_every_element_once(tier);
            counts_whole_vectors_of_multiply_adds(tier);
        }
    }
    refuses_what_makes_no_sense();
    return exit_status();
}
