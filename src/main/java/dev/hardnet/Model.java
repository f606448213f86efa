package dev.hardnet;

import dev.hardnet.graph.ParameterSpec;
import dev.hardnet.weights.Checkpoint;
import dev.hardnet.weights.SafetensorsWriter;
import dev.hardnet.weights.StateDictCheck;
import dev.hardnet.weights.SyntheticWeights;
import dev.hardnet.weights.WeightSource;
import dev.hardnet.weights.WeightStore;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A network with its weights: immutable, and shareable between threads and sessions. Sessions keep what they need of a
 * model, so it may be closed before them.
 */
public final class Model implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Network network;
    private final int classes;
    private final String origin;
    private final Map<String, String> metadata;
    private final WeightStore weights;
    private final Cleaner.Cleanable closing;
    private boolean closed;

    private Model(Network network, WeightSource source) {
        this.network = network;
        classes = network.classes(source);
        StateDictCheck.check(parameters(network, classes), source);
        origin = source.origin();
        metadata = source.metadata();
        weights = new WeightStore(source);
        closing = CLEANER.register(this, weights::release);
    }

    /**
     * Loads a checkpoint: PyTorch (zip or legacy) or safetensors, told apart by content. The file is mapped; nothing in
     * it is executed. The number of classes is read from the head's weight.
     *
     * @param network what the weights are for
     * @param file    the checkpoint
     * @return the model
     * @throws HarDNetException when the file cannot be read, or its tensors are not those of the network
     */
    public static Model load(Network network, Path file) {
        return of(network, Checkpoint.open(file));
    }

    /**
     * Makes reproducible weights from a seed, for tests and timing: any size of network without a file.
     *
     * @param network what the weights are for
     * @param seed    the seed
     * @return the model, with the published number of classes
     */
    public static Model synthetic(Network network, long seed) {
        return of(network, new SyntheticWeights(parameters(network, network.publishedClasses()), seed));
    }

    /**
     * The small model in the jar: HarDNet-39DS for the ten classes of CIFAR-10, trained on pictures of 64x64.
     *
     * @return the model
     */
    public static Model embedded() {
        WeightSource source = EmbeddedModel.open();
        return of(Network.byName(source.metadata().get("network")), source);
    }

    private static Model of(Network network, WeightSource source) {
        try {
            return new Model(network, source);
        } catch (RuntimeException refusal) {
            source.close();
            throw refusal;
        }
    }

    private static List<ParameterSpec> parameters(Network network, int classes) {
        return network.graph(1, network.publishedSize().height(), network.publishedSize().width(), classes).parameters();
    }

    /**
     * The architecture.
     *
     * @return the network
     */
    public Network network() {
        return network;
    }

    /**
     * The number of classes its head tells apart.
     *
     * @return classes, at least 1
     */
    public int classes() {
        return classes;
    }

    /**
     * Where the weights come from.
     *
     * @return a file name, or for example {@code synthetic:1}
     */
    public String origin() {
        return origin;
    }

    /**
     * What the file says of itself: a safetensors file's {@code __metadata__}.
     *
     * @return names and values, empty for other formats
     */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * The input size the model was trained for.
     *
     * @return a square of the metadata's {@code input_size}, else the network's published size
     * @throws HarDNetException when the metadata's value is not a number of pixels
     */
    public InputSize inputSize() {
        String size = metadata.get("input_size");
        if (size == null) {
            return network.publishedSize();
        }
        try {
            return InputSize.square(Math.clamp(Integer.parseInt(size), 1, Short.MAX_VALUE));
        } catch (NumberFormatException notANumber) {
            throw new HarDNetException("The metadata of %s gives input_size '%s'; expected a number of pixels."
                    .formatted(origin, size), notANumber);
        }
    }

    /**
     * Writes the weights as a safetensors file, in the types they are stored in; the file appears once it is complete.
     *
     * @param file the file, replaced when it exists
     * @throws HarDNetException      when it cannot be written
     * @throws IllegalStateException when the model is closed
     */
    public void writeSafetensors(Path file) {
        Map<String, String> description = new TreeMap<>(metadata);
        description.put("network", network.name());
        WeightStore store = retainWeights();
        try {
            SafetensorsWriter.write(file, description, store.source());
        } finally {
            store.release();
        }
    }

    /**
     * Lets the weights go once no session uses them. Closing twice does nothing.
     */
    @Override
    public synchronized void close() {
        closed = true;
        closing.clean();
    }

    /** The weights with one more holder. */
    synchronized WeightStore retainWeights() {
        if (closed) {
            throw new IllegalStateException("The model of " + origin + " is closed.");
        }
        weights.retain();
        return weights;
    }

    /** The network and the origin of the weights. */
    @Override
    public String toString() {
        return network + " from " + origin;
    }
}
