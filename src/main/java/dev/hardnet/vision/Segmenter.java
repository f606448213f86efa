package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import dev.hardnet.Model;
import dev.hardnet.Session;
import dev.hardnet.SessionOptions;
import dev.hardnet.Task;
import dev.hardnet.Tensor;
import dev.hardnet.graph.ElementType;
import dev.hardnet.graph.Shape;
import dev.hardnet.vision.PixelScaling.Order;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tells the class of each pixel of pictures: a session of a segmentation network with its preprocessing and labels.
 * Safe to share between threads; the network's runs take turns.
 *
 * <p>The network sees each picture at the session's size, resized bilinearly without keeping its shape, and the map has
 * that size, too; {@link SegmentationMap#resize} brings it to the picture's. Any size will do, and cost grows with its
 * pixels. The default is the model's own, 1024x2048 rows and columns for street scenes of that shape: for a photo of
 * 640x480, {@code SessionOptions.builder().size(480, 640)} keeps its shape and takes a seventh of the time.
 */
public final class Segmenter implements AutoCloseable {
    /** In the order of the network's planes: blue, green, red. */
    private static final float[] MEAN = {0.406f, 0.456f, 0.485f};
    private static final float[] STD = {0.225f, 0.224f, 0.229f};
    private static final PixelScaling SCALING = new PixelScaling(Order.BGR, 255, MEAN, STD);

    private final Session session;
    private final Labels labels;

    private Segmenter(Session session, Labels labels) {
        this.session = session;
        this.labels = labels;
    }

    /**
     * Opens a segmenter with the default options and the model's own labels.
     *
     * @param model a model of a segmentation network
     * @return the segmenter
     * @throws HarDNetException as {@link #open(Model, SessionOptions, Labels)}
     */
    public static Segmenter open(Model model) {
        return open(model, SessionOptions.defaults());
    }

    /**
     * Opens a segmenter with the model's own labels: those of its metadata, Cityscapes' for 19 classes, else numbers.
     *
     * @param model   a model of a segmentation network
     * @param options device, threads, batch, input size
     * @return the segmenter
     * @throws HarDNetException as {@link #open(Model, SessionOptions, Labels)}
     */
    public static Segmenter open(Model model, SessionOptions options) {
        return open(model, options, labels(model));
    }

    /**
     * Opens a segmenter. Its session gives classes, whatever the options say: the network's scores, four bytes for each
     * class of each pixel, are never stored.
     *
     * @param model   a model of a segmentation network
     * @param options device, threads, batch, input size
     * @param labels  one for each class
     * @return the segmenter
     * @throws HarDNetException when the network is for another task, the labels are not as many as the classes, there
     *                          are more than 256 classes, or the session cannot be opened
     */
    public static Segmenter open(Model model, SessionOptions options, Labels labels) {
        return opened(model, options.argMax(true), labels);
    }

    /**
     * Opens a segmenter whose maps also have scores, with the model's own labels: those of its metadata, Cityscapes'
     * for 19 classes, else numbers.
     *
     * @param model   a model of a segmentation network
     * @param options device, threads, batch, input size
     * @return the segmenter
     * @throws HarDNetException as {@link #open(Model, SessionOptions, Labels)}
     */
    public static Segmenter openWithScores(Model model, SessionOptions options) {
        return openWithScores(model, options, labels(model));
    }

    /**
     * Opens a segmenter whose maps also have scores. They take four bytes for each class of each pixel, at 1024x2048
     * and 19 classes 152 MiB for each picture, in the session and again in the map.
     *
     * @param model   a model of a segmentation network
     * @param options device, threads, batch, input size
     * @param labels  one for each class
     * @return the segmenter
     * @throws HarDNetException as {@link #open(Model, SessionOptions, Labels)}
     */
    public static Segmenter openWithScores(Model model, SessionOptions options, Labels labels) {
        return opened(model, options.argMax(false), labels);
    }

    private static Labels labels(Model model) {
        return Labels.of(model, model.classes(), Labels.cityscapes());
    }

    private static Segmenter opened(Model model, SessionOptions options, Labels labels) {
        if (model.network().task() != Task.SEGMENTATION) {
            throw new HarDNetException("%s does not segment; expected a segmentation network."
                    .formatted(model.network()));
        }
        if (model.classes() > SegmentationMap.MAX_CLASSES) {
            throw new HarDNetException("%s has %d classes; a map of pixels tells up to %d apart."
                    .formatted(model, model.classes(), SegmentationMap.MAX_CLASSES));
        }
        labels.require(model.classes());
        return new Segmenter(Session.open(model, options), labels);
    }

    /**
     * Segments a picture.
     *
     * @param picture any size and type, upright
     * @return the class of each pixel of the session's size, H x W
     * @throws HarDNetException      when a score is not a number, with scores
     * @throws IllegalStateException when the segmenter is closed
     */
    public SegmentationMap segment(BufferedImage picture) {
        return segment(List.of(picture)).getFirst();
    }

    /**
     * Segments pictures, as many at a time as the session's batch.
     *
     * @param pictures any sizes and types, upright
     * @return the class of each pixel of the session's size, H x W, for each picture
     * @throws HarDNetException      when a score is not a number, with scores
     * @throws IllegalStateException when the segmenter is closed
     */
    public List<SegmentationMap> segment(List<BufferedImage> pictures) {
        return Batches.run(session, pictures, this::segmentBatch);
    }

    private List<SegmentationMap> segmentBatch(List<BufferedImage> pictures) {
        Shape shape = session.inputShape();
        Tensor tensor = Batches.input(session);
        for (int i = 0; i < pictures.size(); i++) {
            RgbImage resized = BilinearResize.resize(RgbImage.of(pictures.get(i)), shape.w(), shape.h());
            SCALING.write(resized, tensor.data(), i);
        }
        Tensor output = session.run(tensor).get(session.outputNames().getFirst());
        List<SegmentationMap> results = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            results.add(map(output, i, shape));
        }
        return results;
    }

    /** One picture of the batch's classes N x H x W, or logits N x classes x H x W. */
    private SegmentationMap map(Tensor output, int position, Shape shape) {
        int pixels = shape.h() * shape.w();
        if (output.type() == ElementType.UINT8) {
            return SegmentationMap.sharing(shape.w(), shape.h(),
                    Arrays.copyOfRange(output.bytes(), position * pixels, (position + 1) * pixels), labels);
        }
        int scores = pixels * labels.size();
        return SegmentationMap.sharing(shape.w(), shape.h(),
                Arrays.copyOfRange(output.data(), position * scores, (position + 1) * scores), labels);
    }

    /**
     * The names of the classes.
     *
     * @return the labels
     */
    public Labels labels() {
        return labels;
    }

    /**
     * What runs the network.
     *
     * @return the session; closed with the segmenter
     */
    public Session session() {
        return session;
    }

    /** Closes the session, after the run in flight; the model stays open. Closing twice does nothing. */
    @Override
    public void close() {
        session.close();
    }
}
