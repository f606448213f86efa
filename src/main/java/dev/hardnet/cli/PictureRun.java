package dev.hardnet.cli;

import dev.hardnet.vision.PictureFile;
import dev.hardnet.vision.PictureOutcome;
import dev.hardnet.vision.PictureStages;
import dev.hardnet.vision.PictureStream;
import dev.hardnet.vision.StreamOptions;
import dev.hardnet.vision.StreamSummary;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * One run of a command over pictures: results as they come, a sentence for each file that is refused, a bar where a
 * person watches, and at the end what was done. Results are on standard output, all else is on standard error.
 *
 * @param <R> what the network says about one picture
 */
final class PictureRun<R> {
    private final CommandSpec spec;
    private final PictureOptions.Found found;
    private final boolean json;
    private final PictureReport<R> report;
    private final List<Object> rows = new ArrayList<>();
    private Progress progress;

    /** What a program reads for a file without result. */
    private record RefusedRow(String file, String error) {
    }

    /** Begins with a sentence for each word that means no picture. */
    PictureRun(CommandSpec spec, PictureOptions.Found found, boolean json, PictureReport<R> report) {
        this.spec = spec;
        this.found = found;
        this.json = json;
        this.report = report;
        found.refusals().forEach(this::refuse);
    }

    boolean isEmpty() {
        return found.files().isEmpty();
    }

    List<PictureFile> files() {
        return found.files();
    }

    /** Takes all files through the stages and returns the exit code. */
    int through(PictureStages<?, R> stages, int batch) {
        PictureStream<?, R> stream = PictureStream.of(found.paths(), stages, StreamOptions.ofBatch(batch));
        try (Interruption interruption = Interruption.asking(stream::stop)) {
            StreamSummary summary = follow(stream);
            return conclude(summary, interruption.happened());
        } finally {
            printRows();
        }
    }

    /** The exit code where no picture was found. */
    int endWithoutPictures() {
        printRows();
        return 1;
    }

    private StreamSummary follow(PictureStream<?, R> stream) {
        try (Progress bar = Progress.over(spec.name(), found.files().size())) {
            progress = bar;
            return stream.forEach(this::tell);
        }
    }

    private void tell(PictureOutcome<R> outcome) {
        progress.clear();
        if (outcome.isRefused()) {
            refuse(outcome.file().toString(), outcome.refusal().getMessage());
        } else if (json) {
            rows.add(report.row(outcome.file(), outcome.result()));
        } else {
            PrintWriter out = spec.commandLine().getOut();
            report.print(outcome.file(), outcome.result(), out);
            out.flush();
        }
        progress.step();
    }

    private void refuse(String file, String sentence) {
        if (json) {
            rows.add(new RefusedRow(file, sentence));
        } else {
            warn(spec.commandLine().getColorScheme().errorText("hardnet: " + sentence));
        }
    }

    private int conclude(StreamSummary summary, boolean interrupted) {
        if (summary.files() > 1) {
            warn(summary);
        }
        if (interrupted) {
            warn("hardnet: interrupted; %d of %d pictures are done.".formatted(summary.done(), summary.files()));
            return Interruption.EXIT_CODE;
        }
        return summary.refused() + found.refusals().size() == 0 ? 0 : 1;
    }

    private void warn(Object line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    private void printRows() {
        if (json) {
            Json.print(spec.commandLine().getOut(), rows);
        }
    }
}
