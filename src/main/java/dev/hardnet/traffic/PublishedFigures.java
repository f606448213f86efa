package dev.hardnet.traffic;

import java.util.Map;
import java.util.Optional;

/**
 * What HarDNet's paper says of a network: its Table 4 for inputs of 224x224, its Table 2 for 352x480.
 *
 * @param parameters learned values
 * @param macs       multiply-adds
 * @param cio        convolutional input/output, elements
 * @param remark     why our figures differ by more than rounding, empty where they do not
 */
public record PublishedFigures(double parameters, double macs, double cio, String remark) {
    private static final String STRIDED = "the paper's CIO leaves out the depthwise layers that halve the map";
    private static final String FIRST_STRIDE = "the paper's CIO is that of units that halve the map in their first 1x1, "
            + "as here; its MACs are those of units that do so in their 3x3";
    private static final String ELEMENTWISE = "the paper's MACs fit when batch norms and activations are counted too";
    private static final String PADDED = "the paper's CIO is that of a padded first convolution (112x112), as here; its "
            + "MACs are those of one without padding (109x109)";
    private static final String ENDS = "the paper's CIO fits when the first convolution and the class scores are left "
            + "out";

    private static final Map<String, PublishedFigures> PAPER = Map.ofEntries(
            Map.entry("hardnet39ds", table4(3.5, 0.44, 8.2, STRIDED + "; " + ELEMENTWISE)),
            Map.entry("hardnet68ds", table4(4.2, 0.79, 15.3, STRIDED + "; " + ELEMENTWISE)),
            Map.entry("hardnet68", table4(17.6, 4.3, 11.5, "")),
            Map.entry("hardnet96s", table4(9.3, 2.5, 11.7, "")),
            Map.entry("hardnet117s", table4(20.9, 4.9, 16.7, "")),
            Map.entry("hardnet138s", table4(35.5, 6.7, 19.6, "")),
            Map.entry("fchardnet68", table2(1.4, 15, 473, ENDS)),
            Map.entry("fchardnet76", table2(3.5, 54, 932, ENDS)),
            Map.entry("fchardnet84", table2(8.4, 100, 1267, ENDS)),
            Map.entry("fchardnet_ref100", table2(3.6, 151, 2076, ENDS)),
            Map.entry("fcdensenet103", table2(9.4, 134, 2150, ENDS)),
            Map.entry("resnet18", table4(11.7, 1.8, 4.7, "")),
            Map.entry("resnet50", table4(25, 4.1, 20.7, FIRST_STRIDE)),
            Map.entry("resnet101", table4(44.5, 7.6, 30.9, "")),
            Map.entry("resnet152", table4(60.2, 11.3, 43.6, "")),
            Map.entry("densenet121", table4(7.9, 2.9, 21.9, ELEMENTWISE)),
            Map.entry("densenet201", table4(20, 4.4, 31.8, ELEMENTWISE)),
            Map.entry("vgg16", table4(138, 15.5, 22.6, "")),
            Map.entry("mobilenet_v2", table4(3.5, 0.32, 13.4, ELEMENTWISE)),
            Map.entry("mobilenet_v2_1.4", table4(6.1, 0.59, 18.5, ELEMENTWISE)),
            Map.entry("squeezenet1_0", table4(1.2, 0.83, 7.9, PADDED)));

    /**
     * Finds what the paper says of a network.
     *
     * @param network its name
     * @return the figures, empty for a network that is not in the paper
     */
    public static Optional<PublishedFigures> of(String network) {
        return Optional.ofNullable(PAPER.get(network));
    }

    /** Millions, thousand millions, millions. */
    private static PublishedFigures table4(double parameters, double macs, double cio, String remark) {
        return new PublishedFigures(parameters * 1e6, macs * 1e9, cio * 1e6, remark);
    }

    /** Table 2 counts a multiply-add as two operations, and CIO in MiB of float32. */
    private static PublishedFigures table2(double parameters, double operations, double mebibytes, String remark) {
        return new PublishedFigures(parameters * 1e6, operations / 2 * 1e9, mebibytes * 1048576 / 4, remark);
    }
}
