package dev.hardnet.benchmarks.runtime;

import dev.hardnet.Device;
import dev.hardnet.Device;
import dev.hardnet.Network;
import dev.hardnet.SessionOptions;
import dev.hardnet.Tensor;
import dev.hardnet.graph.Graph;
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

    /** The same numbers in every process, from -2 to 2. */
    public Tensor input() {
        Tensor input = Tensor.zeros(inputShape());
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < input.data().length; i++) {
            input.data()[i] = (random.nextFloat() - 0.5f) * 4;
        }
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
