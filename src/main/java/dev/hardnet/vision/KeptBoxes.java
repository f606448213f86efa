package dev.hardnet.vision;

import java.util.ArrayList;
import java.util.List;

/**
 * Non-maximum suppression class by class: offered from the surest on, a box is kept unless one of its class that was
 * kept before covers it. In float32, as torchvision does it.
 */
final class KeptBoxes {
    private final double largestOverlap;
    private final List<Kept> kept = new ArrayList<>();

    /** Edges in shares of the input. */
    record Edges(float left, float top, float right, float bottom) {
        float area() {
            return (right - left) * (bottom - top);
        }

        /** The area that both cover as a share of the area that either covers. */
        float overlap(Edges other) {
            float width = Math.max(0, Math.min(right, other.right) - Math.max(left, other.left));
            float height = Math.max(0, Math.min(bottom, other.bottom) - Math.max(top, other.top));
            float common = width * height;
            return common / (area() + other.area() - common);
        }
    }

    /** A box that no surer one of its class covers. */
    record Kept(Edges edges, float score, int classIndex) {
    }

    KeptBoxes(double largestOverlap) {
        this.largestOverlap = largestOverlap;
    }

    void offer(Edges edges, float score, int classIndex) {
        for (Kept surer : kept) {
            if (surer.classIndex == classIndex && surer.edges.overlap(edges) > largestOverlap) {
                return;
            }
        }
        kept.add(new Kept(edges, score, classIndex));
    }

    /** Those kept so far, the surest first. */
    List<Kept> kept() {
        return kept;
    }
}
