package dev.hardnet.benchmarks.compare;

import com.google.gson.GsonBuilder;
import dev.hardnet.benchmarks.runtime.BenchmarkCase;
import dev.hardnet.benchmarks.runtime.CaseFiles;
import dev.hardnet.benchmarks.runtime.RuntimeName;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Measures case after case, prints each when it is done, and keeps the files up to date. */
final class Comparison {
    private static final double NANOS = 1e9;

    private final ComparisonProfile profile;
    private final List<RuntimeName> peers;
    private final Path folder;
    private final PrintStream out;
    private final CaseFiles files;
    private final ForkProcess process;
    private final Optional<PrintStream> progress;
    private final long start = System.nanoTime();
    private final Refusals refusals = new Refusals();
    private final Map<Integer, MachineLimits> limits = new TreeMap<>();
    private final List<CaseResult> results = new ArrayList<>();
    private final StringBuilder report = new StringBuilder();
    private double jvmMiB;

    /**
     * Prepares a comparison.
     *
     * @param profile  how much to measure
     * @param peers    whom beside ours
     * @param folder   where files are written
     * @param out      where results are printed
     * @param progress where to tell what is measured now and how long it all will take
     */
    Comparison(ComparisonProfile profile, List<RuntimeName> peers, Path folder, PrintStream out,
               Optional<PrintStream> progress) {
        this.profile = profile;
        this.peers = peers;
        this.folder = folder;
        this.out = out;
        this.progress = progress;
        files = new CaseFiles(folder.resolve("comparison"));
        process = new ForkProcess(files.folder());
    }

    /**
     * Runs it.
     *
     * @return whether ours was timed in every case
     * @throws IOException when a file cannot be written
     */
    boolean run() throws IOException {
        CasePreparation preparation = new CasePreparation(files, peers);
        for (int threads : profile.threads()) {
            measureLimits(threads);
        }
        measureJvm(profile.cases().getFirst());
        Progress cases = new Progress(profile.cases());
        long first = System.nanoTime();
        boolean complete = true;
        for (BenchmarkCase each : profile.cases()) {
            progress.ifPresent(lines -> lines.println(cases.text((System.nanoTime() - first) / NANOS)));
            preparation.prepare(each);
            complete &= measure(each);
            write();
            cases.next();
        }
        print(SummaryTable.text(results));
        print("%nThe comparison took %s, the build before it not included.%n"
                .formatted(ElapsedTime.text((System.nanoTime() - start) / NANOS)));
        write();
        return complete;
    }

    /** Memory of a process that replies and does nothing else; without it, all of a process counts as its runtime's. */
    private void measureJvm(BenchmarkCase any) throws IOException {
        try {
            ForkRequest nothing = new ForkRequest("", any, files.folder().toString(), 0);
            jvmMiB = process.run(IdleFork.class, any.threads(), nothing, ForkReply.class).peakMebibytes();
            print("JVM that runs nothing: peak %.1f MiB%n".formatted(jvmMiB));
        } catch (ForkFailure failure) {
            print("JVM that runs nothing: not measured: %s%n".formatted(failure.getMessage()));
        }
    }

    private void measureLimits(int threads) throws IOException {
        try {
            MachineLimits found = process.run(LimitsFork.class, threads, threads, MachineLimits.class);
            limits.put(threads, found);
            print("machine, %s%n".formatted(found));
        } catch (ForkFailure failure) {
            print("machine, threads %d: not measured: %s%n".formatted(threads, failure.getMessage()));
        }
    }

    private boolean measure(BenchmarkCase each) throws IOException {
        CaseMeasurement measurement = new CaseMeasurement(process, files, each, profile.seconds(), refusals);
        Optional<CaseResult> result = measurement.measure(peers, profile.rounds(), jvmMiB);
        if (result.isEmpty()) {
            print("%n%s: not compared, because ours was not timed: %s%n".formatted(each,
                    refusals.reason(RuntimeName.HARDNET, each).orElseThrow()));
            return false;
        }
        results.add(result.get());
        print("%n%s".formatted(ComparisonTable.text(result.get(), Optional.ofNullable(limits.get(each.threads())))));
        return true;
    }

    private void print(String text) {
        out.print(text);
        out.flush();
        report.append(text);
    }

    private void write() throws IOException {
        List<ComparisonRow> rows = results.stream().flatMap(result -> ComparisonRow.of(result).stream()).toList();
        String json = new GsonBuilder().setPrettyPrinting().create().toJson(rows);
        Files.writeString(folder.resolve("comparison.json"), json + "\n");
        Files.writeString(folder.resolve("comparison.svg"), ComparisonChart.svg(results));
        Files.writeString(folder.resolve("comparison.txt"), report);
    }
}
