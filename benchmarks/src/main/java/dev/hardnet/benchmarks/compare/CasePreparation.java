package dev.hardnet.benchmarks.compare;

import dev.hardnet.Model;
import dev.hardnet.Network;
import dev.hardnet.Session;
import dev.hardnet.Tensor;
import dev.hardnet.benchmarks.runtime.BenchmarkCase;
import dev.hardnet.benchmarks.runtime.CaseFiles;
import dev.hardnet.benchmarks.runtime.RuntimeName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Writes what runtimes read: synthetic weights, the ONNX file, and the outputs that this project computes. */
final class CasePreparation {
    private static final long SEED = 1;

    private final CaseFiles files;
    private final boolean onnx;
    private final boolean fixedOnnx;
    /** The files of this run; those of earlier runs may be of another version. */
    private final Set<Path> written = new HashSet<>();

    /**
     * Prepares nothing yet.
     *
     * @param files where files go
     * @param peers who reads them
     */
    CasePreparation(CaseFiles files, Collection<RuntimeName> peers) throws IOException {
        this.files = files;
        fixedOnnx = peers.contains(RuntimeName.OPENCV);
        onnx = fixedOnnx || peers.contains(RuntimeName.ONNXRUNTIME);
        Files.createDirectories(files.folder());
    }

    /** Writes what is missing for a case; with other threads nothing is. */
    void prepare(BenchmarkCase each) throws IOException {
        if (!written.add(files.expected(each, ""))) {
            return;
        }
        try (Model model = Model.synthetic(Network.byName(each.network()), SEED)) {
            if (written.add(files.weights(each))) {
                model.writeSafetensors(files.weights(each));
            }
            if (onnx && written.add(files.onnx(each))) {
                model.writeOnnx(files.onnx(each), each.sessionOptions());
            }
            if (fixedOnnx) {
                FixedBatch.write(files.onnx(each), files.fixedOnnx(each), each.batch());
            }
            writeOutputs(each, model);
        }
    }

    private void writeOutputs(BenchmarkCase each, Model model) throws IOException {
        try (Session session = Session.open(model, each.sessionOptions())) {
            for (Map.Entry<String, Tensor> output : session.run(each.input()).entrySet()) {
                write(files.expected(each, output.getKey()), output.getValue().data());
            }
        }
    }

    private static void write(Path file, float[] elements) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(elements.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(elements);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}
