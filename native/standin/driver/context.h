// The primary context of the only device.
#ifndef HARDNET_STANDIN_CONTEXT_H
#define HARDNET_STANDIN_CONTEXT_H

#include "export.h"
#include "registry.h"
#include "standin_cuda.h"

#include <cstddef>

namespace standin {

class Context : public LiveKind {
  public:
    Context() : LiveKind("retained context") {}

    int64_t count() const override { return retained; }

    bool initialized = false;
    int64_t retained = 0;
};

Context &context();

// Bytes of device memory that there are, free and allocated.
size_t total_memory();

// Success if the driver is initialised and the thread has a current context that is retained.
STANDIN_INTERNAL CUresult check_context();

} // namespace standin

#endif
