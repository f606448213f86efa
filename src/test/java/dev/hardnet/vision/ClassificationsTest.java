package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.HarDNetException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassificationsTest {
    private static final Labels PETS = Labels.of(List.of("cat", "dog", "cow", "hen", "pig", "fox"));

    private static float log(double probability) {
        return (float) Math.log(probability);
    }

    @Test
    void probabilitiesAreTheSoftmaxOfTheLogits() {
        Classifications result = Classifications.of(new float[] {0f, 1f, 2f}, Labels.numbered(3));
        double sum = 1 + Math.E + Math.E * Math.E;

        assertEquals(1 / sum, result.probability(0), 1e-15);
        assertEquals(Math.E / sum, result.probability(1), 1e-15);
        assertEquals(Math.E * Math.E / sum, result.probability("class 2"), 1e-15);
    }

    @Test
    void largeLogitsDoNotOverflow() {
        Classifications result = Classifications.of(new float[] {3e38f, -3e38f}, Labels.numbered(2));

        assertEquals(1.0, result.probability(0));
        assertEquals(0.0, result.probability(1));
    }

    @Test
    void theLikeliestComeFirstAndOfEqualsTheLowerIndex() {
        Classifications result = Classifications.of(new float[] {1f, 3f, 2f, 3f, 0f, 1f}, PETS);

        assertEquals("dog", result.best().label());
        assertEquals(1, result.best().index());
        assertEquals(List.of(1, 3, 2, 0), result.best(4).stream().map(Classification::index).toList());
        assertEquals(6, result.best(100).size());
        assertEquals("cat dog cow hen pig fox",
                result.all().stream().map(Classification::label).collect(Collectors.joining(" ")));
        assertThrows(UnsupportedOperationException.class, () -> result.best(2).clear());
    }

    @Test
    void resultsReadWell() {
        Classifications result = Classifications.of(
                new float[] {log(0.5), log(0.25), log(0.12), log(0.07), log(0.04), log(0.02)}, PETS);

        assertEquals("cat 50.0%", result.best().toString());
        assertEquals("[cat 50.0%, dog 25.0%]", result.best(2).toString());
        assertEquals(List.of("cat 50.0%", "dog 25.0%", "cow 12.0%", "hen 7.0%", "pig 4.0%"),
                result.toString().lines().toList());
    }

    @Test
    void aRowOfABatchIsOnePicture() {
        float[] batch = {9f, 0f, 0f, 0f, 9f, 0f};

        assertEquals(0, Classifications.of(batch, 0, Labels.numbered(3)).best().index());
        assertEquals(1, Classifications.of(batch, 1, Labels.numbered(3)).best().index());
        assertEquals("There is no row 2 of 3 classes in a batch of 6 logits.", assertThrows(HarDNetException.class,
                () -> Classifications.of(batch, 2, Labels.numbered(3))).getMessage());
    }

    @Test
    void classesThatShareALabelAddUp() {
        Classifications result = Classifications.of(new float[3], Labels.of(List.of("crane", "heron", "crane")));

        assertEquals(2.0 / 3, result.probability("crane"), 1e-15);
    }

    @Test
    void whatDoesNotExistIsRefused() {
        Classifications result = Classifications.of(new float[6], PETS);

        assertEquals("None of the 6 classes is labelled 'unicorn'.",
                assertThrows(HarDNetException.class, () -> result.probability("unicorn")).getMessage());
        assertEquals("There is no class 6, expected 0 to 5.",
                assertThrows(HarDNetException.class, () -> result.probability(6)).getMessage());
        assertEquals("The best 0 classes were asked for, expected at least 1.",
                assertThrows(HarDNetException.class, () -> result.best(0)).getMessage());
        assertEquals("Expected 5 labels, found 6 in the list given.",
                assertThrows(HarDNetException.class, () -> Classifications.of(new float[5], PETS)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void nonsenseNeverPasses(float logit) {
        assertEquals("Logit 1 is %s, but a finite number is expected.".formatted(logit),
                assertThrows(HarDNetException.class,
                        () -> Classifications.of(new float[] {0f, logit}, Labels.numbered(2))).getMessage());
    }
}
