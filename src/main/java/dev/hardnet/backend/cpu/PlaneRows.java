package dev.hardnet.backend.cpu;

import dev.hardnet.Tensor;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Output;
import dev.hardnet.graph.Resize;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Moves tensors (N x C x H x W in a Java array) to and from maps (channels last in native memory), allocating nothing.
 * The garbage collector waits for a native call that holds an array, so each moves a few rows only.
 */
final class PlaneRows {
    private static final long ELEMENTS_PER_CALL = 1 << 16;

    private final int tier;
    private final MemorySegment step;
    private final long rows;
    private final long rowsPerCall;

    private PlaneRows(Tier tier, MemorySegment step, Shape tensor) {
        this.tier = tier.ordinal();
        this.step = step;
        rows = (long) tensor.n() * tensor.h();
        rowsPerCall = Math.max(1, ELEMENTS_PER_CALL / ((long) tensor.c() * tensor.w()));
    }

    /** For a tensor that becomes a map. */
    static PlaneRows writing(FeatureMap map, MapMemory maps, Tier tier, Arena arena) {
        MemorySegment step = arena.allocate(NativeStructs.STEP);
        StepWriter.writeCopy(step, map);
        StepWriter.writeOutput(step, map, maps);
        NativeFunctions.checkStep(tier.ordinal(), step, map.name());
        return new PlaneRows(tier, step, map.shape());
    }

    /** For an output of one map, which is resized on the way when the output asks for it. */
    static PlaneRows reading(Output output, MapMemory maps, Tier tier, Arena arena) {
        FeatureMap map = output.maps().getFirst();
        MemorySegment step = arena.allocate(NativeStructs.STEP);
        if (output.isResized()) {
            FeatureMap tensor = new FeatureMap(map.id(), output.name(), output.shape(), map.type());
            StepWriter.writeSizes(step, new Resize(output.name(), View.of(map), tensor), ConvolutionWay.CHOSEN);
        } else {
            StepWriter.writeCopy(step, map);
        }
        StepWriter.writeInput(step, List.of(View.of(map)), maps, arena);
        NativeFunctions.checkStep(tier.ordinal(), step, output.name());
        return new PlaneRows(tier, step, output.shape());
    }

    void write(Tensor from) {
        for (long row = 0; row < rows; row += rowsPerCall) {
            NativeFunctions.writeRows(tier, step, row, Math.min(rows, row + rowsPerCall), from.memory());
        }
    }

    void read(Tensor to) {
        for (long row = 0; row < rows; row += rowsPerCall) {
            NativeFunctions.readRows(tier, step, row, Math.min(rows, row + rowsPerCall), to.memory());
        }
    }
}
