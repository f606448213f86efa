package dev.hardnet.benchmarks.runtime;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.hardnet.graph.Conv;
import dev.hardnet.graph.DepthwiseConv;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/**
 * The network's convolutions alone, one after the other, by oneDNN: no bias, activation, pool, resize, concatenation or
 * change of layout between them. Maps are channels-last, weights in whatever layout oneDNN likes best. All of them read
 * one buffer and write another, so that small maps stay in the caches. It computes no outputs.
 */
final class OneDnnConvolutions implements InferenceRuntime {
    private final Pointer source;
    private final Pointer destination;
    private final List<Call> calls;

    /** A convolution, what it is given, and the weights' memory among it. */
    private record Call(convolution_forward primitive, IntMemoryMap arguments, Pointer weights) {
    }

    OneDnnConvolutions(BenchmarkCase each, CaseFiles files) {
        List<OneDnnConvolution> convolutions = each.graph().operators().stream().flatMap(operator -> switch (operator) {
            case Conv conv -> Stream.of(OneDnnConvolution.of(conv));
            case DepthwiseConv conv -> Stream.of(OneDnnConvolution.of(conv));
            default -> Stream.<OneDnnConvolution>empty();
        }).toList();
        source = buffer(convolutions.stream().map(found -> found.description().src_desc()));
        destination = buffer(convolutions.stream().map(found -> found.description().dst_desc()));
        calls = convolutions.stream().map(found -> call(found.description())).toList();
    }

    private static Pointer buffer(Stream<memory.desc> users) {
        return OneDnn.zeros(users.mapToLong(memory.desc::get_size).max().orElse(1));
    }

    private Call call(convolution_forward.primitive_desc description) {
        memory.desc packed = description.weights_desc();
        Pointer weights = OneDnn.zeros(packed.get_size());
        IntMemoryMap arguments = OneDnn.arguments(Map.of(
                DNNL_ARG_SRC, new memory(description.src_desc(), OneDnn.ENGINE, source),
                DNNL_ARG_WEIGHTS, new memory(packed, OneDnn.ENGINE, weights),
                DNNL_ARG_DST, new memory(description.dst_desc(), OneDnn.ENGINE, destination)));
        return new Call(new convolution_forward(description), arguments, weights);
    }

    @Override
    public void run() {
        calls.forEach(call -> OneDnn.execute(call.primitive, call.arguments));
        OneDnn.await();
    }

    @Override
    public Map<String, FloatBuffer> outputs() {
        return Map.of();
    }

    @Override
    public void close() {
        calls.forEach(call -> {
            call.primitive.close();
            call.weights.close();
        });
        source.close();
        destination.close();
    }
}
