// Winograd's convolution for windows of 3 x 3 and stride 1, over segments: no copy of the input is made.
//
// A NaN or an infinity in the input makes a NaN of every output of the tiles that read it.
#include "convolution_choice.h"
#include "winograd_input.h"
#include "winograd_output.h"
#include "winograd_product.h"
#include "winograd_weights.h"

namespace hardnet::HN_TIER {
namespace {

template <typename F> bool supports(const hn_step &step) { return chosen_convolution(step) == F::CONVOLUTION; }

template <typename F> int64_t packed_bytes(const hn_step &step) { return winograd_packed_bytes<F>(step); }

template <typename F> void pack(const hn_step &step, const float *weights, const float *bias, void *packed) {
    pack_winograd<F>(step, weights, bias, packed);
}

template <typename F> int64_t scratch_bytes(const hn_step &step) { return item_scratch_bytes<F>(step); }

template <typename F> int64_t work_items(const hn_step &step) { return items_of<F>(step).count(); }

template <typename F> void run(const hn_step &step, int64_t item, void *scratch) {
    const WinogradItem part = winograd_item<F>(step, item);
    const TileMemory<F> memory(step, part.tiles.count(), part.vectors, scratch);
    const float *bias = static_cast<const float *>(step.weights);
    transform_input<F>(step, part.tiles, memory);
    const Element *weights = reinterpret_cast<const Element *>(bias + packed_channels(step));
    multiply_points<F>(step, part, weights, memory);
    transform_output<F>(step, part, bias, memory);
}

template <typename F>
constexpr Kernel winograd_conv = {supports<F>,   packed_bytes<F>, pack<F>,       scratch_bytes<F>,
                                  work_items<F>, run<F>,          F::CONVOLUTION};

} // namespace

extern const Kernel winograd_conv_2x2 = winograd_conv<Winograd2x2>;
extern const Kernel winograd_conv_4x4 = winograd_conv<Winograd4x4>;

} // namespace hardnet::HN_TIER
