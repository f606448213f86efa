package dev.hardnet.benchmarks.runtime;

import java.nio.file.Path;

/**
 * The files of one network, made before any runtime starts.
 *
 * @param folder where they are
 */
public record CaseFiles(Path folder) {
    /** The weights as safetensors. */
    public Path weights(BenchmarkCase each) {
        return folder.resolve(each.network() + ".safetensors");
    }

    /** The network and the same weights, batch norms folded, as ONNX. */
    public Path onnx(BenchmarkCase each) {
        return folder.resolve("%s-%dx%d.onnx".formatted(each.network(), each.height(), each.width()));
    }

    /** The same for exactly the case's batch. */
    public Path fixedOnnx(BenchmarkCase each) {
        return folder.resolve("%s-%s.onnx".formatted(each.network(), each.inputText()));
    }

    /** An output that others are compared with: float32, little-endian, row-major. */
    public Path expected(BenchmarkCase each, String output) {
        return folder.resolve("%s-%s-%s.f32".formatted(each.network(), each.inputText(), output));
    }
}
