package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreQueueTest {
    @Test
    void theHighestComesFirstAndOfEqualsTheLowestNumber() {
        ScoreQueue queue = new ScoreQueue();
        float[] scores = {0.5f, -2, 3, 0.5f, -Float.MAX_VALUE, Float.MAX_VALUE, -0.25f, 0.5f};
        for (int i = scores.length - 1; i >= 0; i--) {
            queue.add(scores[i], i);
        }

        List<Integer> numbers = new ArrayList<>();
        while (!queue.isEmpty()) {
            long polled = queue.poll();
            assertEquals(scores[ScoreQueue.number(polled)], ScoreQueue.score(polled));
            numbers.add(ScoreQueue.number(polled));
        }

        assertEquals(List.of(5, 2, 0, 3, 7, 6, 1, 4), numbers);
    }

    @Test
    void manyComeOutInOrder() {
        Random random = new Random(1);
        float[] scores = new float[5000];
        ScoreQueue queue = new ScoreQueue();
        for (int i = 0; i < scores.length; i++) {
            scores[i] = random.nextInt(1000) / 100f - 5;
            queue.add(scores[i], i);
        }
        List<Integer> expected = IntStream.range(0, scores.length).boxed()
                .sorted(Comparator.comparing((Integer i) -> -scores[i]).thenComparing(i -> i)).toList();

        for (int number : expected) {
            assertFalse(queue.isEmpty());
            assertEquals(number, ScoreQueue.number(queue.poll()));
        }

        assertTrue(queue.isEmpty());
    }
}
