package dev.hardnet.backend.cpu;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.hardnet.plan.Plan;
import dev.hardnet.plan.Step;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Passes every load and store of maps, packed weights and scratch memory that the native kernels make on one thread
 * through two caches. The kernels themselves tell the addresses: they run over vectors without values, in memory that
 * does not exist. Not safe for several threads.
 */
public final class CacheSimulator implements AutoCloseable {
    private final Arena arena = Arena.ofConfined();
    private final SimulatedSteps steps;
    private final MemorySegment simulation;
    private final MemorySegment traffic = arena.allocate(NativeStructs.TRAFFIC);
    private final int lineBytes;

    private CacheSimulator(Plan plan, Kernels kernels, CacheSize first, CacheSize last) {
        lineBytes = last.lineBytes();
        steps = new SimulatedSteps(plan, kernels, arena);
        simulation = SimulationFunctions.createSimulation(kernels.tier().ordinal(), write(first), write(last));
    }

    /**
     * Prepares empty caches for a plan.
     *
     * @param plan  a plan of maps one by one, as the cpu backend makes it
     * @param first the level next to the processor
     * @param last  the level next to memory, with lines of the same size
     * @return the simulator, for the kernels that a session would use
     * @throws dev.hardnet.HarDNetException when an operator or the caches are refused
     */
    public static CacheSimulator open(Plan plan, CacheSize first, CacheSize last) {
        return new CacheSimulator(plan, CpuBackend.open().kernels(), first, last);
    }

    private MemorySegment write(CacheSize size) {
        MemorySegment cache = arena.allocate(NativeStructs.CACHE);
        cache.set(JAVA_LONG, NativeStructs.offset(NativeStructs.CACHE, "bytes"), size.bytes());
        cache.set(JAVA_INT, NativeStructs.offset(NativeStructs.CACHE, "line_bytes"), size.lineBytes());
        cache.set(JAVA_INT, NativeStructs.offset(NativeStructs.CACHE, "ways"), size.ways());
        return cache;
    }

    /**
     * Runs a step; the caches keep what the steps before it have left.
     *
     * @param step a step of the plan
     * @return what it did to the caches
     */
    public CacheTraffic run(Step step) {
        SimulationFunctions.runSimulation(simulation, steps.of(step), traffic, step.operator().name());
        return new CacheTraffic(lineBytes, count("accesses"), count("requests"), count("read_misses"),
                count("write_misses"), count("write_backs"));
    }

    private long count(String field) {
        return traffic.get(JAVA_LONG, NativeStructs.offset(NativeStructs.TRAFFIC, field));
    }

    @Override
    public void close() {
        SimulationFunctions.destroySimulation(simulation);
        arena.close();
    }
}
