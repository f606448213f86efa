package dev.hardnet.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.graph.Activation;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Shape;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NativeStructsTest {
    @BeforeAll
    static void load() {
        NativeLibrary.load();
    }

    @Test
    void structuresAreAsLargeAsTheCompilerMadeThem() {
        assertEquals(NativeFunctions.sizeofSegment(), NativeStructs.SEGMENT.byteSize());
        assertEquals(NativeFunctions.sizeofOutput(), NativeStructs.OUTPUT.byteSize());
        assertEquals(NativeFunctions.sizeofStep(), NativeStructs.STEP.byteSize());
        assertEquals(NativeFunctions.ABI_VERSION, NativeFunctions.abiVersion());
    }

    @Test
    void fieldsStandInTheOrderOfTheHeader() throws IOException {
        String header = Files.readString(Path.of("native/include/hardnet.h"));
        assertEquals(fields(header, "hn_segment"), names(NativeStructs.SEGMENT));
        assertEquals(fields(header, "hn_output"), names(NativeStructs.OUTPUT));
        assertEquals(fields(header, "hn_step"), names(NativeStructs.STEP));
        assertEquals(fields(header, "hn_cache"), names(NativeStructs.CACHE));
        assertEquals(fields(header, "hn_traffic"), names(NativeStructs.TRAFFIC));
    }

    @Test
    void tiersAreNumberedAsInTheHeader() throws IOException {
        String header = Files.readString(Path.of("native/include/hardnet.h"));
        for (Tier tier : Tier.values()) {
            assertEquals(1, Pattern.compile("HN_TIER_" + tier.name() + " = " + tier.ordinal() + "\\b").matcher(header)
                    .results().count(), tier.name());
        }
    }

    @ParameterizedTest
    @EnumSource(StepKind.class)
    void kindsAreNumberedAsInTheHeader(StepKind kind) throws IOException {
        String header = Files.readString(Path.of("native/include/hardnet.h"));
        assertEquals(1, Pattern.compile("HN_" + kind.name() + " = " + kind.ordinal() + "\\b").matcher(header)
                .results().count());
    }

    @ParameterizedTest
    @EnumSource(ConvolutionWay.class)
    void waysAreNumberedAsInTheHeader(ConvolutionWay way) throws IOException {
        String header = Files.readString(Path.of("native/include/hardnet.h"));
        assertEquals(1, Pattern.compile("HN_" + way.name() + " = " + way.ordinal() + "\\b").matcher(header).results()
                .count());
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void activationsAreNumberedAsInTheHeader(Activation activation) throws IOException {
        String header = Files.readString(Path.of("native/include/hardnet.h"));
        assertEquals(1, Pattern.compile("HN_" + activation.name() + " = " + activation.ordinal() + "\\b")
                .matcher(header).results().count());
    }

    @Test
    void theKernelsSeeTheSizesThatJavaWrites() {
        GraphBuilder graph = new GraphBuilder(new Shape(2, 3, 9, 7));
        graph.conv("c", graph.input(), 10, 3, 2, Activation.RELU6, Parameters.normalized("w", "n"));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment step = arena.allocate(NativeStructs.STEP);
            StepWriter.writeSizes(step, graph.build().operators().getFirst(), ConvolutionWay.WINOGRAD_2X2);
            for (Tier tier : Tier.supported()) {
                NativeFunctions.checkStep(tier.ordinal(), step, "c");
            }
        }
    }

    @Test
    void offsetsAreThoseOfTheLayouts() {
        for (StructLayout layout : List.of(NativeStructs.STEP, NativeStructs.SEGMENT, NativeStructs.OUTPUT)) {
            NativeStructs.offsets(layout).forEach((field, offset) ->
                    assertEquals(NativeStructs.offset(layout, field), offset.longValue(), field));
        }
    }

    private static List<String> names(StructLayout layout) {
        return layout.memberLayouts().stream().map(MemoryLayout::name).map(name -> name.orElseThrow()).toList();
    }

    /** The fields of a structure in the header, comments and types taken away. */
    private static List<String> fields(String header, String struct) {
        Matcher body = Pattern.compile("typedef struct " + struct + " \\{(.*?)\\}", Pattern.DOTALL).matcher(header);
        if (!body.find()) {
            throw new IllegalStateException("The header has no " + struct);
        }
        List<String> fields = new ArrayList<>();
        String code = body.group(1).replaceAll("/\\*.*?\\*/", "").replaceAll("(?s)/\\*.*?\\*/", "");
        for (String declaration : code.split(";")) {
            String names = declaration.strip().replaceFirst("^(const )?\\w+ ", "");
            Arrays.stream(names.split(",")).map(name -> name.replaceAll("[*\\s]", "")).filter(name -> !name.isEmpty())
                    .forEach(fields::add);
        }
        return fields;
    }
}
