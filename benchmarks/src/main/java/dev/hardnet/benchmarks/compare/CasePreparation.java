package dev.hardnet.benchmarks.compare;

import dev.hardnet.Model;
import dev.hardnet.Network;
import dev.hardnet.Session;
import dev.hardnet.Tensor;
import dev.hardnet.benchmarks.runtime.BenchmarkCase;
import dev.hardnet.benchmarks.runtime.CaseFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Writes what runtimes read: synthetic weights, the ONNX file, and the outputs that this project computes. */
final class CasePreparation {
    private static final long SEED = 1;

    private final CaseFiles files;
    /** The files of this run; those of earlier runs may be of another version. */
    private final Set<Path> written = new HashSet<>();

    CasePreparation(CaseFiles files) throws IOException {
        this.files = files;
        Files.createDirectories(files.folder());
    }

    /** Writes what is missing for a case. */
    void prepare(BenchmarkCase each) throws IOException {
        try (Model model = Model.synthetic(Network.byName(each.network()), SEED)) {
            if (written.add(files.weights(each))) {
                model.writeSafetensors(files.weights(each));
            }
            if (written.add(files.onnx(each))) {
                model.writeOnnx(files.onnx(each), each.sessionOptions());
            }
            if (written.add(files.fixedOnnx(each))) {
                FixedBatch.write(files.onnx(each), files.fixedOnnx(each), each.batch());
            }
            if (written.add(files.expected(each, ""))) {
                writeOutputs(each, model);
            }
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
