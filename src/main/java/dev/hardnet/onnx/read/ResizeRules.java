package dev.hardnet.onnx.read;

import dev.hardnet.traffic.LayerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Resize and Upsample in all their versions. */
final class ResizeRules {
    private ResizeRules() {
    }

    static Inference resize(NodeCall node) {
        if (!node.text("keep_aspect_ratio_policy", "stretch").equals("stretch")) {
            throw new NodeNotSupported("keeps the aspect ratio");
        }
        Dims input = node.dims(0);
        List<Integer> axes = node.integers("axes").orElseGet(() -> LongStream.range(0, input.rank()).boxed().toList())
                .stream().map(axis -> node.axis(axis, input.rank())).toList();
        Optional<List<Long>> sizes = node.optional(3).map(_ -> node.content(3).toLongs());
        List<Long> resized = sizes.orElseGet(() -> scaled(node, input, axes));
        if (resized.size() != axes.size()) {
            throw node.fault("resizes %d axes to %s".formatted(axes.size(), resized));
        }
        Dims output = input;
        for (int i = 0; i < axes.size(); i++) {
            output = output.with(axes.get(i), resized.get(i));
        }
        return Inference.of(LayerKind.RESIZE, output);
    }

    private static List<Long> scaled(NodeCall node, Dims input, List<Integer> axes) {
        Numbers scales = scales(node);
        if (scales.count() != axes.size()) {
            throw node.fault("has %d scales for %d axes".formatted(scales.count(), axes.size()));
        }
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            sizes.add((long) Math.floor(input.get(axes.get(i)) * scales.get(i)));
        }
        return sizes;
    }

    /** An attribute, the second input, or the third, behind a region of interest. */
    private static Numbers scales(NodeCall node) {
        if (node.inputCount() == 1) {
            List<Float> scales = node.attribute("scales").orElseThrow(() -> node.fault("has no scales"))
                    .getFloatsList();
            return new Numbers(scales.stream().mapToDouble(Float::doubleValue).toArray(), false);
        }
        return node.content(node.inputCount() == 2 ? 1 : 2);
    }
}
