package dev.hardnet.backend.cpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.StructLayout;
import java.util.HashMap;
import java.util.Map;

/** The structures of native/include/hardnet.h. */
final class NativeStructs {
    static final StructLayout SEGMENT = MemoryLayout.structLayout(
            ADDRESS.withName("data"),
            JAVA_LONG.withName("pixel_stride"),
            JAVA_INT.withName("channels"),
            JAVA_INT.withName("reserved"));

    static final StructLayout OUTPUT = MemoryLayout.structLayout(
            ADDRESS.withName("data"),
            JAVA_LONG.withName("pixel_stride"));

    static final StructLayout STEP = MemoryLayout.structLayout(
            JAVA_INT.withName("kind"),
            JAVA_INT.withName("activation"),
            JAVA_INT.withName("n"),
            JAVA_INT.withName("in_c"),
            JAVA_INT.withName("in_h"),
            JAVA_INT.withName("in_w"),
            JAVA_INT.withName("out_c"),
            JAVA_INT.withName("out_h"),
            JAVA_INT.withName("out_w"),
            JAVA_INT.withName("kernel_h"),
            JAVA_INT.withName("kernel_w"),
            JAVA_INT.withName("stride"),
            JAVA_INT.withName("padding_h"),
            JAVA_INT.withName("padding_w"),
            JAVA_INT.withName("dilation"),
            JAVA_INT.withName("segment_count"),
            JAVA_INT.withName("output_count"),
            JAVA_INT.withName("convolution"),
            JAVA_INT.withName("inner_activation"),
            JAVA_INT.withName("element"),
            ADDRESS.withName("segments"),
            ADDRESS.withName("output"),
            JAVA_LONG.withName("output_stride"),
            ADDRESS.withName("extra_outputs"),
            ADDRESS.withName("weights"));

    static final StructLayout CACHE = MemoryLayout.structLayout(
            JAVA_LONG.withName("bytes"),
            JAVA_INT.withName("line_bytes"),
            JAVA_INT.withName("ways"));

    static final StructLayout TRAFFIC = MemoryLayout.structLayout(
            JAVA_LONG.withName("accesses"),
            JAVA_LONG.withName("requests"),
            JAVA_LONG.withName("read_misses"),
            JAVA_LONG.withName("write_misses"),
            JAVA_LONG.withName("write_backs"));

    private NativeStructs() {
    }

    /** Where each field of a structure stands. */
    static Map<String, Integer> offsets(StructLayout layout) {
        Map<String, Integer> offsets = new HashMap<>();
        int offset = 0;
        for (MemoryLayout field : layout.memberLayouts()) {
            offsets.put(field.name().orElseThrow(), offset);
            offset += Math.toIntExact(field.byteSize());
        }
        return offsets;
    }

    static long offset(StructLayout layout, String field) {
        return layout.byteOffset(MemoryLayout.PathElement.groupElement(field));
    }
}
