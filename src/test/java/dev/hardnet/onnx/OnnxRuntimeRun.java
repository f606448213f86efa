package dev.hardnet.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.hardnet.Tensor;
import dev.hardnet.graph.ElementType;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An ONNX file opened in ONNX Runtime. */
final class OnnxRuntimeRun implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    private final OrtSession session;

    OnnxRuntimeRun(Path file) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(2);
            session = environment.createSession(file.toString(), options);
        }
    }

    List<String> outputNames() {
        return List.copyOf(session.getOutputNames());
    }

    Map<String, Tensor> run(Tensor input) throws OrtException {
        long[] shape = Arrays.stream(input.shape()).asLongStream().toArray();
        try (OnnxTensor pictures = OnnxTensor.createTensor(environment, FloatBuffer.wrap(input.data()), shape);
                OrtSession.Result result = session.run(Map.of("input", pictures))) {
            Map<String, Tensor> outputs = new LinkedHashMap<>();
            result.forEach(output -> outputs.put(output.getKey(), tensor((OnnxTensor) output.getValue())));
            return outputs;
        }
    }

    private static Tensor tensor(OnnxTensor from) {
        int[] shape = Arrays.stream(from.getInfo().getShape()).mapToInt(Math::toIntExact).toArray();
        if (from.getInfo().type == OnnxJavaType.UINT8) {
            Tensor to = Tensor.zeros(ElementType.UINT8, shape);
            from.getByteBuffer().get(to.bytes());
            return to;
        }
        Tensor to = Tensor.zeros(shape);
        from.getFloatBuffer().get(to.data());
        return to;
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
