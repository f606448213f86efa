package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import dev.hardnet.Model;

/**
 * What a classification model sees of a picture: by default as ImageNet models are evaluated, the centre of a slightly
 * larger picture. A model whose metadata names its training size was trained on whole pictures of that size, so one
 * that is no larger is shown whole.
 */
final class ClassifierInput {
    private final Preprocessing photo;
    private final Preprocessing thumbnail;
    private final int thumbnailSize;

    private ClassifierInput(Preprocessing photo, Preprocessing thumbnail, int thumbnailSize) {
        this.photo = photo;
        this.thumbnail = thumbnail;
        this.thumbnailSize = thumbnailSize;
    }

    static ClassifierInput of(Model model, int size) {
        Preprocessing usual = Preprocessing.imageNet(size);
        float[] mean = channels(model, "mean", usual.mean());
        float[] std = channels(model, "std", usual.std());
        Preprocessing photo = Preprocessing.of(usual.resize(), size, mean, std);
        return new ClassifierInput(photo, Preprocessing.of(size, size, mean, std),
                model.metadata().containsKey("input_size") ? size : 0);
    }

    private static float[] channels(Model model, String key, float[] otherwise) {
        String text = model.metadata().get(key);
        if (text == null) {
            return otherwise;
        }
        try {
            String[] words = text.split(",");
            float[] values = new float[words.length];
            for (int i = 0; i < words.length; i++) {
                values[i] = Float.parseFloat(words[i]);
            }
            return values;
        } catch (NumberFormatException notANumber) {
            throw new HarDNetException("The metadata of %s gives %s '%s'; expected three numbers such as 0.485,0.456,0.406."
                    .formatted(model.origin(), key, text), notANumber);
        }
    }

    /** Writes the picture into its place of a batch N x 3 x size x size. */
    void write(RgbImage picture, float[] batch, int position) {
        boolean small = Math.max(picture.width(), picture.height()) <= thumbnailSize;
        (small ? thumbnail : photo).apply(picture, batch, position);
    }
}
