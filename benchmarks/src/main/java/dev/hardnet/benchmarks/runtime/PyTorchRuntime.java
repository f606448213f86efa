package dev.hardnet.benchmarks.runtime;

import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Output;
import dev.hardnet.weights.Checkpoint;
import dev.hardnet.weights.WeightStore;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.Function;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Type;
import org.bytedeco.pytorch.global.torch;

/**
 * PyTorch's C++ library on the network written as TorchScript: batch norms folded, no gradients, activations in place.
 * Maps are channels-first, as is its default.
 */
final class PyTorchRuntime implements InferenceRuntime {
    private final InferenceMode inference;
    private final List<String> names;
    private final CompilationUnit unit;
    private final Function forward;
    private final IValueVector arguments;
    private IValue result = new IValue();

    PyTorchRuntime(BenchmarkCase each, CaseFiles files) {
        torch.set_num_threads(each.threads());
        inference = new InferenceMode(true);
        Graph graph = each.graph();
        names = graph.outputs().stream().map(Output::name).toList();
        WeightStore store = new WeightStore(Checkpoint.open(files.weights(each)));
        TorchScript script = TorchScript.of(graph, store);
        unit = torch.compile(script.source());
        forward = unit.find_function(new QualifiedName("forward"));
        arguments = new IValueVector(new IValue(input(each)), new IValue(weights(script)));
        store.release();
    }

    private static Tensor input(BenchmarkCase each) {
        return Tensor.create(each.input().data(), longs(each.inputShape()));
    }

    private static GenericList weights(TorchScript script) {
        GenericList list = new GenericList(new Type.TypePtr(TensorType.get()));
        for (TorchScript.Weight weight : script.weights()) {
            list.push_back(new IValue(Tensor.create(weight.elements(), weight.sizes())));
        }
        return list;
    }

    private static long[] longs(int[] shape) {
        return Arrays.stream(shape).asLongStream().toArray();
    }

    @Override
    public void run() {
        // Left to the garbage collector, the outputs of many runs would pile up.
        result.close();
        result = forward.apply(arguments);
    }

    @Override
    public Map<String, FloatBuffer> outputs() {
        TensorVector tensors = result.toTensorVector();
        Map<String, FloatBuffer> named = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            named.put(names.get(i), elements(tensors.get(i)));
        }
        return named;
    }

    private static FloatBuffer elements(Tensor tensor) {
        FloatBuffer elements = FloatBuffer.allocate(Math.toIntExact(tensor.numel()));
        Tensor plain = tensor.contiguous();
        elements.put(plain.<FloatBuffer>createBuffer());
        return elements.flip();
    }

    @Override
    public void close() {
        result.close();
        arguments.close();
        unit.close();
        inference.close();
    }
}
