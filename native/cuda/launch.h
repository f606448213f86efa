// How the kernels are launched: blocks of HN_BLOCK_THREADS threads, no dynamic shared memory, and one of these grids.
//
// With pack = 8 for names ending in _f16x8 and 1 for others, paddedOutC = the largest first + channels of the targets,
// and outPacks = paddedOutC / pack, rounded up:
//
//   elements  x = n * outPacks * out_h * out_w / HN_BLOCK_THREADS, rounded up; or less, down to 1
//   fours     x = n * outPacks * out_h * out_w / 4 / HN_BLOCK_THREADS, rounded up; or less, down to 1
//   pixels    x = n * out_h * out_w / HN_BLOCK_THREADS, rounded up; or less, down to 1
//   planes    x = n * outPacks
//   tiles     x = n * out_h * out_w / pixels of the tile, y = paddedOutC / channels of the tile, both rounded up;
//             z = splits
//
// Elements and pixels are counted in 32 bits: at most 2^31 of them.
#ifndef HN_CUDA_LAUNCH_H
#define HN_CUDA_LAUNCH_H

enum {
    HN_BLOCK_THREADS = 256,
};

#endif
