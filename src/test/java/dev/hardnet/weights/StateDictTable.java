package dev.hardnet.weights;

import dev.hardnet.graph.ParameterSpec;
import dev.hardnet.testing.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;

/** The state_dict of a network as the ground truth lists it. */
final class StateDictTable {
    private StateDictTable() {
    }

    static List<ParameterSpec> of(String network) {
        try {
            return Files.readAllLines(SharedFiles.path("reference", "networks", network + ".state_dict.tsv")).stream()
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new ParameterSpec(cells[0], shape(cells[2])))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Integer> shape(String text) {
        if (!text.matches("[0-9x]+")) {
            return List.of();
        }
        return Arrays.stream(text.split("x")).map(Integer::valueOf).toList();
    }
}
