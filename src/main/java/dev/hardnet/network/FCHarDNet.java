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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The segmentation networks of the authors' repository FCHarDNet: harmonic dense blocks with average pools between
 * them, and a decoder that goes through the same blocks backwards, joining each with the encoder's block of its size.
 */
public final class FCHarDNet implements NetworkDefinition {
    private final String name;
    private final double multiplier;
    private final List<Integer> stem;
    private final List<Stage> stages;

    /**
     * A network of the family.
     *
     * @param name       its name on the command line
     * @param multiplier of the harmonic dense blocks
     * @param stem       channels of the first convolutions; every second one halves height and width
     * @param stages     the encoder; the decoder has the block of each stage but the last
     */
    FCHarDNet(String name, double multiplier, List<Integer> stem, List<Stage> stages) {
        this.name = name;
        this.multiplier = multiplier;
        this.stem = List.copyOf(stem);
        this.stages = List.copyOf(stages);
    }

    /**
     * FC-HarDNet-70.
     *
     * @return the definition
     */
    public static FCHarDNet fchardnet70() {
        return new FCHarDNet("fchardnet70", 1.7, List.of(16, 24, 32, 48), List.of(
                Stage.halving(4, 10, 64),
                Stage.halving(4, 16, 96),
                Stage.halving(8, 18, 160),
                Stage.halving(8, 24, 224),
                Stage.keeping(8, 32, 320)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Task task() {
        return Task.SEGMENTATION;
    }

    @Override
    public int publishedClasses() {
        return 19;
    }

    @Override
    public InputSize publishedSize() {
        return new InputSize(1024, 2048);
    }

    @Override
    public String classWeight() {
        return "finalConv.weight";
    }

    @Override
    public Graph graph(int batch, int height, int width, int classes) {
        GraphBuilder graph = new GraphBuilder(new Shape(batch, 3, height, width));
        Layers layers = new Layers(graph, Activation.RELU, multiplier);
        Deque<View> skips = new ArrayDeque<>();
        View x = encoder(layers, skips);
        for (int i = 0; i < stages.size() - 1; i++) {
            x = up(layers, i, x, skips.pop());
        }
        x = graph.conv("finalConv", x, classes, 1, 1, Activation.NONE, Parameters.biased("finalConv"));
        graph.output("logits", graph.resize("logits", x, height, width));
        return graph.build();
    }

    private View encoder(Layers layers, Deque<View> skips) {
        ModuleList base = new ModuleList(layers);
        for (int i = 0; i < stem.size(); i++) {
            base.conv(stem.get(i), 3, i % 2 == 0 ? 2 : 1);
        }
        for (Stage stage : stages) {
            base.block(stage);
            skips.push(base.last());
            base.conv(stage.transition(), 1, 1);
            if (stage.downsample()) {
                base.pool(Pool.Type.AVERAGE, 2, 0, false);
            }
        }
        skips.pop();
        return base.last();
    }

    private View up(Layers layers, int i, View x, View skip) {
        Stage stage = stages.get(stages.size() - 2 - i);
        View resized = layers.graph().resize("transUpBlocks." + i, x, skip.shape().h(), skip.shape().w());
        View joined = View.concat(List.of(resized, skip));
        View narrowed = layers.conv("conv1x1_up." + i, joined, joined.shape().c() / 2, 1, 1);
        return layers.block("denseBlocksUp." + i, narrowed, stage.layers(), stage.growth());
    }
}
