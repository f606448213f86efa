package dev.hardnet.traffic;

import java.util.List;

/**
 * A claim of HarDNet's paper that one network needs less of something than another.
 *
 * @param statement      what the paper says
 * @param figure         what there is less of
 * @param network        the HarDNet
 * @param yardstick      the network that it is compared with
 * @param claimedPercent how much less, in percent of the yardstick's, at least
 * @param choice         why these two networks stand for the statement
 */
public record PaperClaim(String statement, Figure figure, String network, String yardstick, double claimedPercent,
        String choice) {
    /** What networks are compared by. */
    public enum Figure {
        /** Convolutional input/output. */
        CIO,
        /** What a framework moves between memory and feature maps. */
        TRAFFIC,
        /** The time of a run. */
        LATENCY
    }

    private static final String LESS_CIO = "30 to 50% less CIO than ResNet and DenseNet of comparable accuracy";
    private static final String LESS_TRAFFIC = "40% less DRAM traffic than DenseNet";
    private static final String ACCURACY = "the authors give top-1 accuracies of %s";
    private static final String SIZE = "the networks of most similar size";
    private static final String UNNAMED = "the abstract does not name the HarDNet; this one is of the same task and "
            + "similar depth";

    /** The claims in the order of the paper. */
    public static final List<PaperClaim> ALL = List.of(
            new PaperClaim(LESS_CIO, Figure.CIO, "hardnet68", "resnet50", 30, ACCURACY.formatted("76.5 and 76.2%")),
            new PaperClaim(LESS_CIO, Figure.CIO, "hardnet85", "resnet101", 30, ACCURACY.formatted("78.0% for both")),
            new PaperClaim(LESS_CIO, Figure.CIO, "hardnet96s", "densenet121", 30, SIZE),
            new PaperClaim(LESS_CIO, Figure.CIO, "hardnet117s", "densenet201", 30, SIZE),
            new PaperClaim(LESS_TRAFFIC, Figure.TRAFFIC, "hardnet96s", "densenet121", 40, SIZE),
            new PaperClaim(LESS_TRAFFIC, Figure.TRAFFIC, "hardnet117s", "densenet201", 40, SIZE),
            lessTime(35, "FC-DenseNet-103", "fchardnet84", "fcdensenet103"),
            lessTime(36, "DenseNet-264", "hardnet138s", "densenet264"),
            lessTime(30, "ResNet-50", "hardnet68", "resnet50"),
            lessTime(32, "ResNet-152", "hardnet138s", "resnet152"),
            lessTime(45, "SSD-VGG", "ssd512_hardnet68", "ssd_vgg"));

    private static PaperClaim lessTime(int percent, String than, String network, String yardstick) {
        return new PaperClaim("%d%% less inference time than %s".formatted(percent, than), Figure.LATENCY, network,
                yardstick, percent, UNNAMED);
    }
}
