package dev.hardnet.onnx;

import dev.hardnet.HarDNetException;
import dev.hardnet.InputSize;
import dev.hardnet.onnx.read.LayerReader;
import dev.hardnet.onnx.read.PrunedModel;
import dev.hardnet.traffic.LayerGraph;
import java.nio.file.Path;

/**
 * Reads any network of an ONNX file as layers, so that its traffic can be counted. Only shapes are read: weights are
 * skipped, wherever they are stored.
 */
public final class OnnxLayers {
    private OnnxLayers() {
    }

    /**
     * Reads a file. Sizes that it leaves open become 1 for the batch, and the given ones for rows and columns. Nodes of
     * operators that are not known, and those behind them whose shapes then cannot be told, are listed as unsupported.
     *
     * @param file the ONNX file
     * @param size rows and columns where the file leaves them open, or null
     * @return its layers, named by the nodes, in the file's order
     * @throws HarDNetException when it is no ONNX file, is cut short or contradicts itself, when a size is missing, or
     *                          differs from the one that the file fixes
     */
    public static LayerGraph read(Path file, InputSize size) {
        return new LayerReader(file, PrunedModel.read(file).getGraph(), size).read();
    }
}
