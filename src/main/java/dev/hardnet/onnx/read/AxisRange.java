package dev.hardnet.onnx.read;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What a Slice takes along one axis.
 *
 * @param axis  the axis
 * @param start the first index taken
 * @param step  from one index to the next, negative for a way backwards
 * @param count how many are taken
 */
record AxisRange(int axis, long start, long step, long count) {
    /** The ranges of a Slice, as inputs or, in old files, as attributes. */
    static List<AxisRange> of(NodeCall node) {
        Dims dims = node.dims(0);
        List<Long> starts = node.integers(1, "starts").orElseThrow(() -> node.fault("has no starts"));
        List<Long> ends = node.integers(2, "ends").orElseThrow(() -> node.fault("has no ends"));
        List<Long> axes = node.integers(3, "axes").orElse(LongStream.range(0, starts.size()).boxed().toList());
        List<Long> steps = node.integers(4, "steps").orElse(starts.stream().map(_ -> 1L).toList());
        if (ends.size() != starts.size() || axes.size() != starts.size() || steps.size() != starts.size()) {
            throw node.fault("has %d starts, %d ends, %d axes and %d steps".formatted(starts.size(), ends.size(),
                    axes.size(), steps.size()));
        }
        List<AxisRange> ranges = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            int axis = node.axis(axes.get(i), dims.rank());
            if (steps.get(i) == 0) {
                throw node.fault("has a step of 0");
            }
            ranges.add(of(axis, dims.get(axis), starts.get(i), ends.get(i), steps.get(i)));
        }
        return ranges;
    }

    private static AxisRange of(int axis, long size, long start, long end, long step) {
        boolean forwards = step > 0;
        long from = Math.clamp(start < 0 ? start + size : start, 0, forwards ? size : size - 1);
        long to = Math.clamp(end < 0 ? end + size : end, forwards ? 0 : -1, size);
        long distance = forwards ? to - from : from - to;
        return new AxisRange(axis, from, step, Math.max(0, Math.ceilDiv(distance, Math.absExact(step))));
    }
}
