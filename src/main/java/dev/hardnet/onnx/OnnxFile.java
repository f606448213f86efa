package dev.hardnet.onnx;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.hardnet.HarDNetException;
import dev.hardnet.onnx.proto.Onnx.GraphProto;
import dev.hardnet.onnx.proto.Onnx.ModelProto;
import dev.hardnet.onnx.proto.Onnx.TensorProto;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleConsumer;

/**
 * A model message, written field by field: the weights, which make up nearly all of it, never exist as messages.
 *
 * @param model    all but the graph
 * @param graph    all but the weights
 * @param weights  the weights, in the order in which they are written
 * @param progress is told which part of them is written, from 0 to 1
 */
record OnnxFile(ModelProto model, GraphProto graph, List<WeightTensors> weights, DoubleConsumer progress) {
    /** Protobuf's limit for a message. */
    private static final long MAX_BYTES = Integer.MAX_VALUE;
    private static final int CHUNK = 1 << 16;

    /** Refuses what protobuf cannot hold, before anything is written. */
    void checkSize(Path file) {
        long graphBytes = graphBytes();
        long bytes = model.getSerializedSize() + fieldBytes(ModelProto.GRAPH_FIELD_NUMBER, graphBytes);
        if (bytes > MAX_BYTES) {
            throw new HarDNetException("%s would have %d bytes; an ONNX file holds at most %d."
                    .formatted(file, bytes, MAX_BYTES));
        }
    }

    void writeTo(OutputStream out) throws IOException {
        CodedOutputStream coded = CodedOutputStream.newInstance(out, CHUNK);
        model.writeTo(coded);
        startField(coded, ModelProto.GRAPH_FIELD_NUMBER, graphBytes());
        graph.writeTo(coded);
        long total = weights.stream().flatMap(group -> group.headers().stream())
                .mapToLong(WeightTensors.Header::bytes).sum();
        long written = 0;
        for (WeightTensors group : weights) {
            List<float[]> elements = group.elements().get();
            for (int i = 0; i < elements.size(); i++) {
                write(coded, group.headers().get(i), elements.get(i));
                written += group.headers().get(i).bytes();
                progress.accept((double) written / total);
            }
        }
        coded.flush();
    }

    private static void write(CodedOutputStream coded, WeightTensors.Header header, float[] elements)
            throws IOException {
        TensorProto tensor = header.proto();
        startField(coded, GraphProto.INITIALIZER_FIELD_NUMBER, tensorBytes(header));
        tensor.writeTo(coded);
        startField(coded, TensorProto.RAW_DATA_FIELD_NUMBER, header.bytes());
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        int perChunk = CHUNK / Float.BYTES;
        for (int start = 0; start < elements.length; start += perChunk) {
            int count = Math.min(perChunk, elements.length - start);
            chunk.asFloatBuffer().put(elements, start, count);
            coded.writeRawBytes(chunk.array(), 0, count * Float.BYTES);
        }
    }

    private static void startField(CodedOutputStream coded, int field, long bytes) throws IOException {
        coded.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        coded.writeUInt32NoTag(Math.toIntExact(bytes));
    }

    private long graphBytes() {
        return weights.stream().flatMap(group -> group.headers().stream())
                .mapToLong(header -> fieldBytes(GraphProto.INITIALIZER_FIELD_NUMBER, tensorBytes(header)))
                .reduce(graph.getSerializedSize(), Math::addExact);
    }

    private static long tensorBytes(WeightTensors.Header header) {
        return header.proto().getSerializedSize() + fieldBytes(TensorProto.RAW_DATA_FIELD_NUMBER, header.bytes());
    }

    /** A field of known length: its tag, the length, the content. */
    private static long fieldBytes(int field, long bytes) {
        return CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt64SizeNoTag(bytes) + bytes;
    }
}
