package dev.hardnet.benchmarks.runtime;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The runtimes that are compared; the first is ours. */
public enum RuntimeName {
    /** This project. */
    HARDNET("hardnet"),
    /** ONNX Runtime through its own Java interface. */
    ONNXRUNTIME("onnxruntime"),
    /** OpenCV's dnn module. */
    OPENCV("opencv"),
    /** PyTorch's C++ library. */
    PYTORCH("pytorch"),
    /** oneDNN's convolutions alone: less work than the others do. */
    ONEDNN_CONVS("onednn-convs");

    private final String text;

    RuntimeName(String text) {
        this.text = text;
    }

    /**
     * Opens a network in this runtime.
     *
     * @param each  network, sizes and threads
     * @param files its files
     * @return the network with its input in place
     */
    public InferenceRuntime open(BenchmarkCase each, CaseFiles files) {
        return switch (this) {
            case HARDNET -> new HardnetRuntime(each, files);
            case ONNXRUNTIME -> new OnnxRuntime(each, files);
            case OPENCV -> new OpenCvRuntime(each, files);
            case PYTORCH -> new PyTorchRuntime(each, files);
            case ONEDNN_CONVS -> new OneDnnConvolutions(each, files);
        };
    }

    /**
     * Finds a runtime.
     *
     * @param text as {@link #toString()} gives it
     * @return the runtime
     * @throws IllegalArgumentException when there is none
     */
    public static RuntimeName of(String text) {
        return Arrays.stream(values()).filter(name -> name.text.equals(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no runtime '%s'; expected one of %s."
                        .formatted(text, Arrays.stream(values()).map(RuntimeName::toString)
                                .collect(Collectors.joining(", ")))));
    }

    /** The name in tables and files. */
    @Override
    public String toString() {
        return text;
    }
}
