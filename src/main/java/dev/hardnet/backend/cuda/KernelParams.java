package dev.hardnet.backend.cuda;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.List;

/** What a kernel is launched with: {@code hn_params} of native/cuda/params.h. */
final class KernelParams {
    /** The most targets that one launch writes. */
    static final int MAX_TARGETS = 6;

    private static final StructLayout MAP = MemoryLayout.structLayout(JAVA_LONG.withName("data"),
            JAVA_LONG.withName("n_stride"), JAVA_LONG.withName("c_stride"), JAVA_LONG.withName("p_stride"));
    private static final StructLayout VIEW = MemoryLayout.structLayout(MAP.withName("map"),
            JAVA_LONG.withName("packs"));
    private static final StructLayout TARGET = MemoryLayout.structLayout(MAP.withName("map"),
            JAVA_LONG.withName("scale"), JAVA_LONG.withName("shift"), JAVA_INT.withName("first"),
            JAVA_INT.withName("channels"));
    private static final StructLayout PARAMS = MemoryLayout.structLayout(
            MemoryLayout.sequenceLayout(2, VIEW).withName("in"),
            MemoryLayout.sequenceLayout(MAX_TARGETS, TARGET).withName("out"),
            JAVA_LONG.withName("weight"), JAVA_LONG.withName("in_shift"), JAVA_LONG.withName("workspace"),
            JAVA_FLOAT.withName("low"), JAVA_FLOAT.withName("high"),
            JAVA_FLOAT.withName("in_low"), JAVA_FLOAT.withName("in_high"),
            JAVA_INT.withName("targets"),
            JAVA_INT.withName("n"), JAVA_INT.withName("in_c"), JAVA_INT.withName("in_h"), JAVA_INT.withName("in_w"),
            JAVA_INT.withName("out_c"), JAVA_INT.withName("out_h"), JAVA_INT.withName("out_w"),
            JAVA_INT.withName("in_row"), JAVA_INT.withName("kernel_h"), JAVA_INT.withName("kernel_w"),
            JAVA_INT.withName("stride"), JAVA_INT.withName("padding_h"), JAVA_INT.withName("padding_w"),
            JAVA_INT.withName("dilation"), JAVA_INT.withName("splits"));

    /** What is read: one map, or, where packs is not 0, the packs that the table there lists. */
    record Source(MapAddress map, long packs) {
    }

    /**
     * Where results are written.
     *
     * @param map      the place
     * @param scale    address of a float32 for each of the channels, or 0
     * @param shift    address of a float32 for each of the channels, or 0
     * @param first    the first channel of the result that stands there
     * @param channels how many, padding included
     */
    record Target(MapAddress map, long scale, long shift, int first, int channels) {
        /** The same place for values that are written as they are. */
        Target unchanged() {
            return new Target(map, 0, 0, first, channels);
        }

        int endChannel() {
            return first + channels;
        }
    }

    /** Values are limited to this range. */
    record Limits(float low, float high) {
        static final Limits NONE = new Limits(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
    }

    private final MemorySegment params;

    KernelParams(Arena arena) {
        params = arena.allocate(PARAMS);
        limits(Limits.NONE);
        inputLimits(Limits.NONE);
    }

    MemorySegment memory() {
        return params;
    }

    KernelParams source(int index, Source source) {
        long at = PARAMS.byteOffset(PathElement.groupElement("in"), PathElement.sequenceElement(index));
        write(at, source.map());
        params.set(JAVA_LONG, at + offset(VIEW, "packs"), source.packs());
        return this;
    }

    KernelParams targets(List<Target> targets) {
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            long at = PARAMS.byteOffset(PathElement.groupElement("out"), PathElement.sequenceElement(i));
            write(at, target.map());
            params.set(JAVA_LONG, at + offset(TARGET, "scale"), target.scale());
            params.set(JAVA_LONG, at + offset(TARGET, "shift"), target.shift());
            params.set(JAVA_INT, at + offset(TARGET, "first"), target.first());
            params.set(JAVA_INT, at + offset(TARGET, "channels"), target.channels());
        }
        return set("targets", targets.size());
    }

    KernelParams limits(Limits limits) {
        return set("low", limits.low()).set("high", limits.high());
    }

    KernelParams inputLimits(Limits limits) {
        return set("in_low", limits.low()).set("in_high", limits.high());
    }

    KernelParams weight(long address) {
        params.set(JAVA_LONG, offset(PARAMS, "weight"), address);
        return this;
    }

    KernelParams inputShift(long address) {
        params.set(JAVA_LONG, offset(PARAMS, "in_shift"), address);
        return this;
    }

    /** Where so many splits of a convolution leave their sums. */
    KernelParams splits(int splits, long workspace) {
        params.set(JAVA_LONG, offset(PARAMS, "workspace"), workspace);
        return set("splits", splits);
    }

    KernelParams set(String field, int value) {
        params.set(JAVA_INT, offset(PARAMS, field), value);
        return this;
    }

    private KernelParams set(String field, float value) {
        params.set(JAVA_FLOAT, offset(PARAMS, field), value);
        return this;
    }

    private void write(long at, MapAddress map) {
        params.set(JAVA_LONG, at, map.address());
        params.set(JAVA_LONG, at + offset(MAP, "n_stride"), map.pictureStride());
        params.set(JAVA_LONG, at + offset(MAP, "c_stride"), map.channelStride());
        params.set(JAVA_LONG, at + offset(MAP, "p_stride"), map.pixelStride());
    }

    private static long offset(StructLayout layout, String field) {
        return layout.byteOffset(PathElement.groupElement(field));
    }
}
