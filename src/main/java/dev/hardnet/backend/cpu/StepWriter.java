package dev.hardnet.backend.cpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.hardnet.HarDNetException;
import dev.hardnet.graph.Activation;
import dev.hardnet.graph.Conv;
import dev.hardnet.graph.DepthwiseConv;
import dev.hardnet.graph.GlobalAveragePool;
import dev.hardnet.graph.Linear;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Segment;
import dev.hardnet.graph.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.util.List;

/** Writes operators as hn_step structures. The numbers are those of native/include/hardnet.h. */
final class StepWriter {
    private static final int CONV = 0;
    private static final int DEPTHWISE_CONV = 1;
    private static final int MAX_POOL = 2;
    private static final int AVERAGE_POOL = 3;
    private static final int GLOBAL_AVERAGE_POOL = 4;
    private static final int LINEAR = 5;

    private StepWriter() {
    }

    /** Everything that is known before memory is: kind, sizes, window. */
    static void writeSizes(MemorySegment step, Operator operator) {
        Shape in = operator.reads().getFirst().shape();
        Shape out = operator.output().shape();
        set(step, "n", in.n());
        set(step, "in_c", in.c());
        set(step, "in_h", in.h());
        set(step, "in_w", in.w());
        set(step, "out_c", out.c());
        set(step, "out_h", out.h());
        set(step, "out_w", out.w());
        switch (operator) {
            case Conv conv -> writeKind(step, CONV, conv.activation(), conv.kernel(), conv.stride(), conv.padding(),
                    conv.dilation());
            case DepthwiseConv conv -> writeKind(step, DEPTHWISE_CONV, conv.activation(), conv.kernel(), conv.stride(),
                    conv.padding(), 1);
            case Pool pool -> writeKind(step, pool.type() == Pool.Type.MAX ? MAX_POOL : AVERAGE_POOL, Activation.NONE,
                    pool.kernel(), pool.stride(), pool.padding(), 1);
            case GlobalAveragePool pool -> writeKind(step, GLOBAL_AVERAGE_POOL, Activation.NONE, 1, 1, 0, 1);
            case Linear linear -> writeKind(step, LINEAR, Activation.NONE, 1, 1, 0, 1);
            default -> throw new HarDNetException("The cpu backend does not run %s (%s) yet."
                    .formatted(operator.name(), operator.kind()));
        }
    }

    private static void writeKind(MemorySegment step, int kind, Activation activation, int kernel, int stride,
                                  int padding, int dilation) {
        set(step, "kind", kind);
        set(step, "activation", activation.ordinal());
        set(step, "kernel", kernel);
        set(step, "stride", stride);
        set(step, "padding", padding);
        set(step, "dilation", dilation);
    }

    /** Where the step reads: one hn_segment for each segment of the view. */
    static void writeInput(MemorySegment step, List<Segment> segments, MapMemory maps, SegmentAllocator tables) {
        MemorySegment table = tables.allocate(NativeStructs.SEGMENT, segments.size());
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            MemorySegment row = table.asSlice(i * NativeStructs.SEGMENT.byteSize(), NativeStructs.SEGMENT);
            row.set(ADDRESS, offset(NativeStructs.SEGMENT, "data"),
                    maps.of(segment.map()).asSlice((long) segment.firstChannel() * Float.BYTES));
            row.set(JAVA_LONG, offset(NativeStructs.SEGMENT, "pixel_stride"), segment.map().shape().c());
            row.set(JAVA_INT, offset(NativeStructs.SEGMENT, "channels"), segment.channels());
        }
        set(step, "segment_count", segments.size());
        step.set(ADDRESS, offset(NativeStructs.STEP, "segments"), table);
    }

    static void writeOutput(MemorySegment step, Operator operator, MapMemory maps) {
        step.set(ADDRESS, offset(NativeStructs.STEP, "output"), maps.of(operator.output()));
        step.set(JAVA_LONG, offset(NativeStructs.STEP, "output_stride"), operator.output().shape().c());
    }

    static void writeWeights(MemorySegment step, MemorySegment packed) {
        step.set(ADDRESS, offset(NativeStructs.STEP, "weights"), packed);
    }

    static void writeWorkspace(MemorySegment step, MemorySegment workspace) {
        step.set(ADDRESS, offset(NativeStructs.STEP, "workspace"), workspace);
    }

    private static void set(MemorySegment step, String field, int value) {
        step.set(JAVA_INT, offset(NativeStructs.STEP, field), value);
    }

    private static long offset(StructLayout layout, String field) {
        return NativeStructs.offset(layout, field);
    }
}
