package dev.hardnet.network;

import dev.hardnet.InputSize;
import dev.hardnet.Task;
import dev.hardnet.graph.Activation;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import java.util.ArrayList;
import java.util.List;

/**
 * The classification networks of the authors' repository Pytorch-HarDNet: a stem, harmonic dense blocks with 1x1
 * transitions, global average pooling and a linear head. The depthwise (DS) members replace every 3x3 of a block by a
 * 1x1 and a depthwise 3x3.
 */
public final class HarDNet implements NetworkDefinition {
    private final String name;
    private final boolean depthwise;
    private final int stem;
    private final double multiplier;
    private final List<Stage> stages;
    /** Whether a dropout stands before the last transition: nothing at inference, but it takes a number. */
    private final boolean dropout;

    private HarDNet(String name, boolean depthwise, double multiplier, Backbone backbone, Stage last,
                    boolean dropout) {
        this.name = name;
        this.depthwise = depthwise;
        this.multiplier = multiplier;
        this.dropout = dropout;
        stem = backbone.stem();
        stages = new ArrayList<>(backbone.stages());
        stages.add(last);
    }

    /**
     * HarDNet-39DS.
     *
     * @return the definition
     */
    public static HarDNet hardnet39ds() {
        Backbone backbone = new Backbone(24, List.of(
                Stage.halving(4, 16, 96),
                Stage.halving(16, 20, 320),
                Stage.halving(8, 64, 640)));
        return new HarDNet("hardnet39ds", true, 1.6, backbone, Stage.keeping(4, 160, 1024), false);
    }

    /**
     * HarDNet-68DS.
     *
     * @return the definition
     */
    public static HarDNet hardnet68ds() {
        return new HarDNet("hardnet68ds", true, 1.7, Backbone.HARDNET_68, Stage.keeping(4, 160, 1024), false);
    }

    /**
     * HarDNet-68.
     *
     * @return the definition
     */
    public static HarDNet hardnet68() {
        return new HarDNet("hardnet68", false, 1.7, Backbone.HARDNET_68, Stage.keeping(4, 160, 1024), false);
    }

    /**
     * HarDNet-85.
     *
     * @return the definition
     */
    public static HarDNet hardnet85() {
        return new HarDNet("hardnet85", false, 1.7, Backbone.HARDNET_85, Stage.keeping(4, 256, 1280), true);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Task task() {
        return Task.CLASSIFICATION;
    }

    @Override
    public int publishedClasses() {
        return 1000;
    }

    @Override
    public InputSize publishedSize() {
        return InputSize.square(224);
    }

    @Override
    public String classWeight() {
        return linear() + ".weight";
    }

    @Override
    public Graph graph(int batch, int height, int width, int classes) {
        GraphBuilder graph = new GraphBuilder(new Shape(batch, 3, height, width));
        ModuleList base = new ModuleList(new Layers(graph, Activation.RELU6, multiplier));
        base.conv(stem, 3, 2);
        base.conv(2 * stem, depthwise ? 1 : 3, 1);
        downsample(base, 3, 1);
        for (Stage stage : stages) {
            block(base, stage);
            if (dropout && stage == stages.getLast()) {
                base.dropout();
            }
            base.conv(stage.transition(), 1, 1);
            if (stage.downsample()) {
                downsample(base, 2, 0);
            }
        }
        View pooled = graph.globalAveragePool(head() + ".0", base.last());
        graph.output("logits", graph.linear(linear(), pooled, classes, Parameters.biased(linear())));
        return graph.build();
    }

    private void block(ModuleList base, Stage stage) {
        if (depthwise) {
            base.separableBlock(stage);
        } else {
            base.block(stage);
        }
    }

    private void downsample(ModuleList base, int poolKernel, int poolPadding) {
        if (depthwise) {
            base.depthwiseConv(2);
        } else {
            base.pool(Pool.Type.MAX, poolKernel, poolPadding, false);
        }
    }

    private String linear() {
        return head() + ".3";
    }

    /** The last entry of the authors' module list: pool, flatten, dropout, linear. */
    private String head() {
        int modules = dropout ? 4 : 3;
        for (Stage stage : stages) {
            modules += stage.downsample() ? 3 : 2;
        }
        return "base." + modules;
    }
}
