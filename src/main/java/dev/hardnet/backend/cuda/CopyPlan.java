package dev.hardnet.backend.cuda;

import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.Segment;
import dev.hardnet.graph.View;
import dev.hardnet.graph.Weighted;
import dev.hardnet.plan.Place;
import dev.hardnet.plan.SlotLayout;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which of a map's places a convolution writes, and until when the copies to the others must be done. It writes the one
 * that is read first, so that the copies can be made beside the steps that follow.
 */
final class CopyPlan {
    private final SlotLayout slots;
    private final List<Operator> operators;

    CopyPlan(SlotLayout slots) {
        this.slots = slots;
        operators = slots.graph().operators();
    }

    /**
     * The places of a step's result.
     *
     * @param step the step that writes them
     * @return first the one that is written, which holds all of the map, then those that are copied from it
     */
    List<Place> places(int step) {
        FeatureMap map = operators.get(step).output();
        Comparator<Place> complete = Comparator.comparing(place -> !place.slot().segment().equals(Segment.of(map)));
        return slots.places(map).stream()
                .sorted(complete.thenComparing(place -> firstReader(List.of(place), step))).toList();
    }

    /**
     * The step that must wait for the copies of a step's result: the first that reads one, or that may overwrite what
     * they are copied from.
     *
     * @param step the step that writes the map and starts the copies
     * @return a later step; the number of steps where none needs to wait
     */
    int deadline(int step) {
        List<Place> places = places(step);
        int overwritten = Math.min(operators.size(), places.getFirst().slot().lastStep() + 1);
        return Math.min(overwritten, firstReader(places.subList(1, places.size()), step));
    }

    private int firstReader(List<Place> places, int step) {
        return IntStream.range(step + 1, operators.size())
                .filter(reader -> reads(reader).anyMatch(places::contains)).findFirst().orElse(operators.size());
    }

    private Stream<Place> reads(int reader) {
        Operator operator = operators.get(reader);
        return operator.reads().stream().flatMap(view -> read(operator, view, reader).stream());
    }

    private List<Place> read(Operator operator, View view, int reader) {
        List<Segment> segments = view.segments();
        return operator instanceof Weighted && segments.size() > 1 ? slots.range(view, reader)
                : segments.stream().map(segment -> slots.place(segment, reader)).toList();
    }
}
