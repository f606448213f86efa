package dev.hardnet;

import dev.hardnet.graph.Graph;
import dev.hardnet.network.CenterNetHarDNet;
import dev.hardnet.network.DenseNet;
import dev.hardnet.network.FCHarDNet;
import dev.hardnet.network.FcDenseNet;
import dev.hardnet.network.HarDNet;
import dev.hardnet.network.MobileNetV2;
import dev.hardnet.network.NetworkDefinition;
import dev.hardnet.network.PreActivatedHarDNet;
import dev.hardnet.network.ResNet;
import dev.hardnet.network.RfbHarDNet;
import dev.hardnet.network.SqueezeNet;
import dev.hardnet.network.SsdHarDNet;
import dev.hardnet.network.Vgg;
import dev.hardnet.weights.StateDictCheck;
import dev.hardnet.weights.WeightSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** A member of the HarDNet family, or a network it is compared with: an architecture without weights. */
public final class Network {
    private static final List<Network> ALL = new ArrayList<>();

    /** HarDNet-39DS, depthwise separable: 3.5 M parameters, 0.4 G multiply-adds at 224x224. */
    public static final Network HARDNET_39DS = add(HarDNet.hardnet39ds());
    /** HarDNet-68DS, depthwise separable: 4.2 M parameters, 0.8 G multiply-adds at 224x224. */
    public static final Network HARDNET_68DS = add(HarDNet.hardnet68ds());
    /** HarDNet-68: 17.6 M parameters, 4.3 G multiply-adds at 224x224. */
    public static final Network HARDNET_68 = add(HarDNet.hardnet68());
    /** HarDNet-85: 36.7 M parameters, 9.1 G multiply-adds at 224x224. */
    public static final Network HARDNET_85 = add(HarDNet.hardnet85());
    /** FC-HarDNet-70, segmentation: 4.1 M parameters, 35.2 G multiply-adds at 1024x2048. */
    public static final Network FCHARDNET_70 = add(FCHarDNet.fchardnet70());
    /** CenterNet on HarDNet-68, detection: 20.7 M parameters, 46.9 G multiply-adds at 512x512. */
    public static final Network CENTERNET_HARDNET_68 = add(CenterNetHarDNet.hardnet68());
    /** CenterNet on HarDNet-85, detection: 37.3 M parameters, 87.7 G multiply-adds at 512x512. */
    public static final Network CENTERNET_HARDNET_85 = add(CenterNetHarDNet.hardnet85());
    /** SSD on HarDNet-68, detection: 24.0 M parameters, 12.1 G multiply-adds at 300x300. */
    public static final Network SSD300_HARDNET_68 = add(SsdHarDNet.ssd300Hardnet68());
    /** SSD on HarDNet-85, detection: 37.0 M parameters, 21.3 G multiply-adds at 300x300. */
    public static final Network SSD300_HARDNET_85 = add(SsdHarDNet.ssd300Hardnet85());
    /** SSD on HarDNet-68, detection: 25.7 M parameters, 34.4 G multiply-adds at 512x512. */
    public static final Network SSD512_HARDNET_68 = add(SsdHarDNet.ssd512Hardnet68());
    /** SSD on HarDNet-85, detection: 38.8 M parameters, 60.6 G multiply-adds at 512x512. */
    public static final Network SSD512_HARDNET_85 = add(SsdHarDNet.ssd512Hardnet85());
    /** RFBNet on HarDNet-68, detection: 31.5 M parameters, 16.0 G multiply-adds at 300x300. */
    public static final Network RFB300_HARDNET_68 = add(RfbHarDNet.rfb300Hardnet68());
    /** RFBNet on HarDNet-85, detection: 37.7 M parameters, 22.7 G multiply-adds at 300x300. */
    public static final Network RFB300_HARDNET_85 = add(RfbHarDNet.rfb300Hardnet85());
    /** RFBNet on HarDNet-68, detection: 33.1 M parameters, 45.5 G multiply-adds at 512x512. */
    public static final Network RFB512_HARDNET_68 = add(RfbHarDNet.rfb512Hardnet68());
    /** RFBNet on HarDNet-85, detection: 39.3 M parameters, 64.6 G multiply-adds at 512x512. */
    public static final Network RFB512_HARDNET_85 = add(RfbHarDNet.rfb512Hardnet85());
    /** HarDNet-96s, pre-activation: 9.3 M parameters, 2.5 G multiply-adds at 224x224; no weights were published. */
    public static final Network HARDNET_96S = add(PreActivatedHarDNet.hardnet96s());
    /** HarDNet-117s, pre-activation: 20.8 M parameters, 4.8 G multiply-adds at 224x224; no weights were published. */
    public static final Network HARDNET_117S = add(PreActivatedHarDNet.hardnet117s());
    /** HarDNet-138s, pre-activation: 35.5 M parameters, 6.6 G multiply-adds at 224x224; no weights were published. */
    public static final Network HARDNET_138S = add(PreActivatedHarDNet.hardnet138s());
    /** FC-HarDNet-68, CamVid: 1.4 M parameters, 7.7 G multiply-adds at 352x480; no weights were published. */
    public static final Network FCHARDNET_68 = add(FcDenseNet.fchardnet68());
    /** FC-HarDNet-76, CamVid: 3.5 M parameters, 26.9 G multiply-adds at 352x480; no weights were published. */
    public static final Network FCHARDNET_76 = add(FcDenseNet.fchardnet76());
    /** FC-HarDNet-84, CamVid: 8.4 M parameters, 50.2 G multiply-adds at 352x480; no weights were published. */
    public static final Network FCHARDNET_84 = add(FcDenseNet.fchardnet84());
    /** FC-HarDNet-ref100, CamVid: 3.5 M parameters, 76.1 G multiply-adds at 352x480; no weights were published. */
    public static final Network FCHARDNET_REF100 = add(FcDenseNet.fchardnetRef100());
    /** FC-DenseNet-103, to compare with: 9.3 M parameters, 67.6 G multiply-adds at 352x480. */
    public static final Network FCDENSENET_103 = add(FcDenseNet.fcdensenet103());
    /** ResNet-18, to compare with: 11.7 M parameters, 1.8 G multiply-adds at 224x224. */
    public static final Network RESNET_18 = add(ResNet.resnet18());
    /** ResNet-50, to compare with: 25.6 M parameters, 3.9 G multiply-adds at 224x224. */
    public static final Network RESNET_50 = add(ResNet.resnet50());
    /** ResNet-101, to compare with: 44.5 M parameters, 7.6 G multiply-adds at 224x224. */
    public static final Network RESNET_101 = add(ResNet.resnet101());
    /** ResNet-152, to compare with: 60.2 M parameters, 11.3 G multiply-adds at 224x224. */
    public static final Network RESNET_152 = add(ResNet.resnet152());
    /** DenseNet-121, to compare with: 8.0 M parameters, 2.8 G multiply-adds at 224x224. */
    public static final Network DENSENET_121 = add(DenseNet.densenet121());
    /** DenseNet-201, to compare with: 20.0 M parameters, 4.3 G multiply-adds at 224x224. */
    public static final Network DENSENET_201 = add(DenseNet.densenet201());
    /** VGG-16, to compare with: 138.4 M parameters, 15.5 G multiply-adds at 224x224, its smallest input. */
    public static final Network VGG_16 = add(Vgg.vgg16());
    /** MobileNetV2, to compare with: 3.5 M parameters, 0.3 G multiply-adds at 224x224. */
    public static final Network MOBILENET_V2 = add(MobileNetV2.mobilenetV2());
    /** MobileNetV2 1.4 times as wide, to compare with: 6.1 M parameters, 0.6 G multiply-adds at 224x224. */
    public static final Network MOBILENET_V2_14 = add(MobileNetV2.mobilenetV2x14());
    /** SqueezeNet 1.0, to compare with: 1.2 M parameters, 0.9 G multiply-adds at 224x224. */
    public static final Network SQUEEZENET = add(SqueezeNet.squeezenet());

    private final NetworkDefinition definition;

    private Network(NetworkDefinition definition) {
        this.definition = definition;
    }

    private static Network add(NetworkDefinition definition) {
        Network network = new Network(definition);
        ALL.add(network);
        return network;
    }

    /**
     * Every network.
     *
     * @return the catalogue, in the order of this class
     */
    public static List<Network> all() {
        return Collections.unmodifiableList(ALL);
    }

    /**
     * Finds a network by its name.
     *
     * @param name for example {@code hardnet68}
     * @return the network
     * @throws HarDNetException when there is none of that name
     */
    public static Network byName(String name) {
        for (Network network : ALL) {
            if (network.name().equals(name)) {
                return network;
            }
        }
        throw new HarDNetException("There is no network named '%s'; expected one of %s.".formatted(name,
                ALL.stream().map(Network::name).collect(Collectors.joining(", "))));
    }

    /**
     * Its name.
     *
     * @return for example {@code hardnet68}
     */
    public String name() {
        return definition.name();
    }

    /**
     * What it is for.
     *
     * @return the task
     */
    public Task task() {
        return definition.task();
    }

    /**
     * The number of classes of the published weights.
     *
     * @return for example 1000 for ImageNet; with the background where that is a class
     */
    public int publishedClasses() {
        return definition.publishedClasses();
    }

    /**
     * The input size the published figures are for.
     *
     * @return rows and columns
     */
    public InputSize publishedSize() {
        return definition.publishedSize();
    }

    /**
     * The number of classes that weights tell apart.
     *
     * @param weights where they are
     * @return classes, at least 1
     * @throws HarDNetException when the head's weight is missing, or has no whole number of outputs per class
     */
    int classes(WeightSource weights) {
        int outputs = StateDictCheck.outputs(weights, definition.classWeight());
        if (outputs % definition.rowsPerClass() != 0) {
            throw new HarDNetException("%s: the tensor %s has %d outputs, but expected is a multiple of %d."
                    .formatted(weights.origin(), definition.classWeight(), outputs, definition.rowsPerClass()));
        }
        return outputs / definition.rowsPerClass();
    }

    /**
     * Builds the network for fixed sizes.
     *
     * @param batch   pictures, at least 1
     * @param height  input rows
     * @param width   input columns
     * @param classes number of classes, at least 1
     * @return the graph, input batch x 3 x height x width
     * @throws HarDNetException when the input is too small for the network, or a feature map too large
     */
    public Graph graph(int batch, int height, int width, int classes) {
        return definition.graph(batch, height, width, classes);
    }

    /** The network's name. */
    @Override
    public String toString() {
        return name();
    }
}
