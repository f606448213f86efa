package dev.hardnet.vision;

import java.util.Arrays;

/**
 * Numbered candidates that come out by score, the highest first, of equals the one with the lowest number. A heap that
 * is only ordered as far as it is read: a few of a million cost little more than looking at each once.
 */
final class ScoreQueue {
    private static final long LOW = 0xffff_ffffL;

    /** Bits that order as the score does, above the inverted number. */
    private long[] keys = new long[256];
    private int size;
    private boolean heaped;

    /** Adds a candidate with a finite score. All are added before the first is taken. */
    void add(float score, int number) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
        }
        keys[size++] = (long) flip(Float.floatToIntBits(score)) << Integer.SIZE | ~number & LOW;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Takes the first out. */
    long poll() {
        if (!heaped) {
            for (int i = size / 2 - 1; i >= 0; i--) {
                sink(i);
            }
            heaped = true;
        }
        long first = keys[0];
        keys[0] = keys[--size];
        sink(0);
        return first;
    }

    static float score(long polled) {
        return Float.intBitsToFloat(flip((int) (polled >>> Integer.SIZE)));
    }

    static int number(long polled) {
        return ~(int) polled;
    }

    /** Inverts all bits but the sign of a negative number, so that the bits order as the numbers do; and back. */
    private static int flip(int bits) {
        return bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
    }

    private void sink(int start) {
        long key = keys[start];
        int at = start;
        // The positions are long: twice a large one would not fit an int.
        for (long child = 2L * at + 1; child < size; child = 2L * at + 1) {
            int larger = (int) (child + 1 < size && keys[(int) child + 1] > keys[(int) child] ? child + 1 : child);
            if (keys[larger] <= key) {
                break;
            }
            keys[at] = keys[larger];
            at = larger;
        }
        keys[at] = key;
    }
}
