package dev.hardnet.network;

import dev.hardnet.Task;
import dev.hardnet.graph.Graph;

/** How a network is built: implemented once per family. */
public interface NetworkDefinition {
    /**
     * Its name on the command line.
     *
     * @return for example {@code hardnet68}
     */
    String name();

    /**
     * What it is for.
     *
     * @return the task
     */
    Task task();

    /**
     * The classes of the published weights.
     *
     * @return 1000 for ImageNet
     */
    int publishedClasses();

    /**
     * The input side the published figures are for.
     *
     * @return pixels
     */
    int publishedSize();

    /**
     * The key of the weight whose first size is the number of classes.
     *
     * @return a state_dict key
     */
    String classWeight();

    /**
     * Builds the network for fixed sizes.
     *
     * @param batch   pictures
     * @param height  input rows
     * @param width   input columns
     * @param classes number of classes
     * @return the graph
     * @throws dev.hardnet.HarDNetException when the input is too small
     */
    Graph graph(int batch, int height, int width, int classes);
}
