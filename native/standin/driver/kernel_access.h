// What a kernel of native/cuda reads and writes, found from its name and parameters.
#ifndef HARDNET_STANDIN_KERNEL_ACCESS_H
#define HARDNET_STANDIN_KERNEL_ACCESS_H

#include "standin_cuda.h"

#include "../../cuda/params.h"

#include <string>

namespace standin {

// The error that the kernel would cause: memory that is not alive, too small or misaligned.
CUresult check_kernel_access(const std::string &name, const hn_params &params);

} // namespace standin

#endif
