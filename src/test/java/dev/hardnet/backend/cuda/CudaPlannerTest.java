package dev.hardnet.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hardnet.Network;
import dev.hardnet.Precision;
import dev.hardnet.backend.BackendOptions;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.TransposedConv;
import dev.hardnet.plan.Plan;
import dev.hardnet.plan.SlotRules;
import dev.hardnet.plan.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CudaPlannerTest {
    private static final BackendOptions OPTIONS = new BackendOptions(1, false);

    @ParameterizedTest
    @CsvSource({"FLOAT32, 4", "TF32, 4", "FLOAT16, 2"})
    void onlyTransposedConvolutionsGetRoomForTheirUncroppedResults(Precision precision, int elementBytes) {
        Graph graph = Network.FCDENSENET_103.graph(2, 64, 96, 12);
        Plan plan = CudaPlanner.withoutDevice(precision).plan(graph, OPTIONS);
        int withRoom = 0;
        for (Step step : plan.steps()) {
            long room = 0;
            if (step.operator() instanceof TransposedConv conv) {
                Shape in = conv.input().shape();
                int channels = precision == Precision.FLOAT16 ? Math.ceilDiv(conv.output().shape().c(), 8) * 8
                        : conv.output().shape().c();
                room = new Shape(2, channels, 2 * in.h() + 1, 2 * in.w() + 1).elements() * elementBytes;
                withRoom++;
            }
            assertEquals(Math.ceilDiv(room, 256) * 256, step.workspaceBytes(), step.operator().name());
        }
        assertEquals(5, withRoom);
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
