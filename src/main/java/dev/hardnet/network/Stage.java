package dev.hardnet.network;

/**
 * A harmonic dense block and what is behind it.
 *
 * @param layers     layers of the block
 * @param growth     channels of an odd layer
 * @param transition output channels of the 1x1 transition
 * @param downsample whether height and width are halved behind the transition
 */
record Stage(int layers, int growth, int transition, boolean downsample) {
    static Stage halving(int layers, int growth, int transition) {
        return new Stage(layers, growth, transition, true);
    }

    static Stage keeping(int layers, int growth, int transition) {
        return new Stage(layers, growth, transition, false);
    }
}
