package dev.hardnet.backend.cpu;

import dev.hardnet.Tensor;
import dev.hardnet.graph.ElementType;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Output;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Copies an output from the arena into its tensor, allocating nothing. */
@FunctionalInterface
interface OutputReader {
    void read(Tensor to);

    /** Reads an output of a tier's maps, with a step that lives as long as the arena. */
    static OutputReader of(Output output, MapMemory maps, Tier tier, Arena arena) {
        if (output.layout() == Output.Layout.PRIORS) {
            return priors(output.maps(), maps);
        }
        if (output.type() == ElementType.UINT8) {
            // One channel: the order of pixels is that of the tensor.
            MemorySegment memory = maps.of(output.maps().getFirst());
            return to -> MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 0, to.bytes(), 0, to.bytes().length);
        }
        return PlaneRows.reading(output, maps, tier, arena)::read;
    }

    /** Channels last is the order of priors within a map; the maps of a picture stand one after the other. */
    private static OutputReader priors(List<FeatureMap> outputs, MapMemory maps) {
        int pictures = outputs.getFirst().shape().n();
        MapElements elements = MapElements.of(outputs.getFirst().type());
        int[] lengths = outputs.stream().mapToInt(map -> Math.toIntExact(map.shape().elements() / pictures)).toArray();
        MemorySegment[] memory = outputs.stream().map(maps::of).toArray(MemorySegment[]::new);
        return to -> {
            int position = 0;
            for (int n = 0; n < pictures; n++) {
                for (int i = 0; i < memory.length; i++) {
                    elements.read(memory[i], (long) n * lengths[i], to.data(), position, lengths[i]);
                    position += lengths[i];
                }
            }
        };
    }
}
