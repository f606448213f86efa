package dev.hardnet.cli;

import dev.hardnet.Model;
import dev.hardnet.SessionOptions;
import dev.hardnet.vision.Detection;
import dev.hardnet.vision.DetectionOverlay;
import dev.hardnet.vision.Detections;
import dev.hardnet.vision.Detector;
import dev.hardnet.vision.DetectorOptions;
import dev.hardnet.vision.Labels;
import dev.hardnet.vision.Palette;
import dev.hardnet.vision.PictureReader;
import dev.hardnet.vision.PictureStages;
import java.awt.image.BufferedImage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hardnet detect}. */
@Command(name = "detect", mixinStandardHelpOptions = true,
        description = "Tell what is where in pictures: label, score and box of each thing found. The folder DIR gets "
                + "NAME-detections.png for each picture, the picture with the boxes.",
        footer = OutputOptions.FOOTER)
final class DetectCommand implements Callable<Integer>, PictureReport<Detections> {
    private static final String ENDING = "-detections.png";

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

    @Option(names = "--min-score", paramLabel = "S",
            description = "Only what has a higher score than this, 0 to 1. Default: 0.3 for CenterNet, 0.5 for SSD.")
    private Double minScore;

    @Option(names = {"-k", "--top"}, paramLabel = "K",
            description = "At most so many things of a picture, the surest. Default: 100.")
    private Integer top;

    @Option(names = "--labels", paramLabel = "FILE",
            description = "The names of the classes without the background, one per line; or a table with tabs that "
                    + "also has their colours. Default: the model's own, or COCO's.")
    private Path labels;

    private OutputFolder folder;

    /** What a program reads for one picture; boxes are in its pixels. */
    private record Row(String file, String picture, int width, int height, List<Detection> detections) {
    }

    @Override
    public Integer call() {
        PictureRun<Detections> run =
                new PictureRun<>(spec, pictures.findOutside(output.folder()), pictures.json(), this);
        return run.isEmpty() ? run.endWithoutPictures() : detect(run);
    }

    private int detect(PictureRun<Detections> run) {
        folder = OutputFolder.of(output.folder(), run.files(), List.of(ENDING));
        SessionOptions options = input.addTo(device.toSession()).build();
        try (Model loaded = model.loadGiven(); Detector detector = open(loaded, options)) {
            Palette palette = labels == null ? Palette.of(detector.labels()) : Palette.read(labels);
            return run.through(new Stages(pictures.reader(), detector, palette, folder), options.batch());
        }
    }

    private Detector open(Model loaded, SessionOptions options) {
        DetectorOptions shown = shown();
        return labels == null ? Detector.open(loaded, options, shown)
                : Detector.open(loaded, options, shown, Labels.read(labels));
    }

    private DetectorOptions shown() {
        DetectorOptions.Builder shown = DetectorOptions.builder();
        if (minScore != null) {
            shown.above(minScore);
        }
        return (top == null ? shown : shown.limit(top)).build();
    }

    /** From a file to one with boxes. */
    private record Stages(PictureReader reader, Detector detector, Palette palette, OutputFolder folder)
            implements PictureStages<BufferedImage, Detections> {
        @Override
        public BufferedImage read(Path file) {
            return reader.read(file);
        }

        @Override
        public List<Detections> run(List<BufferedImage> batch) {
            return detector.detect(batch);
        }

        @Override
        public void write(Path file, BufferedImage picture, Detections found) {
            folder.write(file, ENDING, new DetectionOverlay(palette).draw(picture, found));
        }
    }

    @Override
    public void print(Path file, Detections found, PrintWriter out) {
        out.printf("%s -> %s%n", file, folder.of(file, ENDING));
        if (found.size() == 0) {
            out.println("  nothing found");
        }
        for (Detection each : found) {
            out.printf(Locale.ROOT, "  %5.1f%%  %s  %s%n", 100 * each.score(), each.label(), each.box());
        }
    }

    @Override
    public Object row(Path file, Detections found) {
        return new Row(file.toString(), folder.of(file, ENDING).toString(), found.width(), found.height(),
                found.all());
    }
}
