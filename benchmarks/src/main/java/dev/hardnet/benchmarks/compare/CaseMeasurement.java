package dev.hardnet.benchmarks.compare;

import dev.hardnet.benchmarks.compare.RuntimeResult.Refused;
import dev.hardnet.benchmarks.compare.RuntimeResult.Timed;
import dev.hardnet.benchmarks.runtime.BenchmarkCase;
import dev.hardnet.benchmarks.runtime.CaseFiles;
import dev.hardnet.benchmarks.runtime.RuntimeName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures one case: in each round every runtime has one fork, so that a machine's moods meet all of them. */
final class CaseMeasurement {
    private final ForkProcess process;
    private final CaseFiles files;
    private final BenchmarkCase benchmarkCase;
    private final double seconds;
    private final Refusals refusals;
    private final Map<RuntimeName, List<ForkReply>> replies = new EnumMap<>(RuntimeName.class);

    CaseMeasurement(ForkProcess process, CaseFiles files, BenchmarkCase benchmarkCase, double seconds,
                    Refusals refusals) {
        this.process = process;
        this.files = files;
        this.benchmarkCase = benchmarkCase;
        this.seconds = seconds;
        this.refusals = refusals;
    }

    /**
     * Measures.
     *
     * @param peers  whom to measure beside ours
     * @param rounds forks of each
     * @param jvmMiB memory of a process that runs nothing
     * @return what was found; empty when ours itself could not be timed
     */
    Optional<CaseResult> measure(List<RuntimeName> peers, int rounds, double jvmMiB) throws IOException {
        for (int round = 0; round < rounds; round++) {
            measureOnce(RuntimeName.HARDNET);
            for (RuntimeName peer : peers) {
                measureOnce(peer);
            }
        }
        if (!(result(RuntimeName.HARDNET) instanceof Timed ours)) {
            return Optional.empty();
        }
        return Optional.of(new CaseResult(benchmarkCase, benchmarkCase.graph().macs(), jvmMiB, ours,
                peers.stream().map(this::result).toList()));
    }

    private void measureOnce(RuntimeName runtime) throws IOException {
        if (refusals.reason(runtime, benchmarkCase).isPresent()) {
            return;
        }
        ForkRequest request = new ForkRequest(runtime.toString(), benchmarkCase, files.folder().toString(), seconds);
        try {
            ForkReply reply = process.run(MeasureFork.class, benchmarkCase.threads(), request, ForkReply.class);
            if (reply.refusal() != null) {
                refusals.add(runtime, benchmarkCase, reply.refusal());
                return;
            }
            replies.computeIfAbsent(runtime, _ -> new ArrayList<>()).add(reply);
        } catch (ForkFailure failure) {
            refusals.add(runtime, benchmarkCase, failure.getMessage());
        }
    }

    private RuntimeResult result(RuntimeName runtime) {
        return refusals.reason(runtime, benchmarkCase).<RuntimeResult>map(reason -> new Refused(runtime, reason))
                .orElseGet(() -> new Timed(runtime, replies.get(runtime)));
    }
}
