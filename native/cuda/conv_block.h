// What a block of the own convolution does, whatever its tile.
//
// Weights float32 [kernel_h * kernel_w][in_c][paddedOutC rounded up to 4], aligned to 16 bytes. Layer z of the grid
// sums its share of the rows, in order; with more than one split, what it gets goes to the workspace as float32
// [splits][out_c][n * out_h * out_w], for hn_conv_sum. While some rows are multiplied, the next ones are under way.
#ifndef HN_CUDA_CONV_BLOCK_H
#define HN_CUDA_CONV_BLOCK_H

#include "conv_source.h"
#include "conv_tile.h"

namespace hn {

// Brings rows from memory to a stage.
template <typename T, int PACK, typename Shape> class ConvLoader {
  public:
    HN_DEVICE void begin(const hn_params &p, const Block &block, int32_t step, unsigned thread) {
        pack_ = static_cast<int32_t>(thread) / Shape::TILE_PIXELS;
        pixel_ = static_cast<int32_t>(thread) % Shape::TILE_PIXELS;
        inputs_.begin(p, block.x * Shape::TILE_PIXELS + thread % Shape::TILE_PIXELS, step * PACKS + pack_);
        row_ = static_cast<int32_t>(thread) / Shape::CHANNEL_FOURS;
        column_ = static_cast<int32_t>(thread) % Shape::CHANNEL_FOURS;
        fours_ = divide_up(padded_out_c(p), 4);
        four_ = static_cast<int32_t>(block.y) * Shape::CHANNEL_FOURS + column_;
        number_ = step * PACKS + row_ / PACK;
    }

    // Begins to read the next rows.
    HN_DEVICE void load(const hn_params &p) {
        for_channels<LOADS>([&](int32_t i) { read_[i] = inputs_.next(p); });
        weights_ = conv_weights<PACK>(p, fours_, four_, number_, row_ % PACK);
        number_ += PACKS;
    }

    HN_DEVICE void store(ConvStage<Shape> &stage) const {
        for_channels<LOADS>([&](int32_t i) {
            if (AT_ONCE <= PACKS || pack_ < PACKS) {
                const int32_t row = (pack_ + i * STEP) * PACK;
                for_channels<PACK>([&](int32_t c) { stage.inputs[row + c][pixel_] = read_[i].v[c]; });
            }
        });
        stage.weights[row_][column_] = weights_;
    }

    static constexpr int32_t PACKS = Shape::ROWS / PACK; // staged at a time

  private:
    static constexpr int32_t AT_ONCE = HN_BLOCK_THREADS / Shape::TILE_PIXELS;
    static constexpr int32_t STEP = AT_ONCE < PACKS ? AT_ONCE : PACKS; // where there are more threads, some store none
    static constexpr int32_t LOADS = PACKS / STEP;

    ConvInputs<T, PACK, STEP> inputs_;
    Values<PACK> read_[LOADS];
    Four weights_;
    int32_t pack_, pixel_;
    int32_t row_, column_;
    int32_t fours_, four_;
    int32_t number_;
};

// Rows of a block, in units of those that are staged at a time.
struct ConvSteps {
    int32_t first;
    int32_t end;
};

template <int PACK, int PACKS> HN_DEVICE ConvSteps steps_of(const hn_params &p, unsigned split) {
    const int64_t steps = divide_up(taps_of(p) * divide_up(p.in_c, PACK), PACKS);
    return {static_cast<int32_t>(steps * split / p.splits), static_cast<int32_t>(steps * (split + 1) / p.splits)};
}

template <typename T, typename Shape>
HN_DEVICE void write_results(const hn_params &p, const Block &block, unsigned thread, const ConvMemory<Shape> &memory) {
    const unsigned pixels = static_cast<unsigned>(out_pixels(p));
    const unsigned all_pixels = static_cast<unsigned>(p.n) * pixels;
    const unsigned column = thread % Shape::TILE_PIXELS;
    const unsigned pixel = block.x * Shape::TILE_PIXELS + column;
    if (pixel >= all_pixels) {
        return;
    }
    Element at = {static_cast<int32_t>(pixel / pixels), 0, static_cast<int32_t>(pixel % pixels)};
    for (unsigned row = thread / Shape::TILE_PIXELS; row < Shape::TILE_CHANNELS;
         row += HN_BLOCK_THREADS / Shape::TILE_PIXELS) {
        at.pack = static_cast<int32_t>(block.y * Shape::TILE_CHANNELS + row);
        const float result = staged_result(memory, row, column);
        if (p.splits == 1) {
            write<T, 1>(p, at, {{result}});
        } else if (at.pack < p.out_c) {
            const int64_t plane = static_cast<int64_t>(block.z) * p.out_c + at.pack;
            p.workspace[plane * all_pixels + pixel] = result;
        }
    }
}

template <typename T, int PACK, typename Shape> HN_DEVICE void conv_block(const hn_params &p, const Block &block) {
    using Loader = ConvLoader<T, PACK, Shape>;
    HN_SHARED ConvMemory<Shape> memory;
    PerThread<Loader> loaders;
    PerThread<ConvSums<Shape>> sums;
    const ConvSteps steps = steps_of<PACK, Loader::PACKS>(p, block.z);
    block.phase([&](unsigned thread) {
        sums.of(thread) = ConvSums<Shape>{};
        loaders.of(thread).begin(p, block, steps.first, thread);
        loaders.of(thread).load(p);
        loaders.of(thread).store(memory.stages[0]);
    });
    for (int32_t step = steps.first; step < steps.end; step++) {
        const int32_t stage = (step - steps.first) % 2;
        const bool last = step + 1 == steps.end;
        block.phase([&](unsigned thread) {
            if (!last) {
                loaders.of(thread).load(p);
            }
            multiply_stage(memory.stages[stage], thread, sums.of(thread));
            if (!last) {
                loaders.of(thread).store(memory.stages[1 - stage]);
            }
        });
    }
    block.phase([&](unsigned thread) { stage_results(sums.of(thread), thread, memory); });
    block.for_threads([&](unsigned thread) { write_results<T>(p, block, thread, memory); });
}

} // namespace hn

#endif
