// Stand-in CUDA for tests (standin.h says what it proves and what not): the driver's graphs.
#include "graph.h"

#include "driver_call.h"

#include <algorithm>

namespace standin {

namespace {

Registry<CUgraphExec, GraphExec> &execs() {
    static Registry<CUgraphExec, GraphExec> execs("executable graph");
    return execs;
}

// Writes at most room handles, which nothing but their number can be learnt from.
void write_nodes(CUgraph graph, size_t room, size_t nodes, CUgraphNode *results) {
    for (size_t node = 0; node < room; node++) {
        const auto handle = reinterpret_cast<uintptr_t>(graph) + 1 + node;
        results[node] = node < nodes ? reinterpret_cast<CUgraphNode>(handle) : nullptr;
    }
}

} // namespace

Registry<CUgraph, Graph> &graphs() {
    static Registry<CUgraph, Graph> graphs("graph");
    return graphs;
}

} // namespace standin

using namespace standin;

CUresult cuGraphInstantiateWithFlags(CUgraphExec *exec, CUgraph handle, unsigned long long) {
    return context_call("cuGraphInstantiateWithFlags", CUDA_ERROR_OUT_OF_MEMORY, [&] {
        const Graph *graph = graphs().find(handle);
        if (exec == nullptr || graph == nullptr) {
            return CUDA_ERROR_INVALID_VALUE;
        }
        *exec = execs().add(GraphExec{graph->works});
        return CUDA_SUCCESS;
    });
}

CUresult cuGraphLaunch(CUgraphExec handle, CUstream stream) {
    return context_call("cuGraphLaunch", CUDA_ERROR_LAUNCH_FAILED, [&] {
        const GraphExec *exec = execs().find(handle);
        if (exec == nullptr) {
            return CUDA_ERROR_INVALID_VALUE;
        }
        const CUresult status = refuse_while_capturing(stream);
        if (status != CUDA_SUCCESS) {
            return status;
        }
        calls().graph_launches++;
        return run(exec->works);
    });
}

CUresult cuGraphGetNodes(CUgraph handle, CUgraphNode *nodes, size_t *count) {
    return context_call("cuGraphGetNodes", CUDA_ERROR_UNKNOWN, [&] {
        const Graph *graph = graphs().find(handle);
        if (graph == nullptr || count == nullptr) {
            return CUDA_ERROR_INVALID_VALUE;
        }
        if (nodes == nullptr) {
            *count = graph->works.size();
            return CUDA_SUCCESS;
        }
        write_nodes(handle, *count, graph->works.size(), nodes);
        *count = std::min(*count, graph->works.size());
        return CUDA_SUCCESS;
    });
}

CUresult cuGraphDestroy(CUgraph graph) {
    return release_call([&] { return graphs().remove(graph) ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE; });
}

CUresult cuGraphExecDestroy(CUgraphExec exec) {
    return release_call([&] { return execs().remove(exec) ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE; });
}
