package dev.hardnet.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where pictures go that a command makes. */
final class OutputOptions {
    /** How they are named, below the options of a command. */
    static final String FOOTER = "%nDIR mirrors the folders that were named; a second picture of the same name gets a "
            + "number: beach.png, beach-2.png. Results of earlier runs are replaced, each in one step. Ctrl-C finishes "
            + "the pictures in flight, a second one ends at once.";

    @Option(names = {"-o", "--output"}, required = true, paramLabel = "DIR",
            description = "The folder for the results, made when it is not there.")
    private Path folder;

    Path folder() {
        return folder;
    }
}
