package dev.hardnet;

import dev.hardnet.backend.Backend;
import dev.hardnet.backend.Planner;
import dev.hardnet.backend.cpu.CpuBackend;
import dev.hardnet.backend.cuda.CudaBackend;
import dev.hardnet.backend.cuda.CudaPlanner;
import dev.hardnet.backend.reference.ReferenceBackend;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a session runs. Devices of one kind and index are equal. */
public final class Device {
    /** The processor, by native kernels of the best instruction set it has. */
    public static final Device CPU = new Device(Kind.CPU, 0);
    /** The processor, by plain Java accumulating in double: slow, the yardstick for correctness. */
    public static final Device REFERENCE = new Device(Kind.REFERENCE, 0);

    private static final String CUDA_NAME = "cuda(?::(\\d{1,3}))?";

    /** What a device is. */
    public enum Kind {
        /** The processor, by native kernels. */
        CPU(Precision.FLOAT32, Precision.BFLOAT16),
        /** The processor, by plain Java. */
        REFERENCE(Precision.FLOAT32),
        /** An NVIDIA GPU. */
        CUDA(Precision.FLOAT32, Precision.TF32, Precision.FLOAT16);

        private final List<Precision> precisions;

        Kind(Precision... precisions) {
            this.precisions = List.of(precisions);
        }

        private boolean knows(Precision precision) {
            return precisions.contains(precision);
        }

        private static String named(Stream<?> values, String separator) {
            return values.map(value -> value.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(separator));
        }
    }

    private final Kind kind;
    private final int index;

    private Device(Kind kind, int index) {
        this.kind = kind;
        this.index = index;
    }

    /**
     * An NVIDIA GPU. Whether it is there shows when a session is opened on it.
     *
     * @param index the driver's number of it, 0 for the first
     * @return the device
     * @throws HarDNetException when the index is negative
     */
    public static Device cuda(int index) {
        if (index < 0) {
            throw new HarDNetException("There is no GPU %d; expected 0 or more.".formatted(index));
        }
        return new Device(Kind.CUDA, index);
    }

    /**
     * The fastest device of this machine: the first GPU if it is usable, else the processor. Found out once, at the
     * first call, which logs the reason.
     *
     * @return the device
     */
    public static Device best() {
        return BestDevice.find();
    }

    /**
     * Finds a device by its name.
     *
     * @param name {@code cpu}, {@code reference}, {@code cuda}, {@code cuda:N} or {@code best}
     * @return the device
     * @throws HarDNetException when there is none of that name
     */
    public static Device byName(String name) {
        Matcher cuda = Pattern.compile(CUDA_NAME).matcher(name);
        if (cuda.matches()) {
            return cuda(cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1)));
        }
        return switch (name) {
            case "cpu" -> CPU;
            case "reference" -> REFERENCE;
            case "best" -> best();
            default -> throw new HarDNetException(
                    "There is no device named '%s'; expected one of cpu, reference, cuda, cuda:N, best."
                            .formatted(name));
        };
    }

    /**
     * What it is.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Which of its kind it is.
     *
     * @return the driver's number of a GPU, 0 for the processor
     */
    public int index() {
        return index;
    }

    /** What runs sessions here. */
    Backend backend(Precision precision) {
        checkPrecision(precision);
        return switch (kind) {
            case CPU -> cpuBackend(precision);
            case REFERENCE -> new ReferenceBackend();
            case CUDA -> CudaBackend.open(index, precision);
        };
    }

    /** What plans sessions; a plan for a GPU needs no GPU. */
    Planner planner(Precision precision) {
        checkPrecision(precision);
        return kind == Kind.CUDA ? CudaPlanner.withoutDevice(precision) : backend(precision);
    }

    private void checkPrecision(Precision precision) {
        if (!kind.knows(precision)) {
            String able = Kind.named(Arrays.stream(Kind.values()).filter(each -> each.knows(precision)), " or ");
            throw new HarDNetException("The device %s computes in %s only; %s was asked for, which needs %s."
                    .formatted(this, Kind.named(kind.precisions.stream(), " or "), precision, able));
        }
    }

    private static Backend cpuBackend(Precision precision) {
        try {
            return CpuBackend.open(precision);
        } catch (HarDNetException missing) {
            if (Boolean.getBoolean("hardnet.strict") || !Kind.REFERENCE.knows(precision)) {
                throw missing;
            }
            System.getLogger("dev.hardnet").log(System.Logger.Level.WARNING,
                    "Running on the slow reference backend. {0}", missing.getMessage());
            return new ReferenceBackend();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Device device && kind == device.kind && index == device.index;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, index);
    }

    /** The device's name on the command line. */
    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return index == 0 ? name : name + ":" + index;
    }
}
