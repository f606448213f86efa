package dev.hardnet.vision;

import dev.hardnet.Tensor;
import dev.hardnet.testing.SharedFiles;
import dev.hardnet.weights.Checkpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the authors' decoders give for the golden outputs of a network. */
final class DecodedFixture {
    private DecodedFixture() {
    }

    /** A tensor of a file among the golden outputs. */
    static Tensor golden(String file, String output) {
        return read("golden", file, output);
    }

    /** A tensor of a file among the decoded ones. */
    static Tensor decoded(String file, String name) {
        return read("decode", file, name);
    }

    private static Tensor read(String folder, String file, String name) {
        try (Checkpoint checkpoint = Checkpoint.open(
                SharedFiles.path("reference", folder, file + ".safetensors"))) {
            return Tensor.of(checkpoint.read(name),
                    checkpoint.raw(name).shape().stream().mapToInt(Integer::intValue).toArray());
        }
    }

    /** Boxes as rows of left, top, right, bottom, score, class, edges divided by a unit. */
    static float[] rows(List<DecodedBox> boxes, double unit, int firstClass) {
        float[] rows = new float[boxes.size() * 6];
        int at = 0;
        for (DecodedBox box : boxes) {
            rows[at++] = (float) (box.left() / unit);
            rows[at++] = (float) (box.top() / unit);
            rows[at++] = (float) (box.right() / unit);
            rows[at++] = (float) (box.bottom() / unit);
            rows[at++] = (float) box.score();
            rows[at++] = box.classIndex() + firstClass;
        }
        return rows;
    }

    /** The outputs of several batches as those of one. */
    static Map<String, Tensor> batch(List<Map<String, Tensor>> outputs) {
        Map<String, Tensor> batch = new HashMap<>();
        outputs.getFirst().forEach((name, first) -> {
            List<Tensor> parts = new ArrayList<>();
            outputs.forEach(each -> parts.add(each.get(name)));
            batch.put(name, concatenated(parts));
        });
        return batch;
    }

    private static Tensor concatenated(List<Tensor> parts) {
        int[] shape = parts.getFirst().shape();
        shape[0] = parts.stream().mapToInt(part -> part.size(0)).sum();
        Tensor all = Tensor.zeros(shape);
        int at = 0;
        for (Tensor part : parts) {
            System.arraycopy(part.data(), 0, all.data(), at, part.data().length);
            at += part.data().length;
        }
        return all;
    }
}
