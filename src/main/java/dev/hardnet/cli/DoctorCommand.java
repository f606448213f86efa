package dev.hardnet.cli;

import dev.hardnet.HarDNetException;
import dev.hardnet.backend.cpu.CpuBackend;
import dev.hardnet.backend.cpu.NativeLibrary;
import dev.hardnet.backend.cpu.Platform;
import dev.hardnet.backend.cpu.Tier;
import dev.hardnet.backend.cuda.CudaProbe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hardnet doctor}. */
@Command(name = "doctor", mixinStandardHelpOptions = true,
        description = "Tell what this machine has, what is missing and how to get it. Exit code 1 if anything is.")
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Map<String, String> findings = new LinkedHashMap<>();
        findings.put("hardnet", Version.text());
        findings.put("java", "%s (%s), %s".formatted(Runtime.version(), System.getProperty("java.vendor"),
                System.getProperty("java.home")));
        findings.put("platform", Platform.name());
        findings.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        findings.put("java heap limit", Units.mebibytes(Runtime.getRuntime().maxMemory()));
        boolean healthy = examineCpu(findings);
        findings.put("gpu", gpu(CudaProbe.run()));
        if (json) {
            Json.print(spec.commandLine().getOut(), findings);
        } else {
            findings.forEach((what, found) -> spec.commandLine().getOut().printf("%-16s %s%n", what, found));
            spec.commandLine().getOut().flush();
        }
        return healthy ? 0 : 1;
    }

    private static boolean examineCpu(Map<String, String> findings) {
        try {
            CpuBackend backend = CpuBackend.open();
            findings.put("native library", NativeLibrary.load().file().toString());
            findings.put("instructions", backend.processor());
            findings.put("tiers", Tier.supported().stream().map(Tier::toString).collect(Collectors.joining(", ")));
            findings.put("tier in use", backend.tier().toString());
            return true;
        } catch (HarDNetException missing) {
            findings.put("native library", "MISSING. " + missing.getMessage());
            return false;
        }
    }

    /** A machine without a GPU is healthy, so this is a finding and no verdict. */
    private static String gpu(CudaProbe.Result result) {
        return switch (result) {
            case CudaProbe.Unusable(String reason) -> reason;
            case CudaProbe.Usable(List<CudaProbe.Device> devices, String driver, String runtime, String cudnn) ->
                "%s; driver for CUDA %s, runtime %s, cuDNN %s"
                        .formatted(devices.stream().map(DoctorCommand::device).collect(Collectors.joining(", ")),
                                driver, runtime, cudnn);
        };
    }

    private static String device(CudaProbe.Device device) {
        return "%d: %s (compute capability %s, %s)".formatted(device.index(), device.name(),
                device.computeCapability(), Units.mebibytes(device.memoryBytes()));
    }
}
