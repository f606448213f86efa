package dev.hardnet.cli;

import dev.hardnet.HarDNetException;
import dev.hardnet.Model;
import dev.hardnet.SessionOptions;
import dev.hardnet.vision.Classification;
import dev.hardnet.vision.Classifications;
import dev.hardnet.vision.Classifier;
import dev.hardnet.vision.Labels;
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

/** {@code hardnet classify}. */
@Command(name = "classify", mixinStandardHelpOptions = true,
        description = "Tell what is in pictures. Without --network and --weights it uses the small model in the jar, "
                + "which knows the ten classes of CIFAR-10.")
final class ClassifyCommand implements Callable<Integer>, PictureReport<Classifications> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private PictureOptions pictures;

    @Mixin
    private ModelOptions model;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private InputOptions input;

    @Option(names = {"-k", "--top"}, paramLabel = "K", defaultValue = "5",
            description = "How many labels to print. Default: 5.")
    private int top;

    @Option(names = "--labels", paramLabel = "FILE",
            description = "The names of the classes, one per line. Default: the model's own, or ImageNet's.")
    private Path labels;

    /** What a program reads for one picture. */
    private record Row(String file, List<Classification> predictions) {
    }

    @Override
    public Integer call() {
        if (top < 1) {
            throw new HarDNetException("--top is %d; expected at least 1.".formatted(top));
        }
        PictureRun<Classifications> run = new PictureRun<>(spec, pictures.find(), pictures.json(), this);
        return run.isEmpty() ? run.endWithoutPictures() : classify(run);
    }

    private int classify(PictureRun<Classifications> run) {
        SessionOptions options = input.addTo(device.toSession()).build();
        try (Model loaded = model.loadOrEmbedded(); Classifier classifier = open(loaded, options)) {
            if (model.areAbsent() && !pictures.json()) {
                EmbeddedNotice.print(spec.commandLine().getOut(), loaded);
            }
            return run.through(classifier.stages(pictures.reader()), options.batch());
        }
    }

    private Classifier open(Model loaded, SessionOptions options) {
        return labels == null ? Classifier.open(loaded, options)
                : Classifier.open(loaded, options, Labels.read(labels));
    }

    @Override
    public void print(Path file, Classifications found, PrintWriter out) {
        out.println(file);
        for (Classification each : found.best(top)) {
            out.printf(Locale.ROOT, "  %5.1f%%  %s%n", 100 * each.probability(), each.label());
        }
    }

    @Override
    public Object row(Path file, Classifications found) {
        return new Row(file.toString(), found.best(top));
    }
}
