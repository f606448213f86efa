package dev.hardnet.backend.reference;

/**
 * Where the positions of a resized axis lie between those of the input, in float32 as PyTorch computes it.
 *
 * @param first  the lower neighbour of each position
 * @param second the upper neighbour, the same at the end
 * @param weight of the upper neighbour, 0 to 1
 */
record Interpolation(int[] first, int[] second, float[] weight) {
    static Interpolation of(int from, int to) {
        Interpolation axis = new Interpolation(new int[to], new int[to], new float[to]);
        float scale = to > 1 ? (float) (from - 1) / (to - 1) : 0;
        for (int i = 0; i < to; i++) {
            float position = scale * i;
            axis.first[i] = Math.min((int) position, from - 1);
            axis.second[i] = Math.min(axis.first[i] + 1, from - 1);
            axis.weight[i] = position - axis.first[i];
        }
        return axis;
    }

    /** A value of the resized plane. */
    static float at(float[] memory, int plane, int width, Interpolation rows, int y, Interpolation columns, int x) {
        double top = between(memory, plane + rows.first[y] * width, columns, x);
        double bottom = between(memory, plane + rows.second[y] * width, columns, x);
        return (float) (top + (bottom - top) * rows.weight[y]);
    }

    private static double between(float[] memory, int row, Interpolation columns, int x) {
        double left = memory[row + columns.first[x]];
        double right = memory[row + columns.second[x]];
        return left + (right - left) * columns.weight[x];
    }
}
