package dev.hardnet.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.Network;
import dev.hardnet.Precision;
import dev.hardnet.backend.BackendOptions;
import dev.hardnet.graph.DepthwiseConv;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.Weighted;
import dev.hardnet.plan.Plan;
import dev.hardnet.plan.SlotLayout;
import dev.hardnet.plan.SlotRules;
import dev.hardnet.plan.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CudaPlannerTest {
    private static final BackendOptions OPTIONS = new BackendOptions(1, false);

    @ParameterizedTest
    @EnumSource(Precision.class)
    void aConvolutionWhoseResultStandsTwiceGetsRoomForItsRawResult(Precision precision) {
        checkRoom(Network.HARDNET_68, precision, true);
        // Here only depthwise convolutions have results that stand twice, and their kernel writes both.
        checkRoom(Network.HARDNET_39DS, precision, false);
    }

    private static void checkRoom(Network network, Precision precision, boolean anyRoom) {
        Graph graph = network.graph(2, 64, 96, 1000);
        Plan plan = CudaPlanner.withoutDevice(precision).plan(graph, OPTIONS);
        SlotLayout slots = plan.slots().orElseThrow();
        int withRoom = 0;
        for (Step step : plan.steps()) {
            boolean library = step.operator() instanceof Weighted && !(step.operator() instanceof DepthwiseConv);
            boolean twice = slots.places(step.operator().output()).size() > 1;
            Shape shape = step.operator().output().shape();
            Shape padded = shape.withChannels(Math.ceilDiv(shape.c(), 8) * 8);
            long raw = precision == Precision.FLOAT16 ? 2 * padded.elements() : 4 * shape.elements();
            assertEquals(library && twice ? raw : 0, step.workspaceBytes(), step.operator().name());
            withRoom += library && twice ? 1 : 0;
        }
        assertEquals(anyRoom, withRoom > 0);
    }

    @Test
    void tensorFloat32StandsInMemoryAsFloat32() {
        Graph graph = Network.HARDNET_68.graph(1, 64, 64, 1000);
        assertEquals(CudaPlanner.withoutDevice(Precision.FLOAT32).plan(graph, OPTIONS),
                CudaPlanner.withoutDevice(Precision.TF32).plan(graph, OPTIONS));
        assertEquals(SlotRules.FLOAT32, CudaPlanner.rules(Precision.TF32));
        assertEquals(SlotRules.FLOAT16, CudaPlanner.rules(Precision.FLOAT16));
    }
}
