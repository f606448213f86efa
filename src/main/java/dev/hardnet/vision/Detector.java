package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import dev.hardnet.Model;
import dev.hardnet.Session;
import dev.hardnet.SessionOptions;
import dev.hardnet.Task;
import dev.hardnet.Tensor;
import dev.hardnet.graph.Shape;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tells what is where in pictures: a session of a detection network with its preprocessing, decoder and labels. Safe to
 * share between threads; the network's runs take turns.
 */
public final class Detector implements AutoCloseable {
    private final Session session;
    private final DetectorInput input;
    private final DetectionDecoder decoder;
    private final Labels labels;

    private Detector(Session session, DetectorInput input, DetectionDecoder decoder, Labels labels) {
        this.session = session;
        this.input = input;
        this.decoder = decoder;
        this.labels = labels;
    }

    /**
     * Opens a detector with the default options and the model's own labels.
     *
     * @param model a model of a detection network
     * @return the detector
     * @throws HarDNetException as {@link #open(Model, SessionOptions, DetectorOptions, Labels)}
     */
    public static Detector open(Model model) {
        return open(model, SessionOptions.defaults());
    }

    /**
     * Opens a detector with the model's own labels: those of its metadata, COCO's for 80 classes, else numbers.
     *
     * @param model   a model of a detection network
     * @param options device, threads, batch, input size
     * @return the detector
     * @throws HarDNetException as {@link #open(Model, SessionOptions, DetectorOptions, Labels)}
     */
    public static Detector open(Model model, SessionOptions options) {
        return open(model, options, DetectorOptions.defaults());
    }

    /**
     * Opens a detector with the model's own labels: those of its metadata, COCO's for 80 classes, else numbers.
     *
     * @param model   a model of a detection network
     * @param options device, threads, batch, input size
     * @param shown   what is shown
     * @return the detector
     * @throws HarDNetException as {@link #open(Model, SessionOptions, DetectorOptions, Labels)}
     */
    public static Detector open(Model model, SessionOptions options, DetectorOptions shown) {
        return opened(model, options, shown, null);
    }

    /**
     * Opens a detector that shows what suits the network.
     *
     * @param model   a model of a detection network
     * @param options device, threads, batch, input size
     * @param labels  one for each class, without the background
     * @return the detector
     * @throws HarDNetException as {@link #open(Model, SessionOptions, DetectorOptions, Labels)}
     */
    public static Detector open(Model model, SessionOptions options, Labels labels) {
        return open(model, options, DetectorOptions.defaults(), labels);
    }

    /**
     * Opens a detector.
     *
     * @param model   a model of a detection network
     * @param options device, threads, batch, input size: 300x300 or 512x512 for SSD
     * @param shown   what is shown
     * @param labels  one for each class, without the background
     * @return the detector
     * @throws HarDNetException when the network is for another task, the labels are not as many as the classes, the
     *                          input size does not suit the network, or the session cannot be opened
     */
    public static Detector open(Model model, SessionOptions options, DetectorOptions shown, Labels labels) {
        return opened(model, options, shown, labels);
    }

    /** Without labels, the model's own. */
    private static Detector opened(Model model, SessionOptions options, DetectorOptions shown, Labels labels) {
        if (model.network().task() != Task.DETECTION) {
            throw new HarDNetException("%s does not detect; expected a detection network.".formatted(model.network()));
        }
        Session session = Session.open(model, options);
        try {
            Shape shape = session.inputShape();
            DetectionHead head = DetectionHead.of(session.outputNames());
            int classes = head.labelledClasses(model.classes());
            Labels names = labels == null ? Labels.of(model, classes, Labels.coco()) : labels.require(classes);
            return new Detector(session, head.input(shape, shown.fit()),
                    head.decoder(shape, shown.above().orElse(head.above()), shown.limit()), names);
        } catch (RuntimeException refusal) {
            session.close();
            throw refusal;
        }
    }

    /**
     * Finds what is in a picture.
     *
     * @param picture any size and type, upright
     * @return what was found
     * @throws IllegalStateException when the detector is closed
     */
    public Detections detect(BufferedImage picture) {
        return detect(List.of(picture)).getFirst();
    }

    /**
     * Finds what is in pictures, as many at a time as the session's batch.
     *
     * @param pictures any sizes and types, upright
     * @return what was found, for each picture
     * @throws IllegalStateException when the detector is closed
     */
    public List<Detections> detect(List<BufferedImage> pictures) {
        return Batches.run(session, pictures, this::detectBatch);
    }

    private List<Detections> detectBatch(List<BufferedImage> pictures) {
        Tensor tensor = Batches.input(session);
        for (int i = 0; i < pictures.size(); i++) {
            input.apply(RgbImage.of(pictures.get(i)), tensor.data(), i);
        }
        Map<String, Tensor> outputs = session.run(tensor);
        List<Detections> results = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            BufferedImage picture = pictures.get(i);
            results.add(detections(decoder.decode(outputs, i), picture.getWidth(), picture.getHeight()));
        }
        return results;
    }

    private Detections detections(List<DecodedBox> boxes, int width, int height) {
        Placement placement = input.placement(width, height);
        List<Detection> found = new ArrayList<>();
        for (DecodedBox decoded : boxes) {
            Box box = placement.toPicture(decoded);
            if (box.area() > 0) {
                found.add(new Detection(labels.get(decoded.classIndex()), decoded.classIndex(), decoded.score(), box));
            }
        }
        return new Detections(width, height, found);
    }

    /**
     * The names of the classes.
     *
     * @return the labels, without the background
     */
    public Labels labels() {
        return labels;
    }

    /**
     * What runs the network.
     *
     * @return the session; closed with the detector
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
