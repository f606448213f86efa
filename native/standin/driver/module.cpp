// Stand-in CUDA for tests (standin.h says what it proves and what not):
// the driver's modules, and launches of their kernels.
#include "driver_call.h"
#include "kernel_access.h"
#include "registry.h"
#include "stream.h"

#include "../../cuda/host.h"

#include <climits>
#include <cstring>
#include <vector>

namespace standin {

namespace {

constexpr unsigned int BLOCK_THREADS = 256;
constexpr unsigned int MOST_YZ_BLOCKS = 65535;
constexpr char BROKEN_IMAGE[] = "BROKEN";

struct Function {
    const hn_kernel *kernel;
};

// Functions live as long as their module.
struct Module {
    std::map<uintptr_t, Function> functions;
};

Registry<CUmodule, Module> &modules() {
    static Registry<CUmodule, Module> modules("module");
    return modules;
}

const hn_kernel *find_kernel(CUfunction function) {
    const auto handle = reinterpret_cast<uintptr_t>(function);
    const Module *module = modules().first([&](const Module &each) { return each.functions.count(handle) == 1; });
    return module == nullptr ? nullptr : module->functions.at(handle).kernel;
}

// A kernel of native/cuda is made for one size of blocks.
bool is_launchable(unsigned int grid_x, unsigned int grid_y, unsigned int grid_z, unsigned int block_x,
                   unsigned int block_y, unsigned int block_z) {
    return grid_x >= 1 && grid_x <= INT_MAX && grid_y >= 1 && grid_y <= MOST_YZ_BLOCKS && grid_z >= 1 &&
           grid_z <= MOST_YZ_BLOCKS && block_x == BLOCK_THREADS && block_y == 1 && block_z == 1;
}

} // namespace

} // namespace standin

using namespace standin;

CUresult cuModuleLoadData(CUmodule *module, const void *image) {
    return context_call("cuModuleLoadData", CUDA_ERROR_OUT_OF_MEMORY, [&] {
        if (module == nullptr || image == nullptr) {
            return CUDA_ERROR_INVALID_VALUE;
        }
        const char *text = static_cast<const char *>(image);
        if (text[0] == '\0' || strncmp(text, BROKEN_IMAGE, strlen(BROKEN_IMAGE)) == 0) {
            return CUDA_ERROR_INVALID_IMAGE;
        }
        *module = modules().add();
        return CUDA_SUCCESS;
    });
}

CUresult cuModuleUnload(CUmodule module) {
    return release_call([&] { return modules().remove(module) ? CUDA_SUCCESS : CUDA_ERROR_INVALID_HANDLE; });
}

CUresult cuModuleGetFunction(CUfunction *function, CUmodule handle, const char *name) {
    return context_call("cuModuleGetFunction", CUDA_ERROR_NOT_FOUND, [&] {
        Module *module = modules().find(handle);
        if (function == nullptr || name == nullptr) {
            return CUDA_ERROR_INVALID_VALUE;
        }
        if (module == nullptr) {
            return CUDA_ERROR_INVALID_HANDLE;
        }
        const hn_kernel *kernel = hn_find_kernel(name);
        if (kernel == nullptr) {
            return CUDA_ERROR_NOT_FOUND;
        }
        const uintptr_t result = new_handle();
        module->functions.emplace(result, Function{kernel});
        *function = reinterpret_cast<CUfunction>(result);
        return CUDA_SUCCESS;
    });
}

CUresult cuLaunchKernel(CUfunction function, unsigned int grid_x, unsigned int grid_y, unsigned int grid_z,
                        unsigned int block_x, unsigned int block_y, unsigned int block_z, unsigned int,
                        CUstream stream, void **parameters, void **extra) {
    return context_call("cuLaunchKernel", CUDA_ERROR_LAUNCH_FAILED, [&] {
        const hn_kernel *kernel = find_kernel(function);
        if (kernel == nullptr) {
            return CUDA_ERROR_INVALID_HANDLE;
        }
        if (!is_launchable(grid_x, grid_y, grid_z, block_x, block_y, block_z) || parameters == nullptr ||
            parameters[0] == nullptr || extra != nullptr) {
            return CUDA_ERROR_INVALID_VALUE;
        }
        hn_params params;
        memcpy(&params, parameters[0], sizeof params);
        calls().launches++;
        return enqueue(stream, [=] {
            const CUresult status = check_kernel_access(kernel->name, params);
            if (status == CUDA_SUCCESS) {
                kernel->run(&params, grid_x, grid_y, grid_z);
            }
            return status;
        });
    });
}
