package dev.hardnet.network;

import dev.hardnet.InputSize;
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
     * @return for example 1000 for ImageNet; with the background where that is a class
     */
    int publishedClasses();

    /**
     * The input size the published figures are for.
     *
     * @return rows and columns
     */
    InputSize publishedSize();

    /**
     * The key of the weight whose first size tells the number of classes.
     *
     * @return a state_dict key
     */
    String classWeight();

    /**
     * How many outputs of {@link #classWeight()} belong to each class.
     *
     * @return 1, or the priors of a position where the weight has outputs for each prior and class
     */
    default int rowsPerClass() {
        return 1;
    }

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
