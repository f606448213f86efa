package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import dev.hardnet.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the outputs of a CenterNet: {@code hm}, N x classes x H x W, how much each position looks like the centre of a
 * thing, before the sigmoid; and {@code wh}, N x 4 x H x W, the thing's width and height and how far its centre lies
 * right of and below the position, in units of a position. Positions are 4 pixels of the input apart. A centre is a
 * position whose score none of its eight neighbours exceeds, so boxes need no suppression.
 *
 * <p>Scores and boxes are computed in float32, as the authors' code does: neighbours whose scores differ by less are
 * equal to it.
 *
 * @param above only boxes with higher scores than this, 0..1; 0.3 is what the authors' demo shows
 * @param limit at most this many boxes of a picture, at least 1; 100 in the published figures
 */
public record CenterNetDecoder(double above, int limit) implements DetectionDecoder {
    private static final int STRIDE = 4;

    /**
     * Checks the settings.
     *
     * @throws HarDNetException when one is out of range
     */
    public CenterNetDecoder {
        DecoderInputs.checkSettings(above, limit);
    }

    @Override
    public List<DecodedBox> decode(Map<String, Tensor> outputs, int picture) {
        Tensor heat = DecoderInputs.require(outputs, "hm", 4, picture);
        Tensor sizes = DecoderInputs.require(outputs, "wh", 4, picture);
        if (!sizes.hasShape(heat.size(0), 4, heat.size(2), heat.size(3))) {
            throw new HarDNetException("Output wh is a %s beside hm, a %s; expected 4 channels and otherwise the same "
                    .formatted(sizes, heat) + "sizes.");
        }
        ScoreQueue peaks = peaks(heat, picture);
        List<DecodedBox> boxes = new ArrayList<>();
        while (!peaks.isEmpty() && boxes.size() < limit) {
            boxes.add(box(peaks.poll(), sizes, picture));
        }
        return boxes;
    }

    /**
     * The logits of centres with scores above the limit, numbered class by class and row by row. Ordered by the logit,
     * the surer of two comes first even where their scores are equal in float32.
     */
    private ScoreQueue peaks(Tensor heat, int picture) {
        float[] logits = heat.data();
        int width = heat.size(3);
        int plane = heat.size(2) * width;
        int start = picture * heat.size(1) * plane;
        // A little below the limit, as the limit itself is one of float32 scores.
        float lowest = (float) (Math.log(above / (1 - above)) - 1e-3);
        ScoreQueue peaks = new ScoreQueue();
        for (int number = 0; number < heat.size(1) * plane; number++) {
            float logit = logits[start + number];
            if (logit <= lowest) {
                continue;
            }
            DecoderInputs.requireFinite(logit, "hm", start + number);
            if (sigmoid(logit) > above && isPeak(logits, start + number, number % plane, width, plane)) {
                peaks.add(logit, number);
            }
        }
        return peaks;
    }

    private static boolean isPeak(float[] logits, int at, int position, int width, int plane) {
        int x = position % width;
        int fromX = x == 0 ? 0 : -1;
        int toX = x == width - 1 ? 0 : 1;
        int fromRow = position < width ? 0 : -width;
        int toRow = position >= plane - width ? 0 : width;
        for (int row = fromRow; row <= toRow; row += width) {
            for (int dx = fromX; dx <= toX; dx++) {
                float neighbour = logits[at + row + dx];
                if (neighbour > logits[at] && sigmoid(neighbour) > sigmoid(logits[at])) {
                    return false;
                }
            }
        }
        return true;
    }

    private static DecodedBox box(long peak, Tensor sizes, int picture) {
        int width = sizes.size(3);
        int plane = sizes.size(2) * width;
        int position = ScoreQueue.number(peak) % plane;
        float[] values = new float[4];
        for (int i = 0; i < values.length; i++) {
            int at = (picture * values.length + i) * plane + position;
            values[i] = DecoderInputs.requireFinite(sizes.data()[at], "wh", at);
        }
        float x = position % width + values[2];
        float y = position / width + values[3];
        float halfWidth = values[0] / 2;
        float halfHeight = values[1] / 2;
        return new DecodedBox(STRIDE * (double) (x - halfWidth), STRIDE * (double) (y - halfHeight),
                STRIDE * (double) (x + halfWidth), STRIDE * (double) (y + halfHeight),
                sigmoid(ScoreQueue.score(peak)), ScoreQueue.number(peak) / plane);
    }

    private static float sigmoid(float logit) {
        return 1 / (1 + (float) Math.exp(-logit));
    }
}
