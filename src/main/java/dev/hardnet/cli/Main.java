package dev.hardnet.cli;

import dev.hardnet.HarDNetException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line {@code hardnet}. Exit codes: 0 success, 1 failure, 2 wrong usage, 130 interrupted. */
@Command(
        name = "hardnet",
        description = "Runs the HarDNet family of networks with the least memory traffic.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Start with:  hardnet demo", "Then:        hardnet classify my-photo.jpg",
            "Details:     hardnet COMMAND --help"},
        subcommands = {
            DemoCommand.class,
            ClassifyCommand.class,
            SegmentCommand.class,
            DetectCommand.class,
            RunCommand.class,
            NetworksCommand.class,
            PlanCommand.class,
            BenchCommand.class,
            TrafficCommand.class,
            CompareCommand.class,
            ReportCommand.class,
            SimulateCacheCommand.class,
            ConvertCommand.class,
            ExportOnnxCommand.class,
            ExportScaleSimCommand.class,
            CompareScaleSimCommand.class,
            DoctorCommand.class,
            CommandLine.HelpCommand.class})
public final class Main implements Runnable {
    /** Held here, because the level of a logger that nobody holds is lost. */
    private static final Logger LOGGER = Logger.getLogger("dev.hardnet");

    @Spec
    private CommandSpec spec;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Print the stack trace of a failure.")
    private boolean verbose;

    private Main() {
    }

    /**
     * Runs a command and exits.
     *
     * @param arguments the command's words
     */
    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true");
        silenceNews();
        System.exit(commandLine().execute(arguments));
    }

    /** Which device was chosen is no news at each start: 'hardnet doctor' tells. The user's own settings go first. */
    private static void silenceNews() {
        if (System.getProperty("java.util.logging.config.file") == null) {
            LOGGER.setLevel(Level.WARNING);
        }
    }

    static CommandLine commandLine() {
        Main main = new Main();
        CommandLine commandLine = new CommandLine(main)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((failure, line, result) -> main.report(failure, line));
        commandLine.setParameterExceptionHandler(Main::reportUsage);
        return commandLine;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private int report(Exception failure, CommandLine line) {
        PrintWriter err = line.getErr();
        err.println(line.getColorScheme().errorText("hardnet: " + sentence(failure)));
        if (verbose) {
            failure.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String sentence(Exception failure) {
        return switch (failure) {
            case HarDNetException known -> known.getMessage();
            case UncheckedIOException io -> io.getCause().getMessage() + ".";
            default -> "%s (%s); --verbose shows where.".formatted(failure.getMessage(), failure.getClass().getName());
        };
    }

    private static int reportUsage(CommandLine.ParameterException failure, String[] arguments) {
        CommandLine line = failure.getCommandLine();
        line.getErr().println(line.getColorScheme().errorText("hardnet: " + failure.getMessage()));
        line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        line.getErr().flush();
        return CommandLine.ExitCode.USAGE;
    }
}
