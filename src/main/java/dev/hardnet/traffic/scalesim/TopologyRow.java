package dev.hardnet.traffic.scalesim;

/**
 * One line of a topology.
 *
 * @param name         its name, without commas
 * @param ifmapHeight  rows of the padded input
 * @param ifmapWidth   columns of the padded input
 * @param filterHeight rows of the filter
 * @param filterWidth  columns of the filter
 * @param channels     channels of the input
 * @param filters      filters, for a depthwise convolution those of each channel
 * @param stride       rows and columns between windows
 * @param depthwise    whether the simulator takes each channel as a layer of its own
 */
public record TopologyRow(String name, int ifmapHeight, int ifmapWidth, int filterHeight, int filterWidth, int channels,
                          int filters, int stride, boolean depthwise) {
    /** How the simulator knows a depthwise convolution: these letters anywhere in its name. */
    private static final String DEPTHWISE = "DP";

    /** Makes the name one that the simulator does not misread. */
    public TopologyRow {
        String plain = name.strip().replaceAll("[,\\s\"]", "_").replace(DEPTHWISE, "Dp");
        name = depthwise ? plain + "_" + DEPTHWISE : plain;
    }

    /**
     * The lines of a report that it leads to.
     *
     * @return 1, or one for each channel
     */
    public int reportRows() {
        return depthwise ? channels : 1;
    }

    /**
     * Writes the line.
     *
     * @param format the simulator's version
     * @return the line with the comma that the simulator expects at its end
     */
    String line(TopologyFormat format) {
        return "%s, %d, %d, %d, %d, %d, %d, %d,%s".formatted(name, ifmapHeight, ifmapWidth, filterHeight, filterWidth,
                channels, filters, stride, format.lineEnd());
    }
}
