package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import dev.hardnet.graph.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The kinds of outputs that detection networks have; each brings its input, its decoder and its classes. */
enum DetectionHead {
    CENTERNET(Set.of("hm", "wh"), 0.3, 0) {
        @Override
        DetectorInput input(Shape shape, PictureFit fit) {
            return DetectorInput.centerNet(shape.h(), shape.w(), fit);
        }

        @Override
        DetectionDecoder decoder(Shape shape, double above, int limit) {
            return new CenterNetDecoder(above, limit);
        }
    },
    SSD(Set.of("loc", "conf"), 0.5, 1) {
        @Override
        DetectorInput input(Shape shape, PictureFit fit) {
            if (shape.h() != shape.w()) {
                throw new HarDNetException("An SSD network sees a square; this session was opened for %dx%d."
                        .formatted(shape.h(), shape.w()));
            }
            return DetectorInput.ssd(shape.h(), fit);
        }

        @Override
        DetectionDecoder decoder(Shape shape, double above, int limit) {
            return new SsdDecoder(PriorBoxes.coco(shape.h()), above, limit);
        }
    };

    private final Set<String> outputs;
    private final double above;
    private final int backgrounds;

    DetectionHead(Set<String> outputs, double above, int backgrounds) {
        this.outputs = outputs;
        this.above = above;
        this.backgrounds = backgrounds;
    }

    /** The head that has these outputs, in any order. */
    static DetectionHead of(List<String> outputNames) {
        return Arrays.stream(values()).filter(head -> head.outputs.equals(Set.copyOf(outputNames))).findFirst()
                .orElseThrow(() -> new HarDNetException("Outputs %s cannot be read as boxes; expected hm and wh, or "
                        .formatted(outputNames) + "loc and conf."));
    }

    /** The score above which people want to see a detection. */
    double above() {
        return above;
    }

    /** How many of a model's classes have a label: all but the background. */
    int labelledClasses(int classes) {
        return classes - backgrounds;
    }

    /** What makes the network's input N x 3 x H x W. */
    abstract DetectorInput input(Shape shape, PictureFit fit);

    /** What reads the outputs for that input. */
    abstract DetectionDecoder decoder(Shape shape, double above, int limit);
}
