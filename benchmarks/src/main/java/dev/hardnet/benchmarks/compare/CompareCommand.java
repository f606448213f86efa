package dev.hardnet.benchmarks.compare;

import dev.hardnet.HarDNetException;
import dev.hardnet.benchmarks.runtime.RuntimeName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code compare.sh}: measures this project and other runtimes in one run. */
@Command(name = "compare.sh", mixinStandardHelpOptions = true,
        description = "Measure HarDNet for Java beside other runtimes: every one in processes of its own, in turn.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:ours was timed in every case; of a peer that was not, the table says why",
            "1:ours was not timed", "2:wrong usage"})
final class CompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "Fewer and shorter measurements.")
    private boolean quick;

    @Option(names = "--networks", split = ",", paramLabel = "NAME[:HxW]", converter = NetworkConverter.class,
            description = "Networks, separated by commas. Default: four for classification, one for segmentation, "
                    + "two for detection.")
    private List<NetworkInput> networks;

    @Option(names = "--runtimes", split = ",", paramLabel = "NAME", converter = RuntimeConverter.class,
            description = "Whom to compare with, separated by commas: ${COMPLETION-CANDIDATES}. Default: all.",
            completionCandidates = RuntimeNames.class)
    private List<RuntimeName> runtimes = Arrays.asList(RuntimeName.values());

    @Option(names = "--threads", split = ",", paramLabel = "N",
            description = "Numbers of threads, separated by commas. Default: 1,2.")
    private List<Integer> threads;

    @Option(names = "--batch", split = ",", paramLabel = "N",
            description = "Pictures per run, separated by commas; more than 1 only where pictures are small. "
                    + "Default: 1 with --quick, else 1,8.")
    private List<Integer> batches;

    @Option(names = "--progress", hidden = true)
    private boolean progress;

    @Option(names = "--output", paramLabel = "DIR", required = true, hidden = true)
    private Path output;

    private CompareCommand() {
    }

    /**
     * Compares.
     *
     * @param arguments the command line
     */
    static void main(String[] arguments) {
        System.exit(new CommandLine(new CompareCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        requirePositive("--threads", threads);
        requirePositive("--batch", batches);
        List<RuntimeName> peers = runtimes.stream().filter(each -> each != RuntimeName.HARDNET).distinct().toList();
        boolean complete = new Comparison(profile(), peers, output, System.out,
                progress ? Optional.of(System.err) : Optional.empty()).run();
        System.out.printf("%nWritten: %s, and the same as .txt and .svg%n", output.resolve("comparison.json"));
        return complete ? 0 : 1;
    }

    private ComparisonProfile profile() {
        ComparisonProfile usual = quick ? ComparisonProfile.quick() : ComparisonProfile.full();
        return new ComparisonProfile(networks == null ? usual.networks() : networks,
                threads == null ? usual.threads() : threads, batches == null ? usual.batches() : batches,
                usual.rounds(), usual.seconds());
    }

    private void requirePositive(String option, List<Integer> values) {
        if (values != null && values.stream().anyMatch(value -> value < 1)) {
            throw new CommandLine.ParameterException(spec.commandLine(),
                    "%s is %s; every number must be at least 1.".formatted(option, values));
        }
    }

    /** Reads networks. */
    private static final class NetworkConverter implements ITypeConverter<NetworkInput> {
        @Override
        public NetworkInput convert(String text) {
            try {
                return NetworkInput.parse(text);
            } catch (HarDNetException | IllegalArgumentException unknown) {
                throw new TypeConversionException(unknown.getMessage());
            }
        }
    }

    /** Reads runtimes. */
    private static final class RuntimeConverter implements ITypeConverter<RuntimeName> {
        @Override
        public RuntimeName convert(String text) {
            try {
                return RuntimeName.of(text);
            } catch (IllegalArgumentException unknown) {
                throw new TypeConversionException(unknown.getMessage());
            }
        }
    }

    /** The names that help tells. */
    private static final class RuntimeNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(RuntimeName.values()).map(RuntimeName::toString).iterator();
        }
    }
}
