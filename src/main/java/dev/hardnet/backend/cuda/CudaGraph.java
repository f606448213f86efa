package dev.hardnet.backend.cuda;

import static org.bytedeco.cuda.global.cudart.cuGraphDestroy;
import static org.bytedeco.cuda.global.cudart.cuGraphExecDestroy;
import static org.bytedeco.cuda.global.cudart.cuGraphInstantiate;
import static org.bytedeco.cuda.global.cudart.cuGraphLaunch;

import org.bytedeco.cuda.cudart.CUgraphExec_st;
import org.bytedeco.cuda.cudart.CUgraph_st;

/** Recorded work that is launched as one. */
final class CudaGraph implements Resources.Resource {
    private final CUgraphExec_st executable;

    private CudaGraph(CUgraphExec_st executable) {
        this.executable = executable;
    }

    /** Takes over a captured graph. */
    static CudaGraph instantiate(CUgraph_st graph) {
        CUgraphExec_st executable = new CUgraphExec_st();
        try {
            Driver.check(cuGraphInstantiate(executable, graph, 0), "cuGraphInstantiate");
        } finally {
            cuGraphDestroy(graph);
        }
        return new CudaGraph(executable);
    }

    void launch(CudaStream stream) {
        Driver.check(cuGraphLaunch(executable, stream.handle()), "cuGraphLaunch");
    }

    @Override
    public void close() {
        cuGraphExecDestroy(executable);
    }
}
