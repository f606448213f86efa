package dev.hardnet.cli;

import dev.hardnet.Model;
import dev.hardnet.SessionOptions;
import dev.hardnet.vision.ClassShare;
import dev.hardnet.vision.Labels;
import dev.hardnet.vision.Palette;
import dev.hardnet.vision.PictureReader;
import dev.hardnet.vision.PictureStages;
import dev.hardnet.vision.SegmentationMap;
import dev.hardnet.vision.SegmentationOverlay;
import dev.hardnet.vision.Segmenter;
import java.awt.image.BufferedImage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hardnet segment}. */
@Command(name = "segment", mixinStandardHelpOptions = true,
        description = "Tell what each pixel of pictures shows. The folder DIR gets two for each: NAME.png, of the "
                + "same size, whose samples are the classes and whose palette shows them, and NAME-overlay.png to look "
                + "at, with a legend.",
        footer = OutputOptions.FOOTER)
final class SegmentCommand implements Callable<Integer>, PictureReport<SegmentationMap> {
    private static final String MAP = ".png";
    private static final String OVERLAY = "-overlay.png";
    private static final int SHOWN = 5;

    @Spec
    private CommandSpec spec;

    @Mixin
    private PictureOptions pictures;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ModelOptions model;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private InputOptions input;

    @Option(names = "--labels", paramLabel = "FILE",
            description = "The names of the classes, one per line; or a table with tabs that also has their colours. "
                    + "Default: the model's own, or Cityscapes'.")
    private Path labels;

    private OutputFolder folder;

    /** What a program reads for one picture; the map's size is that which the network saw. */
    private record Row(String file, String classes, String overlay, int width, int height, List<ClassShare> shares) {
    }

    @Override
    public Integer call() {
        PictureRun<SegmentationMap> run =
                new PictureRun<>(spec, pictures.findOutside(output.folder()), pictures.json(), this);
        return run.isEmpty() ? run.endWithoutPictures() : segment(run);
    }

    private int segment(PictureRun<SegmentationMap> run) {
        folder = OutputFolder.of(output.folder(), run.files(), List.of(MAP, OVERLAY));
        SessionOptions options = input.addTo(device.toSession()).build();
        try (Model loaded = model.loadGiven(); Segmenter segmenter = open(loaded, options)) {
            Palette palette = labels == null ? Palette.of(segmenter.labels()) : Palette.read(labels);
            return run.through(new Stages(pictures.reader(), segmenter, palette, folder), options.batch());
        }
    }

    private Segmenter open(Model loaded, SessionOptions options) {
        return labels == null ? Segmenter.open(loaded, options) : Segmenter.open(loaded, options, Labels.read(labels));
    }

    /** From a file to two others. */
    private record Stages(PictureReader reader, Segmenter segmenter, Palette palette, OutputFolder folder)
            implements PictureStages<BufferedImage, SegmentationMap> {
        @Override
        public BufferedImage read(Path file) {
            return reader.read(file);
        }

        @Override
        public List<SegmentationMap> run(List<BufferedImage> batch) {
            return segmenter.segment(batch);
        }

        @Override
        public void write(Path file, BufferedImage picture, SegmentationMap found) {
            SegmentationMap map = found.resize(picture.getWidth(), picture.getHeight());
            folder.write(file, MAP, map.toIndexedImage(palette));
            folder.write(file, OVERLAY, new SegmentationOverlay(palette).draw(picture, map));
        }
    }

    @Override
    public void print(Path file, SegmentationMap map, PrintWriter out) {
        out.printf("%s -> %s%n", file, folder.of(file, OVERLAY));
        for (ClassShare each : map.shares().stream().limit(SHOWN).toList()) {
            out.printf("  %6s  %s%n", each.percentage(), each.label());
        }
    }

    @Override
    public Object row(Path file, SegmentationMap map) {
        return new Row(file.toString(), folder.of(file, MAP).toString(), folder.of(file, OVERLAY).toString(),
                map.width(), map.height(), map.shares());
    }
}
