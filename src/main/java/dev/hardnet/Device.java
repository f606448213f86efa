package dev.hardnet;

import dev.hardnet.backend.Backend;
import dev.hardnet.backend.cpu.CpuBackend;
import dev.hardnet.backend.reference.ReferenceBackend;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where a session runs. */
public enum Device {
    /** The processor, by native kernels of the best instruction set it has. */
    CPU,
    /** The processor, by plain Java accumulating in double: slow, the yardstick for correctness. */
    REFERENCE;

    /**
     * The fastest device of this machine.
     *
     * @return the device
     */
    public static Device best() {
        return CPU;
    }

    /**
     * Finds a device by its name.
     *
     * @param name for example {@code cpu}
     * @return the device
     * @throws HarDNetException when there is none of that name
     */
    public static Device byName(String name) {
        return Arrays.stream(values()).filter(device -> device.toString().equals(name)).findFirst()
                .orElseThrow(() -> new HarDNetException("There is no device named '%s'; expected one of %s.".formatted(
                        name, Arrays.stream(values()).map(Device::toString).collect(Collectors.joining(", ")))));
    }

    Backend backend() {
        return switch (this) {
            case CPU -> cpuBackend();
            case REFERENCE -> new ReferenceBackend();
        };
    }

    private static Backend cpuBackend() {
        try {
            return CpuBackend.open();
        } catch (HarDNetException missing) {
            if (Boolean.getBoolean("hardnet.strict")) {
                throw missing;
            }
            System.getLogger("dev.hardnet").log(System.Logger.Level.WARNING,
                    "Running on the slow reference backend. {0}", missing.getMessage());
            return new ReferenceBackend();
        }
    }

    /** The device's name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
