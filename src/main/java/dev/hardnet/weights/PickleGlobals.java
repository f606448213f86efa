package dev.hardnet.weights;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The functions and classes that a checkpoint may name. None of them is code: each stands for data of ours. */
final class PickleGlobals {
    private static final Map<String, PickleValue> ALLOWED = allowed();

    private PickleGlobals() {
    }

    /** What a call on the allow-list makes. */
    enum Function { ORDERED_DICT, REBUILD_TENSOR, REBUILD_PARAMETER, SIZE, DEVICE, NUMPY_SCALAR }

    static PickleValue find(String module, String name) {
        String global = module + "." + name;
        PickleValue value = ALLOWED.get(global);
        if (value == null) {
            throw new PickleFault("the file names the global %s, but only OrderedDict, tensors and storages are allowed"
                    .formatted(Excerpt.of(global)));
        }
        return value;
    }

    private static Map<String, PickleValue> allowed() {
        Map<String, PickleValue> allowed = new HashMap<>();
        allowed.put("collections.OrderedDict", new PickleValue.Callable(Function.ORDERED_DICT));
        allowed.put("torch._utils._rebuild_tensor_v2", new PickleValue.Callable(Function.REBUILD_TENSOR));
        allowed.put("torch._utils._rebuild_parameter", new PickleValue.Callable(Function.REBUILD_PARAMETER));
        allowed.put("torch.Size", new PickleValue.Callable(Function.SIZE));
        allowed.put("torch.device", new PickleValue.Callable(Function.DEVICE));
        allowNumpyScalars(allowed);
        allowStorages(allowed);
        return Map.copyOf(allowed);
    }

    /** Training scripts leave scores of numpy's type beside the weights; nobody looks at them. */
    private static void allowNumpyScalars(Map<String, PickleValue> allowed) {
        List.of("numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar", "numpy.dtype", "_codecs.encode")
                .forEach(name -> allowed.put(name, new PickleValue.Callable(Function.NUMPY_SCALAR)));
    }

    private static void allowStorages(Map<String, PickleValue> allowed) {
        Map.of("Double", DataType.F64, "Float", DataType.F32, "Half", DataType.F16, "BFloat16", DataType.BF16,
                        "Long", DataType.I64, "Int", DataType.I32, "Short", DataType.I16, "Char", DataType.I8,
                        "Byte", DataType.U8, "Bool", DataType.BOOL)
                .forEach((name, type) -> allowed.put("torch." + name + "Storage", new PickleValue.StorageType(type)));
    }
}
