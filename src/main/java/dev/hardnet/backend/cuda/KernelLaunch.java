package dev.hardnet.backend.cuda;

import static org.bytedeco.cuda.global.cudart.cuLaunchKernel;

import org.bytedeco.cuda.cudart.CUfunc_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** One launch of an own kernel. */
final class KernelLaunch implements Launch {
    /** Threads of a block, of every kernel. */
    static final int BLOCK = 256;

    private final String name;
    private final CUfunc_st function;
    private final Grid grid;
    private final CUstream_st stream;
    private final PointerPointer<Pointer> arguments;

    /** Blocks in three directions. */
    record Grid(int x, int y, int z) {
        private static final long MOST = 65535L * 16;

        /** One thread for each of so many items; where there are too many, threads take several. */
        static Grid ofItems(long items) {
            return new Grid((int) Math.min(MOST, Math.ceilDiv(items, BLOCK)), 1, 1);
        }
    }

    KernelLaunch(CudaModule module, String name, Grid grid, KernelParams params, CudaStream stream) {
        this.name = name;
        this.grid = grid;
        this.stream = stream.handle();
        function = module.function(name);
        arguments = new PointerPointer<>(1);
        arguments.put(0, new Address(params.memory().address()));
    }

    @Override
    public void enqueue() {
        int status = cuLaunchKernel(function, grid.x(), grid.y(), grid.z(), BLOCK, 1, 1, 0, stream, arguments, null);
        if (status != 0) {
            Driver.check(status, "cuLaunchKernel of " + name);
        }
    }
}
