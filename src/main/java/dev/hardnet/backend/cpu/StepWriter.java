package dev.hardnet.backend.cpu;

import dev.hardnet.graph.Activation;
import dev.hardnet.graph.Add;
import dev.hardnet.graph.BatchNormRelu;
import dev.hardnet.graph.Conv;
import dev.hardnet.graph.ConvDepthwise;
import dev.hardnet.graph.DepthwiseConv;
import dev.hardnet.graph.ElementType;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.GlobalAveragePool;
import dev.hardnet.graph.L2Norm;
import dev.hardnet.graph.Linear;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.Pool;
import dev.hardnet.graph.Resize;
import dev.hardnet.graph.ResizeArgMax;
import dev.hardnet.graph.Segment;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.SumToOne;
import dev.hardnet.graph.TransposedConv;
import dev.hardnet.graph.View;
import dev.hardnet.graph.Window;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes operators as hn_step structures, through buffers: a memory segment's own setters make classes for each type of
 * field.
 */
final class StepWriter {
    /** HN_FLOAT32 and HN_BFLOAT16. */
    private static final int FLOAT32 = 0;
    private static final int BFLOAT16 = 1;
    private static final Window NO_WINDOW = Window.same(1);
    private static final Map<String, Integer> STEP = NativeStructs.offsets(NativeStructs.STEP);
    private static final Map<String, Integer> SEGMENT = NativeStructs.offsets(NativeStructs.SEGMENT);
    private static final Map<String, Integer> OUTPUT = NativeStructs.offsets(NativeStructs.OUTPUT);

    private StepWriter() {
    }

    /** Everything that is known before memory is: kind, sizes, window, and the way of a convolution. */
    static void writeSizes(MemorySegment memory, Operator operator, ConvolutionWay way) {
        ByteBuffer step = buffer(memory);
        // Views that an operator reads stand one after the other.
        Shape in = operator.reads().getFirst().shape().withChannels(channels(operator.reads()));
        writeShapes(step, in, operator.output().shape(), operator.outputs().size());
        set(step, "convolution", operator instanceof Conv ? way.ordinal() : 0);
        set(step, "element", element(operator));
        writeKind(step, operator);
    }

    /** A copy of a whole map. */
    static void writeCopy(MemorySegment memory, FeatureMap map) {
        ByteBuffer step = buffer(memory);
        writeShapes(step, map.shape(), map.shape(), 1);
        set(step, "element", element(map));
        writeKind(step, StepKind.COPY, Activation.NONE, NO_WINDOW);
    }

    private static void writeShapes(ByteBuffer step, Shape in, Shape out, int outputs) {
        set(step, "n", in.n());
        set(step, "in_c", in.c());
        set(step, "in_h", in.h());
        set(step, "in_w", in.w());
        set(step, "out_c", out.c());
        set(step, "out_h", out.h());
        set(step, "out_w", out.w());
        set(step, "output_count", outputs);
    }

    private static int channels(List<View> views) {
        int channels = 0;
        for (View view : views) {
            channels += view.shape().c();
        }
        return channels;
    }

    /** The number of hn_element that the maps an operator reads consist of, and those it writes but for classes. */
    private static int element(Operator operator) {
        return element(operator.reads().getFirst().segments().getFirst().map());
    }

    private static int element(FeatureMap map) {
        return map.type() == ElementType.BFLOAT16 ? BFLOAT16 : FLOAT32;
    }

    private static void writeKind(ByteBuffer step, Operator operator) {
        switch (operator) {
            case Conv conv -> writeKind(step, StepKind.CONV, conv.activation(), conv.window());
            case DepthwiseConv conv -> writeKind(step, StepKind.DEPTHWISE_CONV, conv.activation(), window(conv));
            case ConvDepthwise both -> {
                writeKind(step, StepKind.CONV_DEPTHWISE, both.depthwise().activation(), window(both.depthwise()));
                set(step, "inner_activation", both.pointwise().activation().ordinal());
            }
            case TransposedConv conv -> writeKind(step, StepKind.TRANSPOSED_CONV, conv.activation(),
                    new Window(conv.kernel(), conv.stride(), conv.padding(), 1));
            case Pool pool -> writeKind(step, kind(pool.type()), Activation.NONE,
                    new Window(pool.kernel(), pool.stride(), pool.padding(), 1));
            case Add add -> writeKind(step, StepKind.ADD, add.activation(), NO_WINDOW);
            case GlobalAveragePool _ -> writeKind(step, StepKind.GLOBAL_AVERAGE_POOL, Activation.NONE, NO_WINDOW);
            case Linear _ -> writeKind(step, StepKind.LINEAR, Activation.NONE, NO_WINDOW);
            case Resize _ -> writeKind(step, StepKind.RESIZE, Activation.NONE, NO_WINDOW);
            case ResizeArgMax _ -> writeKind(step, StepKind.RESIZE_ARG_MAX, Activation.NONE, NO_WINDOW);
            case BatchNormRelu _ -> writeKind(step, StepKind.BATCH_NORM_RELU, Activation.NONE, NO_WINDOW);
            case L2Norm _ -> writeKind(step, StepKind.L2_NORM, Activation.NONE, NO_WINDOW);
            case SumToOne _ -> writeKind(step, StepKind.SUM_TO_ONE, Activation.NONE, NO_WINDOW);
        }
    }

    private static Window window(DepthwiseConv conv) {
        return new Window(conv.kernel(), conv.stride(), conv.padding(), 1);
    }

    private static StepKind kind(Pool.Type type) {
        return switch (type) {
            case MAX -> StepKind.MAX_POOL;
            case AVERAGE -> StepKind.AVERAGE_POOL;
        };
    }

    private static void writeKind(ByteBuffer step, StepKind kind, Activation activation, Window window) {
        set(step, "kind", kind.ordinal());
        set(step, "activation", activation.ordinal());
        set(step, "kernel_h", window.kernelHeight());
        set(step, "kernel_w", window.kernelWidth());
        set(step, "stride", window.stride());
        set(step, "padding_h", window.paddingHeight());
        set(step, "padding_w", window.paddingWidth());
        set(step, "dilation", window.dilation());
    }

    /** Where the step reads: one hn_segment for each segment of its views. */
    static void writeInput(MemorySegment step, List<View> views, MapMemory maps, SegmentAllocator tables) {
        List<Segment> segments = new ArrayList<>();
        for (View view : views) {
            segments.addAll(view.segments());
        }
        MemorySegment table = tables.allocate(NativeStructs.SEGMENT, segments.size());
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            ByteBuffer row = buffer(table.asSlice(i * NativeStructs.SEGMENT.byteSize(), NativeStructs.SEGMENT));
            row.putLong(SEGMENT.get("data"), maps.of(segment.map()).address()
                    + (long) segment.firstChannel() * segment.map().type().bytes());
            row.putLong(SEGMENT.get("pixel_stride"), segment.map().shape().c());
            row.putInt(SEGMENT.get("channels"), segment.channels());
        }
        ByteBuffer fields = buffer(step);
        set(fields, "segment_count", segments.size());
        set(fields, "segments", table);
    }

    /** Where the step writes: its first output, and one hn_output for each other. */
    static void writeOutputs(MemorySegment step, Operator operator, MapMemory maps, SegmentAllocator tables) {
        writeOutput(step, operator.output(), maps);
        List<FeatureMap> others = operator.outputs().subList(1, operator.outputs().size());
        if (others.isEmpty()) {
            return;
        }
        MemorySegment table = tables.allocate(NativeStructs.OUTPUT, others.size());
        for (int i = 0; i < others.size(); i++) {
            ByteBuffer row = buffer(table.asSlice(i * NativeStructs.OUTPUT.byteSize(), NativeStructs.OUTPUT));
            row.putLong(OUTPUT.get("data"), maps.of(others.get(i)).address());
            row.putLong(OUTPUT.get("pixel_stride"), others.get(i).shape().c());
        }
        set(buffer(step), "extra_outputs", table);
    }

    /** Where a step with one output writes. */
    static void writeOutput(MemorySegment step, FeatureMap map, MapMemory maps) {
        ByteBuffer fields = buffer(step);
        set(fields, "output", maps.of(map));
        fields.putLong(STEP.get("output_stride"), map.shape().c());
    }

    static void writeWeights(MemorySegment step, MemorySegment packed) {
        set(buffer(step), "weights", packed);
    }

    private static ByteBuffer buffer(MemorySegment struct) {
        return struct.asByteBuffer().order(ByteOrder.nativeOrder());
    }

    private static void set(ByteBuffer step, String field, int value) {
        step.putInt(STEP.get(field), value);
    }

    private static void set(ByteBuffer step, String field, MemorySegment address) {
        step.putLong(STEP.get(field), address.address());
    }
}
