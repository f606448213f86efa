package dev.hardnet.backend.cpu;

import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Shape;
import java.lang.foreign.MemorySegment;

/**
 * Moves tensors (N x C x H x W in Java) to and from maps (channels last in native memory), a row of pixels at a time.
 */
final class ChannelsLast {
    private final Shape shape;
    private final MapElements elements;
    private final float[] row;

    ChannelsLast(FeatureMap map) {
        shape = map.shape();
        elements = MapElements.of(map.type());
        row = new float[shape.w() * shape.c()];
    }

    void write(float[] tensor, MemorySegment map) {
        for (int n = 0; n < shape.n(); n++) {
            for (int y = 0; y < shape.h(); y++) {
                for (int c = 0; c < shape.c(); c++) {
                    gather(tensor, start(n, c, y), c);
                }
                elements.write(row, map, (long) (n * shape.h() + y) * row.length);
            }
        }
    }

    void read(MemorySegment map, float[] tensor) {
        for (int n = 0; n < shape.n(); n++) {
            for (int y = 0; y < shape.h(); y++) {
                elements.read(map, (long) (n * shape.h() + y) * row.length, row, 0, row.length);
                for (int c = 0; c < shape.c(); c++) {
                    scatter(tensor, start(n, c, y), c);
                }
            }
        }
    }

    /** Where a row of a plane starts in the tensor. */
    private int start(int n, int c, int y) {
        return ((n * shape.c() + c) * shape.h() + y) * shape.w();
    }

    private void gather(float[] tensor, int from, int c) {
        int channels = shape.c();
        for (int x = 0; x < shape.w(); x++) {
            row[x * channels + c] = tensor[from + x];
        }
    }

    private void scatter(float[] tensor, int to, int c) {
        int channels = shape.c();
        for (int x = 0; x < shape.w(); x++) {
            tensor[to + x] = row[x * channels + c];
        }
    }
}
