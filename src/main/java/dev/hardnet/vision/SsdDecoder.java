package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import dev.hardnet.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Reads the outputs of an SSD network: {@code loc}, N x priors x 4, how far each box lies from its prior box; and
 * {@code conf}, N x priors x classes, before the softmax, class 0 being the background. Of boxes of one class that
 * overlap by more than 0.45 (the area of both as a share of the area of either) only the surest is kept.
 *
 * <p>The classes of the boxes start behind the background: class 1 of the output is class 0 of a box.
 *
 * @param priors the boxes that the outputs are relative to
 * @param above  only boxes with higher scores than this, 0..1; 0.5 is what the authors' demo shows, 0.01 what they
 *               evaluate
 * @param limit  at most this many boxes of a picture, at least 1; 200 in the published figures for COCO
 */
public record SsdDecoder(PriorBoxes priors, double above, int limit) implements DetectionDecoder {
    private static final double LARGEST_OVERLAP = 0.45;
    private static final float CENTER_VARIANCE = 0.1f;
    private static final float SIZE_VARIANCE = 0.2f;

    /**
     * Checks the settings.
     *
     * @throws HarDNetException when one is out of range
     */
    public SsdDecoder {
        DecoderInputs.checkSettings(above, limit);
    }

    @Override
    public List<DecodedBox> decode(Map<String, Tensor> outputs, int picture) {
        Tensor loc = DecoderInputs.require(outputs, "loc", 3, picture);
        Tensor conf = DecoderInputs.require(outputs, "conf", 3, picture);
        if (loc.size(0) != conf.size(0) || loc.size(1) != priors.size() || conf.size(1) != priors.size()
                || loc.size(2) != PriorBoxes.VALUES || conf.size(2) < 2) {
            throw new HarDNetException("Output loc is a %s and conf a %s; expected 4 numbers and the background and at "
                    .formatted(loc, conf) + "least one class for each of %s.".formatted(priors));
        }
        ScoreQueue candidates = candidates(conf, picture);
        KeptBoxes boxes = new KeptBoxes(LARGEST_OVERLAP);
        while (!candidates.isEmpty() && boxes.kept().size() < limit) {
            long candidate = candidates.poll();
            int prior = ScoreQueue.number(candidate) % priors.size();
            boxes.offer(edges(loc, picture, prior), ScoreQueue.score(candidate),
                    ScoreQueue.number(candidate) / priors.size());
        }
        return boxes.kept().stream().map(this::decoded).toList();
    }

    /** Pairs of box and class with scores above the limit, numbered class by class and prior by prior. */
    private ScoreQueue candidates(Tensor conf, int picture) {
        int classes = conf.size(2);
        float[] logits = conf.data();
        // No score can exceed the limit where the class is not that much likelier than the background; a little less,
        // as the limit itself is one of float32 scores. Most boxes end here, without a single exponential.
        float smallestLead = (float) (Math.log(above / (1 - above)) - 1e-3);
        PriorScores softmax = new PriorScores(classes);
        ScoreQueue candidates = new ScoreQueue();
        for (int prior = 0; prior < priors.size(); prior++) {
            int start = (picture * priors.size() + prior) * classes;
            if (lead(logits, start, classes) <= smallestLead) {
                continue;
            }
            float[] scores = softmax.of(logits, start);
            for (int i = 1; i < classes; i++) {
                if (scores[i] > above) {
                    candidates.add(scores[i], (i - 1) * priors.size() + prior);
                }
            }
        }
        return candidates;
    }

    /** How far the likeliest class is ahead of the background; not a number when a logit is none. */
    private static float lead(float[] logits, int start, int classes) {
        float likeliest = logits[start + 1];
        for (int i = 2; i < classes; i++) {
            likeliest = Math.max(likeliest, logits[start + i]);
        }
        return likeliest - logits[start];
    }

    /** Where a box lies, in shares of the input. */
    KeptBoxes.Edges edges(Tensor loc, int picture, int prior) {
        float width = size(loc, picture, prior, 2);
        float height = size(loc, picture, prior, 3);
        float left = center(loc, picture, prior, 0) - width / 2;
        float top = center(loc, picture, prior, 1) - height / 2;
        return new KeptBoxes.Edges(left, top, width + left, height + top);
    }

    private float center(Tensor loc, int picture, int prior, int index) {
        return priors.value(prior, index)
                + offset(loc, picture, prior, index) * CENTER_VARIANCE * priors.value(prior, index + 2);
    }

    /** Not infinite even where an untrained network's offset is huge, so that the edges remain numbers. */
    private float size(Tensor loc, int picture, int prior, int index) {
        float factor = (float) Math.exp(offset(loc, picture, prior, index) * SIZE_VARIANCE);
        return Math.min(Float.MAX_VALUE, priors.value(prior, index) * factor);
    }

    private float offset(Tensor loc, int picture, int prior, int index) {
        int at = (picture * priors.size() + prior) * PriorBoxes.VALUES + index;
        return DecoderInputs.requireFinite(loc.data()[at], "loc", at);
    }

    private DecodedBox decoded(KeptBoxes.Kept box) {
        double side = priors.inputSize();
        return new DecodedBox(side * box.edges().left(), side * box.edges().top(), side * box.edges().right(),
                side * box.edges().bottom(), box.score(), box.classIndex());
    }
}
