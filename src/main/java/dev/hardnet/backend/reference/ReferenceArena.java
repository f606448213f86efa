package dev.hardnet.backend.reference;

import dev.hardnet.HarDNetException;
import dev.hardnet.graph.ConvDepthwise;
import dev.hardnet.graph.ElementType;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Segment;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import dev.hardnet.plan.Plan;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The arena as one Java array, at the offsets of the plan. Maps are planar: element (n, c, y, x) in that order. Maps of
 * bytes, which only an arg-max writes, have arrays of their own. Maps that exist inside an operator only stand behind
 * the arena, all at the same place.
 */
final class ReferenceArena {
    final float[] memory;
    private final Map<FeatureMap, byte[]> bytes = new HashMap<>();
    private final Plan plan;

    ReferenceArena(Plan plan) {
        long bytesNeeded = plan.arenaBytes() + largestBetween(plan);
        if (bytesNeeded / Float.BYTES > Integer.MAX_VALUE - 8) {
            throw new HarDNetException("The reference backend holds its arena in one array of at most 8 GiB; "
                    + "this plan needs %d bytes.".formatted(bytesNeeded));
        }
        this.plan = plan;
        memory = new float[Math.toIntExact(Math.ceilDiv(bytesNeeded, Float.BYTES))];
        // What is read before it was written shows in the result.
        Arrays.fill(memory, Float.NaN);
        plan.graph().maps().stream().filter(map -> map.type() == ElementType.UINT8)
                .forEach(map -> bytes.put(map, new byte[Math.toIntExact(map.bytes())]));
    }

    private static long largestBetween(Plan plan) {
        return plan.graph().operators().stream().filter(ConvDepthwise.class::isInstance)
                .mapToLong(operator -> ((ConvDepthwise) operator).between().bytes()).max().orElse(0);
    }

    /** Where channel c of picture n of a map starts. */
    int plane(FeatureMap map, int n, int c) {
        Shape shape = map.shape();
        return start(map) + (n * shape.c() + c) * shape.h() * shape.w();
    }

    /** Where each channel of picture n starts, in the order of the view. */
    int[] planes(View view, int n) {
        int[] planes = new int[view.shape().c()];
        int channel = 0;
        for (Segment segment : view.segments()) {
            for (int c = 0; c < segment.channels(); c++) {
                planes[channel++] = plane(segment.map(), n, segment.firstChannel() + c);
            }
        }
        return planes;
    }

    byte[] bytes(FeatureMap map) {
        return bytes.get(map);
    }

    int start(FeatureMap map) {
        long offset = map.id() == ConvDepthwise.BETWEEN ? plan.arenaBytes() : plan.offset(map);
        return Math.toIntExact(offset / Float.BYTES);
    }
}
