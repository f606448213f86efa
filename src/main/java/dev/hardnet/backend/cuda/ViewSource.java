package dev.hardnet.backend.cuda;

import dev.hardnet.backend.cuda.KernelParams.Source;
import dev.hardnet.graph.Segment;
import dev.hardnet.graph.View;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * How own kernels find a view: as one map, or by a table in the GPU's memory with an entry for each pack of channels.
 *
 * @param source   what a kernel is told
 * @param aligned whether what kernels can read in one access of 16 bytes, 8 channels in float16 and 4 pixels in
 *                float32, begins at multiples of 16 bytes
 */
record ViewSource(Source source, boolean aligned) {
    private static final int PACK = 8;
    private static final int ACCESS_BYTES = 16;
    private static final int ENTRY_BYTES = 24;

    /**
     * Finds a view.
     *
     * @param maps    where maps are
     * @param view    what a step reads
     * @param step    the step
     * @param halves  whether elements are float16, in packs where possible
     * @param session holds what is allocated
     */
    static ViewSource of(StripMemory maps, View view, int step, boolean halves, CudaSession session) {
        List<Segment> segments = view.segments();
        List<MapAddress> addresses = segments.stream().map(segment -> maps.of(segment, step)).toList();
        boolean aligned = addresses.stream().allMatch(ViewSource::isAligned) && (!halves || fillPacks(segments));
        if (segments.size() == 1) {
            return new ViewSource(new Source(addresses.getFirst(), 0), aligned);
        }
        List<MapAddress> packs = new ArrayList<>();
        int elementBytes = maps.slots().rules().elementBytes();
        for (int i = 0; i < segments.size(); i++) {
            for (int c = 0; c < segments.get(i).channels(); c += halves && aligned ? PACK : 1) {
                packs.add(addresses.get(i).from(c, elementBytes));
            }
        }
        DeviceMemory table = session.hold(DeviceMemory.copyOf(table(packs), "a view's table"));
        return new ViewSource(new Source(addresses.getFirst(), table.address()), aligned);
    }

    /** All of one map. */
    static ViewSource of(MapAddress map) {
        return new ViewSource(new Source(map, 0), isAligned(map));
    }

    static boolean isAligned(MapAddress map) {
        return map.address() % ACCESS_BYTES == 0;
    }

    /** All segments but the last must fill their packs. */
    private static boolean fillPacks(List<Segment> segments) {
        return segments.subList(0, segments.size() - 1).stream().allMatch(segment -> segment.channels() % PACK == 0);
    }

    private static ByteBuffer table(List<MapAddress> packs) {
        ByteBuffer table = ByteBuffer.allocateDirect(packs.size() * ENTRY_BYTES).order(ByteOrder.nativeOrder());
        packs.forEach(pack -> table.putLong(pack.address()).putLong(pack.pictureStride()).putLong(pack.pixelStride()));
        return table.flip();
    }
}
