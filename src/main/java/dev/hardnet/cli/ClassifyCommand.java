package dev.hardnet.cli;

import dev.hardnet.HarDNetException;
import dev.hardnet.Model;
import dev.hardnet.SessionOptions;
import dev.hardnet.vision.Classification;
import dev.hardnet.vision.Classifications;
import dev.hardnet.vision.Classifier;
import dev.hardnet.vision.Labels;
import dev.hardnet.vision.PictureFiles;
import dev.hardnet.vision.PictureReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hardnet classify}. */
@Command(name = "classify", mixinStandardHelpOptions = true,
        description = "Tell what is in pictures. Without --network and --weights it uses the small model in the jar, "
                + "which knows the ten classes of CIFAR-10.")
final class ClassifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "Picture files, or folders of them.")
    private List<Path> images;

    @Mixin
    private ModelOptions model;

    @Mixin
    private DeviceOptions device;

    @Option(names = {"-k", "--top"}, paramLabel = "K", defaultValue = "5",
            description = "How many labels to print. Default: 5.")
    private int top;

    @Option(names = "--labels", paramLabel = "FILE",
            description = "The names of the classes, one per line. Default: the model's own, or ImageNet's.")
    private Path labels;

    @Option(names = "--size", paramLabel = "PX",
            description = "Side of the square the network sees. Default: the model's own.")
    private Integer size;

    @Option(names = "--max-pixels", paramLabel = "N", defaultValue = "" + PictureReader.DEFAULT_MAX_PIXELS,
            description = "Refuse pictures that claim more pixels than this. Default: ${DEFAULT-VALUE}.")
    private long maxPixels;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** What a program reads for one picture: either predictions or the reason why there are none. */
    private record Result(String file, List<Classification> predictions, String error) {
    }

    @Override
    public Integer call() {
        if (top < 1) {
            throw new HarDNetException("--top is %d; expected at least 1.".formatted(top));
        }
        List<Path> files = PictureFiles.expand(images);
        SessionOptions.Builder options = device.toSession();
        if (size != null) {
            options.size(size, size);
        }
        try (Model loaded = model.loadOrEmbedded(); Classifier classifier = open(loaded, options.build())) {
            if (model.areAbsent() && !json) {
                EmbeddedNotice.print(spec.commandLine().getOut(), loaded);
            }
            return classify(files, classifier) ? 0 : 1;
        }
    }

    private Classifier open(Model loaded, SessionOptions options) {
        return labels == null ? Classifier.open(loaded, options)
                : Classifier.open(loaded, options, Labels.read(labels));
    }

    /** Whether all pictures could be classified. */
    private boolean classify(List<Path> files, Classifier classifier) {
        List<Result> results = new ArrayList<>();
        try (Progress progress = Progress.over("classify", files.size())) {
            for (Path file : files) {
                results.add(classify(file, classifier));
                progress.step();
            }
        }
        if (json) {
            Json.print(spec.commandLine().getOut(), results);
        } else {
            results.forEach(this::print);
        }
        return results.stream().allMatch(result -> result.error == null);
    }

    private Result classify(Path file, Classifier classifier) {
        try {
            Classifications found = classifier.classify(new PictureReader(maxPixels).read(file));
            return new Result(file.toString(), found.best(Math.min(top, classifier.labels().size())), null);
        } catch (HarDNetException refusal) {
            return new Result(file.toString(), null, refusal.getMessage());
        }
    }

    private void print(Result result) {
        if (result.error != null) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(spec.commandLine().getColorScheme().errorText("hardnet: " + result.error));
            err.flush();
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(result.file);
        for (Classification each : result.predictions) {
            out.printf(Locale.ROOT, "  %5.1f%%  %s%n", 100 * each.probability(), each.label());
        }
        out.flush();
    }
}
