package dev.hardnet.traffic.scalesim;

/** The versions of a topology file. */
public enum TopologyFormat {
    /** SCALE-Sim v1 and v2. */
    V2("", ""),
    /** SCALE-Sim v3, whose last column is the sparsity N:M of the filters: 1:1, dense. */
    V3(" Sparsity,", " 1:1,");

    private final String heading;
    private final String lineEnd;

    TopologyFormat(String heading, String lineEnd) {
        this.heading = heading;
        this.lineEnd = lineEnd;
    }

    String header() {
        return "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,"
                + heading;
    }

    String lineEnd() {
        return lineEnd;
    }
}
