package dev.hardnet.backend.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The steps of a plan in their order, with copies to further places beside the steps that follow: a copy takes some
 * microseconds however small it is, and so do the steps on small maps.
 */
final class StepSchedule {
    private final CudaStream main;
    private final CudaStream side;
    private final List<Entry> steps = new ArrayList<>();

    /**
     * A step.
     *
     * @param launches what the next step waits for
     * @param copies   what it does not wait for, perhaps nothing
     * @param deadline the step before which the copies must be done; the number of steps where that is the end
     * @param written  when the launches are done
     * @param copied   when the copies are done
     */
    private record Entry(List<Launch> launches, List<Launch> copies, int deadline, CudaEvent written,
                         CudaEvent copied) {
    }

    /**
     * Puts steps together.
     *
     * @param session holds the moments that streams wait for
     * @param side    the stream of the launches that are {@link SideLaunch}
     * @param steps   the launches of each step
     * @param copying tells until when the copies of a step must be done
     */
    StepSchedule(CudaSession session, CudaStream side, List<List<Launch>> steps, CopyPlan copying) {
        main = session.stream();
        this.side = side;
        for (int step = 0; step < steps.size(); step++) {
            List<Launch> copies = steps.get(step).stream().filter(SideLaunch.class::isInstance).toList();
            List<Launch> launches = steps.get(step).stream().filter(launch -> !copies.contains(launch)).toList();
            this.steps.add(copies.isEmpty() ? new Entry(launches, copies, steps.size(), null, null)
                    : new Entry(launches, copies, copying.deadline(step), session.hold(CudaEvent.untimed()),
                            session.hold(CudaEvent.untimed())));
        }
    }

    int size() {
        return steps.size();
    }

    /** Enqueues all steps; whatever follows in the main stream waits for the copies too. */
    void enqueueAll() {
        for (int step = 0; step < steps.size(); step++) {
            awaitCopies(step);
            enqueueBeside(steps.get(step));
        }
        awaitCopies(steps.size());
    }

    /** Enqueues one step and waits for its copies, too, so that its time can be told. */
    void enqueue(int step) {
        Entry entry = steps.get(step);
        enqueueBeside(entry);
        await(entry);
    }

    private void enqueueBeside(Entry entry) {
        entry.launches().forEach(Launch::enqueue);
        if (!entry.copies().isEmpty()) {
            entry.written().record(main);
            side.await(entry.written());
            entry.copies().forEach(Launch::enqueue);
            entry.copied().record(side);
        }
    }

    private void awaitCopies(int deadline) {
        IntStream.range(0, Math.min(deadline, steps.size())).mapToObj(steps::get)
                .filter(entry -> entry.deadline() == deadline).forEach(this::await);
    }

    private void await(Entry entry) {
        if (!entry.copies().isEmpty()) {
            main.await(entry.copied());
        }
    }
}
