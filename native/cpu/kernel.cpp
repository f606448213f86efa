#include "kernel.h"

namespace hardnet {

int64_t no_bytes(const hn_step &) { return 0; }

void pack_nothing(const hn_step &, const float *, const float *, void *) {}

} // namespace hardnet
