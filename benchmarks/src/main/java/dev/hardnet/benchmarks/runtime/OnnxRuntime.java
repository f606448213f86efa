package dev.hardnet.benchmarks.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** ONNX Runtime with all its optimizations; input and outputs stay in its memory, so that a run copies nothing. */
final class OnnxRuntime implements InferenceRuntime {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    private final OrtSession session;
    private final OnnxTensor input;
    private final Map<String, FloatBuffer> buffers = new LinkedHashMap<>();
    private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();

    OnnxRuntime(BenchmarkCase each, CaseFiles files) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(each.threads());
            options.setInterOpNumThreads(1);
            session = environment.createSession(files.onnx(each).toString(), options);
            FloatBuffer pictures = direct(each.inputElements());
            each.fill(pictures);
            input = OnnxTensor.createTensor(environment, pictures, longs(each.inputShape()));
            for (Map.Entry<String, NodeInfo> output : session.getOutputInfo().entrySet()) {
                addOutput(output.getKey(), ((TensorInfo) output.getValue().getInfo()).getShape(), each.batch());
            }
        } catch (OrtException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void addOutput(String name, long[] shape, int batch) throws OrtException {
        shape[0] = batch;
        FloatBuffer buffer = direct(Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact)));
        buffers.put(name, buffer);
        outputs.put(name, OnnxTensor.createTensor(environment, buffer, shape));
    }

    private static FloatBuffer direct(int elements) {
        return ByteBuffer.allocateDirect(elements * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    private static long[] longs(int[] shape) {
        return Arrays.stream(shape).asLongStream().toArray();
    }

    @Override
    public void run() {
        try (OrtSession.Result _ = session.run(Map.of("input", input), outputs)) {
            // The outputs are in the buffers.
        } catch (OrtException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public Map<String, FloatBuffer> outputs() {
        return buffers;
    }

    @Override
    public void close() {
        input.close();
        outputs.values().forEach(OnnxTensor::close);
        try {
            session.close();
        } catch (OrtException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
