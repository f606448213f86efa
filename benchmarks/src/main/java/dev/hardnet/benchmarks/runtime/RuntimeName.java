package dev.hardnet.benchmarks.runtime;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The runtimes that are compared; the first is ours. */
public enum RuntimeName {
    /** This project. */
    HARDNET("hardnet", HardnetRuntime::new),
    /** ONNX Runtime through its own Java interface. */
    ONNXRUNTIME("onnxruntime", OnnxRuntime::new),
    /** OpenCV's dnn module. */
    OPENCV("opencv", OpenCvRuntime::new),
    /** PyTorch's C++ library. */
    PYTORCH("pytorch", PyTorchRuntime::new),
    /** oneDNN's convolutions alone: less work than the others do. */
    ONEDNN_CONVS("onednn-convs", OneDnnConvolutions::new);

    private final String text;
    private final Opener opener;

    /** Opens a network. */
    private interface Opener {
        InferenceRuntime open(BenchmarkCase each, CaseFiles files);
    }

    RuntimeName(String text, Opener opener) {
        this.text = text;
        this.opener = opener;
    }

    /**
     * Opens a network in this runtime.
     *
     * @param each  network, sizes and threads
     * @param files its files
     * @return the network with its input in place
     */
    public InferenceRuntime open(BenchmarkCase each, CaseFiles files) {
        return opener.open(each, files);
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
