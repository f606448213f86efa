package dev.hardnet.backend.reference;

import dev.hardnet.graph.Activation;
import dev.hardnet.graph.Shape;
import java.util.Arrays;

/** One output plane in double, to which weighted input planes are added. */
final class PlaneAccumulator {
    private final Window rows;
    private final Window columns;
    private final Shape output;
    private final double[] sums;

    PlaneAccumulator(Window rows, Window columns, Shape output) {
        this.rows = rows;
        this.columns = columns;
        this.output = output;
        sums = new double[output.h() * output.w()];
    }

    void start(float bias) {
        Arrays.fill(sums, bias);
    }

    /** Adds a plane seen through one kernel tap; tapY and tapX are in input pixels. */
    void add(float[] memory, int plane, double weight, int tapY, int tapX) {
        int left = columns.first(tapX);
        int right = columns.end(tapX, output.w());
        for (int y = rows.first(tapY); y < rows.end(tapY, output.h()); y++) {
            int from = plane + rows.input(y, tapY) * columns.size() + columns.input(0, tapX);
            addRow(memory, from, weight, y * output.w(), left, right);
        }
    }

    /** The first loop is the second one for stride 1, which the virtual machine turns into vector instructions. */
    private void addRow(float[] memory, int from, double weight, int to, int left, int right) {
        int stride = columns.stride();
        if (stride == 1) {
            for (int x = left; x < right; x++) {
                sums[to + x] += weight * memory[from + x];
            }
        } else {
            for (int x = left; x < right; x++) {
                sums[to + x] += weight * memory[from + x * stride];
            }
        }
    }

    static float activated(double value, Activation activation) {
        return (float) switch (activation) {
            case NONE -> value;
            case RELU -> Math.max(value, 0);
            case RELU6 -> Math.clamp(value, 0, 6);
        };
    }

    void store(float[] memory, int plane, Activation activation) {
        for (int i = 0; i < sums.length; i++) {
            memory[plane + i] = activated(sums[i], activation);
        }
    }
}
