package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import dev.hardnet.Model;
import dev.hardnet.Session;
import dev.hardnet.SessionOptions;
import dev.hardnet.Task;
import dev.hardnet.Tensor;
import dev.hardnet.graph.Shape;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells what is in pictures: a session of a classification network with its preprocessing and labels. Safe to share
 * between threads; the network's runs take turns.
 */
public final class Classifier implements AutoCloseable {
    private final Session session;
    private final ClassifierInput input;
    private final Labels labels;

    private Classifier(Session session, ClassifierInput input, Labels labels) {
        this.session = session;
        this.input = input;
        this.labels = labels;
    }

    /**
     * Opens a classifier with the default options and the model's own labels.
     *
     * @param model a model of a classification network
     * @return the classifier
     * @throws HarDNetException as {@link #open(Model, SessionOptions, Labels)}
     */
    public static Classifier open(Model model) {
        return open(model, SessionOptions.defaults());
    }

    /**
     * Opens a classifier with the model's own labels: those of its metadata, ImageNet's for 1,000 classes, else
     * numbers.
     *
     * @param model   a model of a classification network
     * @param options device, threads, batch; height and width must be equal
     * @return the classifier
     * @throws HarDNetException as {@link #open(Model, SessionOptions, Labels)}
     */
    public static Classifier open(Model model, SessionOptions options) {
        return open(model, options, Labels.of(model, model.classes(), Labels.imageNet()));
    }

    /**
     * Opens a classifier.
     *
     * @param model   a model of a classification network
     * @param options device, threads, batch; height and width must be equal
     * @param labels  one for each class
     * @return the classifier
     * @throws HarDNetException when the network is for another task, the labels are not as many as the classes, the
     *                          input is not square, or the session cannot be opened
     */
    public static Classifier open(Model model, SessionOptions options, Labels labels) {
        if (model.network().task() != Task.CLASSIFICATION) {
            throw new HarDNetException("%s does not classify; expected a classification network."
                    .formatted(model.network()));
        }
        if (options.height() != options.width()) {
            throw new HarDNetException("A classifier sees a square; the session options say %dx%d."
                    .formatted(options.height(), options.width()));
        }
        labels.require(model.classes());
        int size = options.height() == 0 ? model.inputSize().height() : options.height();
        ClassifierInput input = ClassifierInput.of(model, size);
        return new Classifier(Session.open(model, options), input, labels);
    }

    /**
     * Classifies a picture.
     *
     * @param picture any size and type, upright
     * @return the probabilities of all classes
     * @throws IllegalStateException when the classifier is closed
     */
    public Classifications classify(BufferedImage picture) {
        return classify(List.of(picture)).getFirst();
    }

    /**
     * Classifies pictures, as many at a time as the session's batch.
     *
     * @param pictures any sizes and types, upright
     * @return the probabilities of all classes, for each picture
     * @throws IllegalStateException when the classifier is closed
     */
    public List<Classifications> classify(List<BufferedImage> pictures) {
        return Batches.run(session, pictures, this::classifyBatch);
    }

    private List<Classifications> classifyBatch(List<BufferedImage> pictures) {
        Tensor batch = Batches.input(session);
        for (int i = 0; i < pictures.size(); i++) {
            input.write(RgbImage.of(pictures.get(i)), batch.data(), i);
        }
        return run(batch, pictures.size());
    }

    /**
     * What the network sees of a picture: the part of {@link #classify(BufferedImage)} that needs no turn, so that
     * several threads can do it while the network runs.
     *
     * @param picture any size and type, upright
     * @return a new tensor, 1 x 3 x H x W
     */
    public Tensor prepare(BufferedImage picture) {
        Shape shape = session.inputShape();
        Tensor tensor = Tensor.zeros(1, shape.c(), shape.h(), shape.w());
        input.write(RgbImage.of(picture), tensor.data(), 0);
        return tensor;
    }

    /**
     * Classifies what {@link #prepare} made of pictures, as many at a time as the session's batch.
     *
     * @param pictures tensors of 1 x 3 x H x W
     * @return the probabilities of all classes, for each picture
     * @throws HarDNetException      when a tensor has other sizes
     * @throws IllegalStateException when the classifier is closed
     */
    public List<Classifications> classifyPrepared(List<Tensor> pictures) {
        return Batches.run(session, pictures, part -> run(gather(part), part.size()));
    }

    private Tensor gather(List<Tensor> pictures) {
        Shape shape = session.inputShape();
        int elements = shape.c() * shape.h() * shape.w();
        Tensor batch = Batches.input(session);
        for (int i = 0; i < pictures.size(); i++) {
            Tensor picture = pictures.get(i);
            if (!picture.hasShape(1, shape.c(), shape.h(), shape.w())) {
                throw new HarDNetException("Picture %d is a %s; this classifier sees 1x%dx%dx%d."
                        .formatted(i, picture, shape.c(), shape.h(), shape.w()));
            }
            System.arraycopy(picture.data(), 0, batch.data(), i * elements, elements);
        }
        return batch;
    }

    private List<Classifications> run(Tensor batch, int pictures) {
        float[] logits = session.run(batch).get("logits").data();
        List<Classifications> results = new ArrayList<>();
        for (int i = 0; i < pictures; i++) {
            results.add(Classifications.of(logits, i, labels));
        }
        return results;
    }

    /**
     * The stages of a {@link PictureStream} that classifies. Of a picture, the stream keeps only what the network sees.
     *
     * @param reader reads the files
     * @return stages that write nothing; their batch is best the session's
     */
    public PictureStages<Tensor, Classifications> stages(PictureReader reader) {
        return new PictureStages<>() {
            @Override
            public Tensor read(Path file) {
                return prepare(reader.read(file));
            }

            @Override
            public List<Classifications> run(List<Tensor> pictures) {
                return classifyPrepared(pictures);
            }
        };
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
     * @return the session; closed with the classifier
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
