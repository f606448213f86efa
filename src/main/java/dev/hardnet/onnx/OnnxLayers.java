package dev.hardnet.onnx;

import dev.hardnet.HarDNetException;
import dev.hardnet.InputSize;
import dev.hardnet.traffic.LayerGraph;
import java.nio.file.Path;

/** Reads ONNX files as layers. */
public final class OnnxLayers {
    private OnnxLayers() {
    }

    /**
     * Reads a file.
     *
     * @param file the file
     * @param size input rows and columns, null for the file's own
     * @return its layers
     * @throws HarDNetException always
     */
    public static LayerGraph read(Path file, InputSize size) {
        throw new HarDNetException("%s cannot be read: ONNX files are written only.".formatted(file));
    }
}
