package dev.hardnet.cli;

import java.io.PrintWriter;
import java.nio.file.Path;

/** How a command tells what came of one picture. */
interface PictureReport<R> {
    /** For a person. */
    void print(Path file, R result, PrintWriter out);

    /** For a program: a record that becomes one JSON object. */
    Object row(Path file, R result);
}
