package dev.hardnet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.HarDNetException;
import dev.hardnet.graph.Activation;
import dev.hardnet.graph.Conv;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.GraphBuilder;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.Parameters;
import dev.hardnet.graph.Shape;
import dev.hardnet.graph.View;
import dev.hardnet.graph.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifetimesTest {
    private static View conv(GraphBuilder builder, String name, View from) {
        return builder.conv(name, from, 4, 3, 1, Activation.RELU, Parameters.normalized(name, name + ".norm"));
    }

    /** input -> a -> b -> c(reads b and a) -> d; "unread" hangs off a; the output is b. */
    private static Graph graph() {
        GraphBuilder builder = new GraphBuilder(new Shape(1, 3, 4, 4));
        View a = conv(builder, "a", builder.input());
        View b = conv(builder, "b", a);
        View c = conv(builder, "c", View.concat(List.of(b, a)));
        conv(builder, "unread", a);
        conv(builder, "d", c);
        builder.output("out", b);
        return builder.build();
    }

    @Test
    void lastsFromTheProducerToTheLastReader() {
        Graph graph = graph();
        List<UsageRecord> records = Lifetimes.of(graph).records(Workspaces.NONE);
        assertEquals(List.of(
                new UsageRecord("input", 192, 0, 0, 64),
                new UsageRecord("a", 256, 0, 3, 64),
                new UsageRecord("b", 256, 1, 4, 64),
                new UsageRecord("c", 256, 2, 4, 64),
                new UsageRecord("unread", 256, 3, 3, 64),
                new UsageRecord("d", 256, 4, 4, 64)), records);
    }

    @Test
    void countsASlicedMapAsRead() {
        GraphBuilder builder = new GraphBuilder(new Shape(1, 3, 4, 4));
        View a = conv(builder, "a", builder.input());
        View b = conv(builder, "b", a);
        conv(builder, "c", View.concat(List.of(b, a.slice(1, 1))));
        Lifetimes lifetimes = Lifetimes.of(builder.build());
        assertEquals(2, lifetimes.last(a.maps().getFirst()));
    }

    @Test
    void keepsAWorkspaceDuringItsStepOnly() {
        List<UsageRecord> records = Lifetimes.of(graph()).records(operator -> operator.name().equals("c") ? 1000 : 0);
        assertEquals(7, records.size());
        assertEquals(new UsageRecord("workspace of c", 1000, 2, 2, 64), records.getLast());
    }

    @Test
    void refusesAGraphWithoutOperators() {
        Graph graph = new GraphBuilder(new Shape(1, 3, 4, 4)).build();
        assertThrows(HarDNetException.class, () -> Lifetimes.of(graph));
    }

    @Test
    void refusesToReadWhatIsNotYetWritten() {
        FeatureMap input = new FeatureMap(0, "input", new Shape(1, 3, 4, 4));
        FeatureMap a = new FeatureMap(1, "a", new Shape(1, 3, 4, 4));
        FeatureMap b = new FeatureMap(2, "b", new Shape(1, 3, 4, 4));
        List<Operator> swapped = List.of(reads("a", b, a), reads("b", a, b));
        HarDNetException refusal = assertThrows(HarDNetException.class,
                () -> Lifetimes.of(new Graph(input, swapped, List.of())));
        assertEquals("a reads b before any operator writes it.", refusal.getMessage());
    }

    private static Operator reads(String name, FeatureMap from, FeatureMap to) {
        return new Conv(name, View.of(from), to, Window.same(1), Activation.NONE, Parameters.biased(name));
    }
}
