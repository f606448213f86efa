// Captured work, and its executable form.
#ifndef HARDNET_STANDIN_GRAPH_H
#define HARDNET_STANDIN_GRAPH_H

#include "stream.h"

#include <vector>

namespace standin {

struct Graph {
    std::vector<Work> works;
};

struct GraphExec {
    std::vector<Work> works;
};

Registry<CUgraph, Graph> &graphs();

} // namespace standin

#endif
