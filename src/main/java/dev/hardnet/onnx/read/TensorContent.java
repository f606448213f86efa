package dev.hardnet.onnx.read;

import com.google.protobuf.ByteString;
import dev.hardnet.HarDNetException;
import dev.hardnet.onnx.proto.Onnx.TensorProto;
import dev.hardnet.onnx.proto.Onnx.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Reads a tensor's sizes, and its elements where they are few and stored in the file itself. */
final class TensorContent {
    private TensorContent() {
    }

    static OnnxValue value(TensorProto tensor) {
        Dims dims = new Dims(tensor.getDimsList());
        return OnnxValue.constant(tensor.getName(), dims, content(tensor, dims));
    }

    private static Optional<Numbers> content(TensorProto tensor, Dims dims) {
        DataType type = DataType.forNumber(tensor.getDataType());
        if (type == null || dims.elements() > Numbers.MAX_COUNT) {
            return Optional.empty();
        }
        Optional<double[]> values = dims.elements() == 0 ? Optional.of(new double[0]) : values(tensor, type);
        if (values.isPresent() && values.get().length != dims.elements()) {
            throw new HarDNetException("tensor %s of %s holds %d elements.".formatted(tensor.getName(), dims,
                    values.get().length));
        }
        return values.map(found -> new Numbers(found, isInteger(type)));
    }

    private static boolean isInteger(DataType type) {
        return type != DataType.FLOAT && type != DataType.DOUBLE && type != DataType.FLOAT16;
    }

    /** The elements, empty for types that decide no shapes, and for tensors stored elsewhere. */
    private static Optional<double[]> values(TensorProto tensor, DataType type) {
        ByteString raw = tensor.getRawData();
        return switch (type) {
            case FLOAT -> values(raw, Float.BYTES, ByteBuffer::getFloat, tensor.getFloatDataList());
            case DOUBLE -> values(raw, Double.BYTES, ByteBuffer::getDouble, tensor.getDoubleDataList());
            case INT64 -> values(raw, Long.BYTES, ByteBuffer::getLong, tensor.getInt64DataList());
            case INT32 -> values(raw, Integer.BYTES, ByteBuffer::getInt, tensor.getInt32DataList());
            case BOOL, INT8, UINT8 -> values(raw, Byte.BYTES, ByteBuffer::get, tensor.getInt32DataList());
            default -> Optional.empty();
        };
    }

    private static Optional<double[]> values(ByteString raw, int bytes, ToDoubleFunction<ByteBuffer> next,
                                             List<? extends Number> list) {
        if (!list.isEmpty()) {
            return Optional.of(list.stream().mapToDouble(Number::doubleValue).toArray());
        }
        if (raw.isEmpty()) {
            return Optional.empty();
        }
        ByteBuffer buffer = raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[raw.size() / bytes];
        for (int i = 0; i < values.length; i++) {
            values[i] = next.applyAsDouble(buffer);
        }
        return Optional.of(values);
    }
}
