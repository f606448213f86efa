package dev.hardnet.onnx;

import dev.hardnet.graph.ResizeArgMax;
import dev.hardnet.graph.Shape;
import dev.hardnet.onnx.proto.Onnx.TensorProto;

/** The class of each pixel: Resize, ArgMax over channels, Cast to bytes. */
final class ResizeArgMaxNodes {
    private ResizeArgMaxNodes() {
    }

    static void add(ResizeArgMax resize, OnnxGraph graph) {
        String name = resize.name();
        MapValues values = graph.values();
        Shape resized = resize.output().shape().withChannels(resize.input().shape().c());
        String logits = ResizeNodes.node(name + "/resize", values.read(resize.input(), name), resized, graph)
                .writes(values.unused(name + "/resized"));
        String best = graph.node("ArgMax", name).reads(logits).integer("axis", 1).integer("keepdims", 1)
                .writes(values.unused(name + "/best"));
        graph.node("Cast", name + "/bytes").reads(best).integer("to", TensorProto.DataType.UINT8.getNumber())
                .writes(values.write(resize.output()));
    }
}
