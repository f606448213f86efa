package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import dev.hardnet.Tensor;
import java.util.Map;

/** What every decoder asks of its settings and of the outputs it is given. */
final class DecoderInputs {
    private DecoderInputs() {
    }

    static void checkSettings(double above, int limit) {
        if (!(above >= 0 && above <= 1)) {
            throw new HarDNetException("Boxes with scores above %s were asked for, expected 0 to 1.".formatted(above));
        }
        if (limit < 1) {
            throw new HarDNetException("At most %d boxes were asked for, expected at least 1.".formatted(limit));
        }
    }

    /** The output of a name, N x ..., with that many dimensions and picture {@code picture} in it. */
    static Tensor require(Map<String, Tensor> outputs, String name, int rank, int picture) {
        Tensor output = outputs.get(name);
        if (output == null) {
            throw new HarDNetException("There is no output '%s' among %s.".formatted(name, outputs.keySet()));
        }
        if (output.rank() != rank || picture < 0 || picture >= output.size(0)) {
            throw new HarDNetException("Output %s is a %s; expected %d dimensions and picture %d in the first of them."
                    .formatted(name, output, rank, picture));
        }
        return output;
    }

    static float requireFinite(float value, String name, int index) {
        if (!Float.isFinite(value)) {
            throw new HarDNetException("Element %d of output %s is %s, but a finite number is expected."
                    .formatted(index, name, value));
        }
        return value;
    }
}
