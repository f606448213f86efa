package dev.hardnet.backend.cpu;

import dev.hardnet.HarDNetException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The functions of native/include/hardnet.h that simulate caches; see {@link NativeFunctions}. */
final class SimulationFunctions {
    private static final MemorySegment CREATE = NativeCall.function("hn_simulation_create");
    private static final MemorySegment RUN = NativeCall.function("hn_simulation_run");
    private static final MemorySegment DESTROY = NativeCall.function("hn_simulation_destroy");

    private SimulationFunctions() {
    }

    /** Makes a simulation of two caches, hn_cache each; the caller destroys it. */
    static MemorySegment createSimulation(int tier, MemorySegment first, MemorySegment last) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment message = call.allocate(NativeFunctions.MESSAGE_BYTES);
            MemorySegment simulation = call.allocate(ValueLayout.JAVA_LONG);
            int status = (int) NativeCall.call(CREATE, tier, first.address(), last.address(), simulation.address(),
                    message.address(), NativeFunctions.MESSAGE_BYTES, 0);
            if (status != NativeFunctions.OK) {
                throw new HarDNetException("The caches could not be simulated: " + message.getString(0));
            }
            return NativeFunctions.pointer(simulation);
        }
    }

    /** Simulates a step and writes its hn_traffic; name says which operator it is. */
    static void runSimulation(MemorySegment simulation, MemorySegment step, MemorySegment traffic, String name) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment message = call.allocate(NativeFunctions.MESSAGE_BYTES);
            int status = (int) NativeCall.call(RUN, simulation.address(), step.address(), traffic.address(),
                    message.address(), NativeFunctions.MESSAGE_BYTES);
            if (status != NativeFunctions.OK) {
                throw new HarDNetException("%s could not be simulated: %s".formatted(name, message.getString(0)));
            }
        }
    }

    static void destroySimulation(MemorySegment simulation) {
        NativeCall.call(DESTROY, simulation.address());
    }
}
