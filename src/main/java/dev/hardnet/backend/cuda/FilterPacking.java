package dev.hardnet.backend.cuda;

import java.util.List;

/**
 * Filters in the orders that kernels read. Channels stand as they stand in memory, with zeros for padding, so that
 * padding channels of maps are never more than multiplied by zero, and are written as zeros.
 */
final class FilterPacking {
    private FilterPacking() {
    }

    /**
     * Outputs, inputs, rows, columns.
     *
     * @param weight  outputs x inputs x taps
     * @param inputs  for each input channel in memory the weight's, or -1
     * @param outputs for each output channel in memory the weight's, or -1
     * @param taps    rows x columns of the kernel
     */
    static float[] channelsFirst(float[] weight, List<Integer> inputs, List<Integer> outputs, int taps) {
        float[] packed = new float[outputs.size() * inputs.size() * taps];
        int ofOutput = ofOutput(weight, outputs);
        for (int o = 0; o < outputs.size(); o++) {
            for (int i = 0; i < inputs.size() && outputs.get(o) >= 0; i++) {
                if (inputs.get(i) >= 0) {
                    System.arraycopy(weight, outputs.get(o) * ofOutput + inputs.get(i) * taps, packed,
                            (o * inputs.size() + i) * taps, taps);
                }
            }
        }
        return packed;
    }

    /** Outputs, rows, columns, inputs. */
    static float[] channelsLast(float[] weight, List<Integer> inputs, List<Integer> outputs, int taps) {
        float[] packed = new float[outputs.size() * inputs.size() * taps];
        int ofOutput = ofOutput(weight, outputs);
        for (int o = 0; o < outputs.size(); o++) {
            for (int i = 0; i < inputs.size() && outputs.get(o) >= 0; i++) {
                for (int tap = 0; tap < taps && inputs.get(i) >= 0; tap++) {
                    packed[(o * taps + tap) * inputs.size() + i] =
                            weight[outputs.get(o) * ofOutput + inputs.get(i) * taps + tap];
                }
            }
        }
        return packed;
    }

    /**
     * Rows, columns, inputs, outputs.
     *
     * @param weight outputs x inputs x taps
     * @param inputs for each input channel in memory the weight's, or -1
     * @param padded how many outputs there are to be, with zeros at the end
     * @param taps   rows x columns of the kernel
     */
    static float[] outputsLast(float[] weight, List<Integer> inputs, int padded, int taps) {
        int ofOutput = taps * (int) inputs.stream().filter(input -> input >= 0).count();
        float[] packed = new float[taps * inputs.size() * padded];
        for (int o = 0; o < weight.length / ofOutput; o++) {
            for (int i = 0; i < inputs.size(); i++) {
                for (int tap = 0; tap < taps && inputs.get(i) >= 0; tap++) {
                    packed[(tap * inputs.size() + i) * padded + o] = weight[o * ofOutput + inputs.get(i) * taps + tap];
                }
            }
        }
        return packed;
    }

    /** Values of channels, filled up with zeros. */
    static float[] padded(float[] values, int channels) {
        float[] padded = new float[channels];
        System.arraycopy(values, 0, padded, 0, values.length);
        return padded;
    }

    private static int ofOutput(float[] weight, List<Integer> outputs) {
        return weight.length / (int) outputs.stream().filter(output -> output >= 0).count();
    }
}
