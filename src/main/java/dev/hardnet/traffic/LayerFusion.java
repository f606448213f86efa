package dev.hardnet.traffic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the layers of a network together to steps. */
final class LayerFusion {
    private final TensorUses uses;
    private final Fusion fusion;
    private final List<FusedStep> steps = new ArrayList<>();
    /** By the name of the tensor that they have written last. */
    private final Map<String, FusedStep> writers = new HashMap<>();

    private LayerFusion(LayerGraph graph, Fusion fusion) {
        uses = new TensorUses(graph);
        this.fusion = fusion;
    }

    /** The steps in the order of their main layers; layers that compute nothing are in none. */
    static List<FusedStep> of(LayerGraph graph, Fusion fusion) {
        LayerFusion made = new LayerFusion(graph, fusion);
        graph.layers().stream().filter(layer -> layer.kind().computes()).forEach(made::add);
        if (fusion == Fusion.FULL) {
            made.mergeIntoReaders();
        }
        return List.copyOf(made.steps);
    }

    private void add(Layer layer) {
        FusedStep step = writers.get(uses.memoryOf(layer.reads().getFirst()));
        if (step != null && uses.isPrivate(step.writes()) && joins(layer, step)) {
            writers.remove(step.writes().name());
            step.append(layer);
        } else {
            step = new FusedStep(layer);
            steps.add(step);
        }
        writers.put(step.writes().name(), step);
    }

    private boolean joins(Layer layer, FusedStep step) {
        boolean pools = fusion == Fusion.FULL && layer.kind().isPool();
        return layer.isPointwise()
                || layer.kind() == LayerKind.ARG_MAX && step.isResize()
                || pools && step.main().kind().isConvolution() && !step.hasPool();
    }

    private void mergeIntoReaders() {
        Map<String, FusedStep> byMain = new HashMap<>();
        steps.forEach(step -> byMain.put(step.main().name(), step));
        steps.removeIf(step -> {
            Optional<Layer> convolution = Optional.of(step).filter(FusedStep::isPointwise)
                    .flatMap(each -> uses.onlyReaderThroughViews(each.writes()))
                    .filter(reader -> reader.kind().isConvolution());
            convolution.ifPresent(reader -> byMain.get(reader.name()).prepend(step));
            return convolution.isPresent();
        });
    }
}
