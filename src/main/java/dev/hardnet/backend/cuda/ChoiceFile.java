package dev.hardnet.backend.cuda;

import dev.hardnet.backend.ChoiceTable;
import java.nio.file.Path;
import java.util.Optional;

/** The choices that were made on this machine, by GPU and version of cuDNN: a JSON file in the cache folder. */
final class ChoiceFile {
    private static final String MEASURED = ", measured";
    private static final String ACCEPTED = ", accepted";

    private final String device;
    private final ChoiceTable table;

    private ChoiceFile(String device, ChoiceTable table) {
        this.device = device;
        this.table = table;
    }

    /**
     * Reads the file.
     *
     * @param folder where it is
     * @param device what the choices depend on besides the problem: GPU, cuDNN
     */
    static ChoiceFile read(Path folder, String device) {
        return new ChoiceFile(device, ChoiceTable.read(folder.resolve("cuda-convolutions.json")));
    }

    /**
     * The choice for a problem, if there was one before.
     *
     * @param problem  the convolution
     * @param measured whether only what was measured counts, not what was merely accepted
     */
    Optional<ConvolutionMethod> find(ConvolutionProblem problem, boolean measured) {
        Optional<ConvolutionMethod> fastest = find(problem, MEASURED);
        return measured || fastest.isPresent() ? fastest : find(problem, ACCEPTED);
    }

    private Optional<ConvolutionMethod> find(ConvolutionProblem problem, String how) {
        return table.find(device + how, problem.toString()).flatMap(ConvolutionMethod::parse);
    }

    /**
     * Keeps a choice.
     *
     * @param problem  the convolution
     * @param method   how to compute it
     * @param measured whether it was the fastest of several, or the first that was accepted
     */
    void remember(ConvolutionProblem problem, ConvolutionMethod method, boolean measured) {
        table.put(device + (measured ? MEASURED : ACCEPTED), problem.toString(), method.toString());
    }

    /** Writes the file if there is anything new. */
    void save() {
        table.save();
    }
}
