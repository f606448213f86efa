package dev.hardnet.backend.reference;

/** Where a kernel tap meets the map, along one axis. */
record Window(int size, int stride, int padding) {
    /** The first output position whose tap lies inside the map. */
    int first(int tap) {
        return Math.max(0, Math.ceilDiv(padding - tap, stride));
    }

    /** One past the last output position, of count, whose tap lies inside the map. */
    int end(int tap, int count) {
        return Math.min(count, Math.floorDiv(size - 1 + padding - tap, stride) + 1);
    }

    /** The input position of an output position's tap. */
    int input(int output, int tap) {
        return output * stride - padding + tap;
    }
}
