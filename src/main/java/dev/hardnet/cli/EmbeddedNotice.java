package dev.hardnet.cli;

import dev.hardnet.Model;
import java.io.PrintWriter;

/** Says what the model in the jar knows, so that nobody expects more of it. */
final class EmbeddedNotice {
    private EmbeddedNotice() {
    }

    static void print(PrintWriter out, Model model) {
        out.printf("Using the small model in the jar: %s trained on CIFAR-10; it knows only %s.%n", model.network(),
                model.metadata().get("classes").replace(",", ", "));
        out.flush();
    }
}
