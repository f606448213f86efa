package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.HarDNetException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectionsTest {
    private static final Box BOX = new Box(10.4, 20.6, 30, 40);

    private static Detection of(String label, double score) {
        return new Detection(label, 0, score, BOX);
    }

    private static String labels(Detections detections) {
        List<String> labels = new ArrayList<>();
        detections.forEach(one -> labels.add(one.label()));
        return String.join(" ", labels);
    }

    @Test
    void theSurestComeFirstAndEqualsInTheOrderGiven() {
        Detections detections = new Detections(100, 80,
                List.of(of("cat", 0.5), of("dog", 0.9), of("cow", 0.5), of("hen", 0.7)));

        assertEquals("dog hen cat cow", labels(detections));
        assertEquals(4, detections.size());
        assertThrows(UnsupportedOperationException.class, () -> detections.all().clear());
    }

    @Test
    void theBestAndTheSurerAreOfTheSamePicture() {
        Detections detections = new Detections(100, 80, List.of(of("cat", 0.5), of("dog", 0.9), of("hen", 0.7)));

        assertEquals("dog hen", labels(detections.best(2)));
        assertEquals("dog hen cat", labels(detections.best(9)));
        assertEquals("dog", labels(detections.above(0.7)));
        assertEquals(0, detections.above(0.9).size());
        assertEquals(100, detections.above(0.9).width());
        assertEquals(80, detections.best(1).height());
    }

    @Test
    void resultsReadWell() {
        assertEquals("30x40 at 10, 21", BOX.toString());
        assertEquals("dog 90.0% 30x40 at 10, 21", of("dog", 0.9).toString());
        assertEquals(List.of("dog 90.0% 30x40 at 10, 21", "cat 12.3% 30x40 at 10, 21"),
                new Detections(100, 80, List.of(of("cat", 0.1234), of("dog", 0.9))).toString().lines().toList());
    }

    @Test
    void aBoxKnowsItsEdgesAndArea() {
        assertEquals(40.4, BOX.right());
        assertEquals(60.6, BOX.bottom());
        assertEquals(1200, BOX.area());
    }

    @Test
    void nonsenseNeverPasses() {
        assertEquals("There is no box at 1.0, 2.0 of -3.0 x 4.0: its numbers must be finite and its sizes at least 0.",
                refusal(() -> new Box(1, 2, -3, 4)));
        refusal(() -> new Box(Double.NaN, 2, 3, 4));
        refusal(() -> new Box(1, 2, 3, Double.POSITIVE_INFINITY));
        assertEquals("The score of a cat is 1.5, expected 0 to 1.", refusal(() -> of("cat", 1.5)));
        refusal(() -> of("cat", Double.NaN));
        assertEquals("There is no picture of 0x5 pixels to find anything in.",
                refusal(() -> new Detections(0, 5, List.of())));
        assertEquals("The best 0 detections were asked for, expected at least 1.",
                refusal(() -> new Detections(1, 1, List.of()).best(0)));
    }

    private static String refusal(org.junit.jupiter.api.function.Executable action) {
        return assertThrows(HarDNetException.class, action).getMessage();
    }
}
