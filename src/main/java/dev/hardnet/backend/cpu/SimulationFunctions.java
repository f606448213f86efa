package dev.hardnet.backend.cpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.hardnet.HarDNetException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The functions of native/include/hardnet.h that simulate caches; see {@link NativeFunctions}. */
final class SimulationFunctions {
    private static final MethodHandle CREATE = NativeFunctions.function("hn_simulation_create", JAVA_INT,
            JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle RUN = NativeFunctions.function("hn_simulation_run", JAVA_INT,
            ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle DESTROY = NativeFunctions.procedure("hn_simulation_destroy", ADDRESS);

    private SimulationFunctions() {
    }

    /** Makes a simulation of two caches, hn_cache each; the caller destroys it. */
    static MemorySegment createSimulation(int tier, MemorySegment first, MemorySegment last) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment message = call.allocate(NativeFunctions.MESSAGE_BYTES);
            MemorySegment simulation = call.allocate(ADDRESS);
            int status = (int) CREATE.invokeExact(tier, first, last, simulation, message,
                    NativeFunctions.MESSAGE_BYTES);
            if (status != NativeFunctions.OK) {
                throw new HarDNetException("The caches could not be simulated: " + message.getString(0));
            }
            return simulation.get(ADDRESS, 0);
        } catch (Throwable failure) {
            throw NativeFunctions.unexpected(failure);
        }
    }

    /** Simulates a step and writes its hn_traffic; name says which operator it is. */
    static void runSimulation(MemorySegment simulation, MemorySegment step, MemorySegment traffic, String name) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment message = call.allocate(NativeFunctions.MESSAGE_BYTES);
            int status = (int) RUN.invokeExact(simulation, step, traffic, message,
                    NativeFunctions.MESSAGE_BYTES);
            if (status != NativeFunctions.OK) {
                throw new HarDNetException("%s could not be simulated: %s".formatted(name, message.getString(0)));
            }
        } catch (Throwable failure) {
            throw NativeFunctions.unexpected(failure);
        }
    }

    static void destroySimulation(MemorySegment simulation) {
        try {
            DESTROY.invokeExact(simulation);
        } catch (Throwable failure) {
            throw NativeFunctions.unexpected(failure);
        }
    }
}
