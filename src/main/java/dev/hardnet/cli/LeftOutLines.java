package dev.hardnet.cli;

import dev.hardnet.traffic.scalesim.LeftOutLayer;
import java.io.PrintWriter;
import java.util.List;

/** Names the layers that a simulation leaves out, the first of many. */
final class LeftOutLines {
    private static final int MOST = 10;

    private LeftOutLines() {
    }

    static void print(PrintWriter out, List<LeftOutLayer> layers) {
        layers.stream().limit(MOST).forEach(layer -> out.printf("left out: %s. %s%n", layer.name(), layer.reason()));
        if (layers.size() > MOST) {
            out.printf("left out: %d more, which --json lists%n", layers.size() - MOST);
        }
    }
}
