#include "host.h"
#include "kernels.h"

#include <string.h>

namespace {

using BlockFunction = void (*)(const hn_params &, const hn::Block &);

template <BlockFunction BLOCK_FUNCTION>
void run_grid(const hn_params *params, unsigned grid_x, unsigned grid_y, unsigned grid_z) {
    for (unsigned z = 0; z < grid_z; z++) {
        for (unsigned y = 0; y < grid_y; y++) {
            for (unsigned x = 0; x < grid_x; x++) {
                BLOCK_FUNCTION(*params, hn::Block{x, y, z, grid_x});
            }
        }
    }
}

#define HN_TABLE_ENTRY(name, suffix, type, pack) {"hn_" #name "_" #suffix, run_grid<hn::name<type, pack>>},

const hn_kernel TABLE[] = {HN_KERNELS(HN_TABLE_ENTRY)};

} // namespace

const hn_kernel *hn_find_kernel(const char *name) {
    for (const hn_kernel &kernel : TABLE) {
        if (strcmp(kernel.name, name) == 0) {
            return &kernel;
        }
    }
    return nullptr;
}
