// The kernels as C++, for tests on machines without a GPU.
#ifndef HN_CUDA_HOST_H
#define HN_CUDA_HOST_H

#include "params.h"

struct hn_kernel {
    const char *name;

    // Runs all blocks of a grid, one after the other. All pointers point to the host's memory.
    void (*run)(const hn_params *params, unsigned grid_x, unsigned grid_y, unsigned grid_z);
};

// Returns the kernel of that name, null if there is none.
const hn_kernel *hn_find_kernel(const char *name);

#endif
