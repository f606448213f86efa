package dev.hardnet.onnx.read;

import com.google.protobuf.ByteString;
import dev.hardnet.InputSize;
import dev.hardnet.onnx.OnnxLayers;
import dev.hardnet.onnx.proto.Onnx.AttributeProto;
import dev.hardnet.onnx.proto.Onnx.GraphProto;
import dev.hardnet.onnx.proto.Onnx.ModelProto;
import dev.hardnet.onnx.proto.Onnx.NodeProto;
import dev.hardnet.onnx.proto.Onnx.TensorProto;
import dev.hardnet.onnx.proto.Onnx.TensorProto.DataType;
import dev.hardnet.onnx.proto.Onnx.TensorShapeProto;
import dev.hardnet.onnx.proto.Onnx.ValueInfoProto;
import dev.hardnet.traffic.LayerGraph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small ONNX file, built node by node. */
final class ModelFile {
    private final GraphProto.Builder graph = GraphProto.newBuilder();

    /** An input; a size of -1 is left open. */
    ModelFile input(String name, long... sizes) {
        graph.addInput(value(name, sizes));
        return this;
    }

    ModelFile output(String name) {
        graph.addOutput(ValueInfoProto.newBuilder().setName(name));
        return this;
    }

    /** What the file tells of a value in between. */
    ModelFile told(String name, long... sizes) {
        graph.addValueInfo(value(name, sizes));
        return this;
    }

    private static ValueInfoProto value(String name, long... sizes) {
        ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
        TensorShapeProto.Builder shape = value.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
        for (long size : sizes) {
            if (size == -1) {
                shape.addDimBuilder().setDimParam("open");
            } else {
                shape.addDimBuilder().setDimValue(size);
            }
        }
        return value.build();
    }

    /** A weight without elements, as one stored elsewhere. */
    ModelFile weight(String name, long... sizes) {
        TensorProto.Builder tensor = graph.addInitializerBuilder().setName(name)
                .setDataType(DataType.FLOAT.getNumber());
        for (long size : sizes) {
            tensor.addDims(size);
        }
        return this;
    }

    ModelFile longs(String name, long... elements) {
        TensorProto.Builder tensor = graph.addInitializerBuilder().setName(name).addDims(elements.length)
                .setDataType(DataType.INT64.getNumber());
        for (long element : elements) {
            tensor.addInt64Data(element);
        }
        return this;
    }

    ModelFile floats(String name, float... elements) {
        TensorProto.Builder tensor = graph.addInitializerBuilder().setName(name).addDims(elements.length)
                .setDataType(DataType.FLOAT.getNumber());
        for (float element : elements) {
            tensor.addFloatData(element);
        }
        return this;
    }

    ModelFile raw(TensorProto tensor) {
        graph.addInitializer(tensor);
        return this;
    }

    /** A node: its operator, what it reads (separated by spaces, - for one left out), what it writes. */
    ModelFile node(String operator, String reads, String writes, AttributeProto... attributes) {
        NodeProto.Builder node = graph.addNodeBuilder().setOpType(operator).addAllAttribute(List.of(attributes));
        for (String name : reads.split(" ")) {
            node.addInput(name.equals("-") ? "" : name);
        }
        node.addAllOutput(List.of(writes.split(" ")));
        node.setName(node.getOutput(0) + "_node");
        return this;
    }

    NodeProto.Builder lastNode() {
        return graph.getNodeBuilder(graph.getNodeCount() - 1);
    }

    static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder().setName(name).setI(value).build();
    }

    static AttributeProto integers(String name, Integer... values) {
        return AttributeProto.newBuilder().setName(name)
                .addAllInts(List.of(values).stream().map(Integer::longValue).toList()).build();
    }

    static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder().setName(name).setS(ByteString.copyFromUtf8(value)).build();
    }

    byte[] bytes() {
        return ModelProto.newBuilder().setIrVersion(8).setGraph(graph).build().toByteArray();
    }

    LayerGraph read(Path folder, InputSize size) {
        Path file = folder.resolve("model.onnx");
        try {
            Files.write(file, bytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return OnnxLayers.read(file, size);
    }
}
