package dev.hardnet.backend.cpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.hardnet.plan.Plan;
import dev.hardnet.plan.Step;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * A plan's native steps as text, for a process without a JVM (native/test/hn_run_plan). The first line has the number
 * of the tier, the arena's bytes and the number of steps. Each step is a line: the 32-bit fields of hn_step in their
 * order, then its segments (offset, pixel stride, channels), then its outputs (offset, pixel stride). Offsets are bytes
 * in the arena.
 */
public final class ProgramText {
    private ProgramText() {
    }

    /**
     * Writes a plan.
     *
     * @param plan a plan of maps one by one, as the cpu backend makes it
     * @return the text, for the kernels that a session would use
     */
    public static String of(Plan plan) {
        Kernels kernels = CpuBackend.open().kernels();
        StringBuilder text = new StringBuilder("%d %d %d\n".formatted(kernels.tier().ordinal(), plan.arenaBytes(),
                plan.steps().size()));
        try (Arena tables = Arena.ofConfined()) {
            SimulatedSteps steps = new SimulatedSteps(plan, kernels, tables);
            for (Step step : plan.steps()) {
                appendStep(text, steps.of(step));
            }
        }
        return text.toString();
    }

    private static void appendStep(StringBuilder text, MemorySegment step) {
        for (MemoryLayout field : NativeStructs.STEP.memberLayouts()) {
            if (field.byteSize() == Integer.BYTES) {
                text.append(number(step, field)).append(' ');
            }
        }
        appendRows(text, step, "segments", NativeStructs.SEGMENT, number(step, "segment_count"));
        text.append(offset(step, "output")).append(' ').append(
                step.get(JAVA_LONG, NativeStructs.offset(NativeStructs.STEP, "output_stride")));
        appendRows(text.append(' '), step, "extra_outputs", NativeStructs.OUTPUT, number(step, "output_count") - 1);
        text.append('\n');
    }

    @SuppressWarnings("restricted")
    private static void appendRows(StringBuilder text, MemorySegment step, String field, StructLayout layout,
                                   int count) {
        MemorySegment table = step.get(ADDRESS, NativeStructs.offset(NativeStructs.STEP, field))
                .reinterpret(count * layout.byteSize());
        for (int i = 0; i < count; i++) {
            MemorySegment row = table.asSlice(i * layout.byteSize(), layout);
            text.append(offsetOf(row.get(ADDRESS, 0))).append(' ');
            text.append(row.get(JAVA_LONG, NativeStructs.offset(layout, "pixel_stride"))).append(' ');
            if (layout.equals(NativeStructs.SEGMENT)) {
                text.append(row.get(JAVA_INT, NativeStructs.offset(layout, "channels"))).append(' ');
            }
        }
    }

    private static int number(MemorySegment step, MemoryLayout field) {
        return number(step, field.name().orElseThrow());
    }

    private static int number(MemorySegment step, String field) {
        return step.get(JAVA_INT, NativeStructs.offset(NativeStructs.STEP, field));
    }

    private static long offset(MemorySegment step, String field) {
        return offsetOf(step.get(ADDRESS, NativeStructs.offset(NativeStructs.STEP, field)));
    }

    private static long offsetOf(MemorySegment address) {
        return address.address() - SimulatedSteps.FIRST_ADDRESS;
    }
}
