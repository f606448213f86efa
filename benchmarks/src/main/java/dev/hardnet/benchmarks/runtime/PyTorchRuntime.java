package dev.hardnet.benchmarks.runtime;

import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Output;
import dev.hardnet.weights.Checkpoint;
import dev.hardnet.weights.WeightStore;
import java.nio.FloatBuffer;
import java.util.ArrayList;
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
    /** What the buffers of the outputs lie in. */
    private final List<Tensor> plain = new ArrayList<>();
    private IValue result = new IValue();

    PyTorchRuntime(BenchmarkCase each, CaseFiles files) {
        torch.set_num_threads(each.threads());
        inference = new InferenceMode(true);
        Graph graph = each.graph();
        names = graph.outputs().stream().map(Output::name).toList();
        WeightStore store = new WeightStore(Checkpoint.open(files.weights(each)));
        GenericList weights = new GenericList(new Type.TypePtr(TensorType.get()));
        unit = torch.compile(TorchScript.of(graph, store, (elements, sizes) -> add(weights, elements, sizes)));
        forward = unit.find_function(new QualifiedName("forward"));
        arguments = new IValueVector(new IValue(input(each)), new IValue(weights));
        store.release();
    }

    private static Tensor input(BenchmarkCase each) {
        Tensor input = torch.empty(Arrays.stream(each.inputShape()).asLongStream().toArray());
        each.fill(input.createBuffer());
        return input;
    }

    private static void add(GenericList weights, float[] elements, long... sizes) {
        weights.push_back(new IValue(Tensor.create(elements, sizes)));
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
            plain.add(tensors.get(i).contiguous());
            named.put(names.get(i), plain.getLast().createBuffer());
        }
        return named;
    }

    @Override
    public void close() {
        plain.forEach(Tensor::close);
        result.close();
        arguments.close();
        unit.close();
        inference.close();
    }
}
