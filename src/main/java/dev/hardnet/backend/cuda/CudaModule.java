package dev.hardnet.backend.cuda;

import static org.bytedeco.cuda.global.cudart.cuModuleGetFunction;
import static org.bytedeco.cuda.global.cudart.cuModuleLoadData;
import static org.bytedeco.cuda.global.cudart.cuModuleUnload;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.cuda.cudart.CUfunc_st;
import org.bytedeco.cuda.cudart.CUmod_st;
import org.bytedeco.javacpp.BytePointer;

/** The own kernels, loaded for one context. */
final class CudaModule implements Resources.Resource {
    private final CUmod_st module = new CUmod_st();
    private final Map<String, CUfunc_st> functions = new HashMap<>();

    private CudaModule() {
    }

    static CudaModule load(byte[] image) {
        CudaModule loaded = new CudaModule();
        try (BytePointer content = new BytePointer(image)) {
            Driver.check(cuModuleLoadData(loaded.module, content), "cuModuleLoadData of the kernels");
        }
        return loaded;
    }

    CUfunc_st function(String name) {
        return functions.computeIfAbsent(name, this::find);
    }

    private CUfunc_st find(String name) {
        CUfunc_st function = new CUfunc_st();
        Driver.check(cuModuleGetFunction(function, module, name), "cuModuleGetFunction of " + name);
        return function;
    }

    @Override
    public void close() {
        cuModuleUnload(module);
    }
}
