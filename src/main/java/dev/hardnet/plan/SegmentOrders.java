package dev.hardnet.plan;

import dev.hardnet.graph.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Orders in which segments may stand side by side: all of a few, else by age, whichever end the oldest is at. */
final class SegmentOrders {
    private static final int MOST_PERMUTED = 4;

    private SegmentOrders() {
    }

    static List<List<Segment>> of(List<Segment> segments) {
        if (segments.size() > MOST_PERMUTED) {
            List<Segment> byAge = segments.stream()
                    .sorted(Comparator.comparingInt(segment -> segment.map().id())).toList();
            return List.of(byAge, byAge.reversed());
        }
        List<List<Segment>> orders = new ArrayList<>();
        permute(new ArrayList<>(), segments, orders);
        return orders;
    }

    private static void permute(List<Segment> begun, List<Segment> left, List<List<Segment>> orders) {
        if (left.isEmpty()) {
            orders.add(List.copyOf(begun));
        }
        for (Segment segment : left) {
            List<Segment> rest = new ArrayList<>(left);
            rest.remove(segment);
            begun.add(segment);
            permute(begun, rest, orders);
            begun.removeLast();
        }
    }
}
