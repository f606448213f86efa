package dev.hardnet.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelLayoutTest {
    private static final Rectangle PICTURE = new Rectangle(0, 0, 400, 300);

    private final LabelLayout layout = new LabelLayout(PICTURE.width, PICTURE.height, List.of());

    private Rectangle place(int x, int y, int width, int height) {
        return layout.place(new Rectangle(x, y, width, height), 80, 20);
    }

    @Test
    void aLabelStandsOnItsFrame() {
        assertEquals(new Rectangle(100, 80, 80, 20), place(100, 100, 150, 100));
    }

    @Test
    void atTheUpperEdgeItMovesInside() {
        assertEquals(new Rectangle(100, 10, 80, 20), place(100, 10, 150, 100));
    }

    @Test
    void atTheRightEdgeItMovesLeft() {
        assertEquals(new Rectangle(320, 80, 80, 20), place(390, 100, 10, 100));
    }

    @Test
    void labelsOfTheSameFrameTakeInsideBelowAndTheRight() {
        List<Rectangle> places = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            places.add(place(100, 100, 200, 100));
        }

        assertEquals(List.of(new Rectangle(100, 80, 80, 20), new Rectangle(100, 100, 80, 20),
                new Rectangle(100, 200, 80, 20), new Rectangle(220, 80, 80, 20), new Rectangle(220, 100, 80, 20),
                new Rectangle(220, 200, 80, 20), new Rectangle(100, 180, 80, 20), new Rectangle(220, 180, 80, 20)),
                places);
    }

    @Test
    void aLabelLeavesOtherFramesInSight() {
        Rectangle frame = new Rectangle(100, 100, 90, 100);
        LabelLayout neighbours = new LabelLayout(PICTURE.width, PICTURE.height,
                List.of(frame, new Rectangle(120, 60, 50, 35)));

        assertEquals(new Rectangle(100, 100, 80, 20), neighbours.place(frame, 80, 20));
    }

    @Test
    void whereTheCornersAreTakenItIsShiftedWithinTheFrame() {
        for (int i = 0; i < 8; i++) {
            place(100, 100, 200, 100);
        }

        // Below the label inside the upper left corner.
        assertEquals(new Rectangle(100, 120, 40, 20), layout.place(new Rectangle(100, 100, 200, 100), 40, 20));
    }

    @Test
    void withoutRoomAtTheFrameItTakesTheNearestFreePlace() {
        LabelLayout row = new LabelLayout(400, 20, List.of());
        for (int i = 0; i < 3; i++) {
            row.place(new Rectangle(100, 0, 80, 20), 80, 20);
        }

        assertEquals(new Rectangle(260, 0, 80, 20), row.place(new Rectangle(100, 0, 80, 20), 80, 20));
    }

    /** Labels that would fill two thirds of the picture, of frames that all lie at one place. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void labelsDoNotCoverEachOtherNorLeaveThePictureWhileThereIsRoom(long seed) {
        Random random = new Random(seed);
        List<Rectangle> places = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Rectangle frame = new Rectangle(random.nextInt(390), random.nextInt(290), 10 + random.nextInt(100),
                    10 + random.nextInt(100));
            Rectangle label = layout.place(frame.intersection(PICTURE), 30 + random.nextInt(50), 20);
            boolean room = hasRoom(label, places);
            assertTrue(PICTURE.contains(label), () -> label + " leaves the picture");
            assertEquals(!room, places.stream().anyMatch(label::intersects), () -> label + " after " + places);
            places.add(label);
        }
    }

    /** Tries every pixel. */
    private static boolean hasRoom(Rectangle label, List<Rectangle> places) {
        for (int x = 0; x <= PICTURE.width - label.width; x++) {
            for (int y = 0; y <= PICTURE.height - label.height; y++) {
                Rectangle place = new Rectangle(x, y, label.width, label.height);
                if (places.stream().noneMatch(place::intersects)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void withoutAnyRoomALabelCoversAsLittleAsPossibleOfOthers() {
        LabelLayout small = new LabelLayout(100, 30, List.of());
        small.place(new Rectangle(0, 5, 30, 20), 60, 20);

        Rectangle second = small.place(new Rectangle(50, 5, 50, 20), 60, 20);

        assertTrue(new Rectangle(0, 0, 100, 30).contains(second));
        assertEquals(40, second.x);
    }

    @Test
    void aLabelLargerThanThePictureStartsAtItsCorner() {
        Rectangle label = new LabelLayout(50, 10, List.of()).place(new Rectangle(20, 2, 10, 5), 80, 20);

        assertEquals(new Rectangle(0, 0, 80, 20), label);
        assertFalse(new Rectangle(0, 0, 50, 10).contains(label));
    }
}
