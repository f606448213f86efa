package dev.hardnet.benchmarks.runtime;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.StringVector;
import org.bytedeco.opencv.opencv_dnn.Net;

/** OpenCV's dnn module on the same ONNX file, its batch closed; it copies the input in every run. */
final class OpenCvRuntime implements InferenceRuntime {
    private final Net net;
    private final FloatPointer pixels;
    private final Mat input;
    private final StringVector names;
    private final MatVector outputs = new MatVector();

    OpenCvRuntime(BenchmarkCase each, CaseFiles files) {
        opencv_core.setNumThreads(each.threads());
        net = opencv_dnn.readNetFromONNX(files.fixedOnnx(each).toString());
        net.setPreferableBackend(opencv_dnn.DNN_BACKEND_OPENCV);
        net.setPreferableTarget(opencv_dnn.DNN_TARGET_CPU);
        pixels = new FloatPointer(each.inputElements());
        each.fill(pixels.asBuffer());
        input = new Mat(each.inputShape(), opencv_core.CV_32F, pixels);
        names = net.getUnconnectedOutLayersNames();
    }

    @Override
    public void run() {
        net.setInput(input);
        net.forward(outputs, names);
    }

    @Override
    public Map<String, FloatBuffer> outputs() {
        Map<String, FloatBuffer> named = new LinkedHashMap<>();
        for (long i = 0; i < names.size(); i++) {
            named.put(names.get(i).getString().trim(), outputs.get(i).createBuffer());
        }
        return named;
    }

    @Override
    public void close() {
        net.close();
        input.close();
        pixels.close();
    }
}
