// What lets the same kernels be CUDA for nvcc and plain C++17 for any other compiler.
//
// A kernel is a function of its parameters and its block. What the threads of a block do stands in functions of a
// thread's number: CUDA's threads call them once each, C++ calls them for one thread after the other. All arithmetic
// is in float32 and rounds as it is written: both compilers are told not to contract, and multiply_add says where one
// rounding is enough.
#ifndef HN_CUDA_DEVICE_H
#define HN_CUDA_DEVICE_H

#include "launch.h"
#include "params.h"

#include <stdint.h>

#if defined(__CUDACC__)
#define HN_DEVICE __device__ __forceinline__
#define HN_SHARED __shared__
#define HN_UNROLL _Pragma("unroll")
#else
#include <math.h>
#define HN_DEVICE inline
#define HN_SHARED
#define HN_UNROLL _Pragma("GCC unroll 16")
#endif

namespace hn {

// One block of a launch.
struct Block {
    unsigned x;
    unsigned y;
    unsigned z;
    unsigned grid_x; // blocks along x

    // Calls function(thread) for each thread, in no order.
    template <typename Function> HN_DEVICE void for_threads(Function function) const {
#if defined(__CUDACC__)
        function(threadIdx.x);
#else
        for (unsigned thread = 0; thread < HN_BLOCK_THREADS; thread++) {
            function(thread);
        }
#endif
    }

    // The same; what the threads left in shared memory can be read by all of them afterwards.
    template <typename Function> HN_DEVICE void phase(Function function) const {
        for_threads(function);
#if defined(__CUDACC__)
        __syncthreads();
#endif
    }

    // Calls function(item) for this block's share of the items; neighbouring threads have neighbouring items.
    template <typename Function> HN_DEVICE void for_items(unsigned items, Function function) const {
        const unsigned first = x * HN_BLOCK_THREADS;
        const unsigned step = grid_x * HN_BLOCK_THREADS;
        for_threads([&](unsigned thread) {
            for (unsigned item = first + thread; item < items; item += step) {
                function(item);
            }
        });
    }
};

// What each thread keeps from one phase to the next.
template <typename T> class PerThread {
  public:
#if defined(__CUDACC__)
    HN_DEVICE T &of(unsigned) { return value_; }

  private:
    T value_;
#else
    T &of(unsigned thread) { return values_[thread]; }

  private:
    T values_[HN_BLOCK_THREADS];
#endif
};

// a * b + c: rounded once by CUDA, twice by C++, whose processors may have no such instruction.
HN_DEVICE float multiply_add(float a, float b, float c) {
#if defined(__CUDACC__)
    return fmaf(a, b, c);
#else
    return a * b + c;
#endif
}

HN_DEVICE int32_t smaller_of(int32_t a, int32_t b) { return a < b ? a : b; }

HN_DEVICE int32_t larger_of(int32_t a, int32_t b) { return a > b ? a : b; }

HN_DEVICE int32_t divide_up(int32_t a, int32_t b) { return (a + b - 1) / b; }

// The larger, or NaN if either is.
HN_DEVICE float larger_of(float a, float b) { return a > b || a != a ? a : b; }

HN_DEVICE float limit(float value, float low, float high) {
    return value < low ? low : value > high ? high : value;
}

HN_DEVICE float infinity() { return __builtin_huge_valf(); }

} // namespace hn

#endif
