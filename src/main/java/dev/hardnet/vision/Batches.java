package dev.hardnet.vision;

import dev.hardnet.Session;
import dev.hardnet.Tensor;
import dev.hardnet.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Pictures in groups as large as a session's batch; the last group may be smaller. */
final class Batches {
    private Batches() {
    }

    /** Runs group after group, and joins what they give: a result for each picture. */
    static <P, R> List<R> run(Session session, List<P> pictures, Function<List<P>, List<R>> network) {
        int size = session.inputShape().n();
        List<R> results = new ArrayList<>();
        for (int first = 0; first < pictures.size(); first += size) {
            results.addAll(network.apply(pictures.subList(first, Math.min(first + size, pictures.size()))));
        }
        return results;
    }

    /** A new tensor that one group goes into: N x 3 x H x W. */
    static Tensor input(Session session) {
        Shape shape = session.inputShape();
        return Tensor.zeros(shape.n(), shape.c(), shape.h(), shape.w());
    }
}
