package dev.hardnet.benchmarks.runtime;

import dev.hardnet.Device;
import dev.hardnet.Network;
import dev.hardnet.SessionOptions;
import dev.hardnet.Tensor;
import dev.hardnet.graph.Graph;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What every runtime is given.
 *
 * @param network the network's name
 * @param height  input rows
 * @param width   input columns
 * @param threads threads of the runtime's kernels
 * @param batch   pictures per run
 */
public record BenchmarkCase(String network, int height, int width, int threads, int batch) {
    private static final int SEED = 1;

    /** The input's sizes, N x C x H x W. */
    public int[] inputShape() {
        return new int[] {batch, 3, height, width};
    }

    /** The sizes as text, for example {@code 1x3x224x224}. */
    public String inputText() {
        return "%dx3x%dx%d".formatted(batch, height, width);
    }

    /** How many numbers the input has. */
    public int inputElements() {
        return Arrays.stream(inputShape()).reduce(1, Math::multiplyExact);
    }

    /**
     * Writes the input where a runtime wants it: the same numbers in every process, from -2 to 2.
     *
     * @param input as many elements as the input has, from its start
     */
    public void fill(FloatBuffer input) {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < inputElements(); i++) {
            input.put(i, (random.nextFloat() - 0.5f) * 4);
        }
    }

    /** That input as a tensor. */
    public Tensor input() {
        Tensor input = Tensor.zeros(inputShape());
        fill(FloatBuffer.wrap(input.data()));
        return input;
    }

    /** The network's operators at these sizes, with the published number of classes. */
    public Graph graph() {
        Network found = Network.byName(network);
        return found.graph(batch, height, width, found.publishedClasses());
    }

    /** The options of a session on the processor. */
    public SessionOptions sessionOptions() {
        return SessionOptions.builder().device(Device.CPU).threads(threads).batch(batch).size(height, width).build();
    }

    /** For example {@code hardnet68 1x3x224x224, 2 threads}. */
    @Override
    public String toString() {
        return "%s %s, %d thread%s".formatted(network, inputText(), threads, threads == 1 ? "" : "s");
    }
}
