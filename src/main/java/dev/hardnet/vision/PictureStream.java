package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Takes many picture files through a network: while it runs on one batch, the next pictures are read and the results
 * before are written. Outcomes come in the order of the files, and only {@link StreamOptions#pictures()} pictures are
 * in memory at a time, however many files there are.
 *
 * <p>All threads are platform threads and end with {@link #forEach}, on every way out of it: the stages compute or call
 * native code, which would keep the carrier of a virtual thread all the while.
 *
 * @param <P> a picture as it is read
 * @param <R> what the network says about one picture
 */
public final class PictureStream<P, R> {
    private final int count;
    private final Iterator<Path> files;
    private final PictureStages<P, R> stages;
    private final StreamOptions options;
    /** One for each picture that may be in memory: taken before it is read, given back once its outcome is delivered. */
    private final Semaphore places;
    private final BlockingQueue<PictureInFlight<P, R>> toRun = new LinkedBlockingQueue<>();
    private final BlockingQueue<PictureInFlight<P, R>> toDeliver = new LinkedBlockingQueue<>();
    private final PictureInFlight<P, R> end = new PictureInFlight<>(null);
    private final StageClock reading;
    private final StageClock running = new StageClock(1);
    private final StageClock writing;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stopped;
    private volatile boolean interrupted;
    private boolean used;
    private boolean ended;
    private int done;
    private int refused;

    private PictureStream(List<Path> files, PictureStages<P, R> stages, StreamOptions options) {
        this.count = files.size();
        this.files = files.iterator();
        this.stages = stages;
        this.options = options;
        this.places = new Semaphore(options.pictures());
        this.reading = new StageClock(options.readers());
        this.writing = new StageClock(options.writers());
    }

    /**
     * Makes a stream, which can be used once. Nothing is read yet.
     *
     * @param <P>     a picture as it is read
     * @param <R>     what the network says about one picture
     * @param files   the files, for example those of {@link PictureFiles#expand}
     * @param stages  what is done with each of them, for example {@link Classifier#stages}
     * @param options batch and threads
     * @return the stream
     */
    public static <P, R> PictureStream<P, R> of(List<Path> files, PictureStages<P, R> stages, StreamOptions options) {
        return new PictureStream<>(List.copyOf(files), stages, options);
    }

    /**
     * Reads, runs and writes all files, and hands over each outcome on the calling thread once it is written. Returns
     * when all is done or, after {@link #stop()}, when what had begun is done. Interrupting the calling thread stops the
     * stream likewise; the thread is interrupted again on return.
     *
     * @param consumer takes the outcomes in the order of the files; what it throws ends the stream and is thrown here
     * @return what was done
     * @throws RuntimeException      what a stage threw, if any; the results before it have been written and delivered
     * @throws IllegalStateException when the stream was used before
     */
    public StreamSummary forEach(Consumer<PictureOutcome<R>> consumer) {
        requireUnused();
        long start = System.nanoTime();
        try (ExecutorService writers = pool("write", options.writers());
                ExecutorService runner = pool("run", 1);
                ExecutorService readers = pool("read", options.readers())) {
            flow(readers, runner, writers, consumer);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        throwFailure();
        return new StreamSummary(count, done, refused, Duration.ofNanos(System.nanoTime() - start), reading.load(),
                running.load(), writing.load());
    }

    /**
     * Ends the stream early: no further picture is read or run, those already run are written and delivered. Any thread
     * may call this at any time, and again.
     */
    public void stop() {
        stopped = true;
    }

    private synchronized void requireUnused() {
        if (used) {
            throw new IllegalStateException("The stream has been used already.");
        }
        used = true;
    }

    private static ExecutorService pool(String stage, int threads) {
        return Executors.newFixedThreadPool(threads, Thread.ofPlatform().name("pictures-" + stage + "-", 1).factory());
    }

    private void flow(ExecutorService readers, ExecutorService runner, ExecutorService writers,
            Consumer<PictureOutcome<R>> consumer) {
        try {
            for (int i = 0; i < options.readers(); i++) {
                readers.execute(this::readAll);
            }
            runner.execute(() -> runAll(writers));
            deliverAll(consumer);
        } catch (RuntimeException | Error broken) {
            stop();
            // Nobody delivers any more, so this wakes the first reader that waits for a place; each wakes the next.
            places.release();
            // Interrupted, the pools would not let the writers complete their files.
            interrupted |= Thread.interrupted();
            throw broken;
        }
    }

    private void readAll() {
        for (PictureInFlight<P, R> next = next(); next != end; next = next()) {
            read(next);
        }
    }

    /** The next file, already in both queues, so that their order is that of the files whoever is done first. */
    private PictureInFlight<P, R> next() {
        places.acquireUninterruptibly();
        synchronized (files) {
            if (!stopped && files.hasNext()) {
                PictureInFlight<P, R> next = new PictureInFlight<>(files.next());
                toRun.add(next);
                toDeliver.add(next);
                return next;
            }
            if (!ended) {
                ended = true;
                toRun.add(end);
                toDeliver.add(end);
            }
        }
        places.release();
        return end;
    }

    private void read(PictureInFlight<P, R> item) {
        try {
            item.read(Objects.requireNonNull(reading.time(() -> stages.read(item.file()))));
        } catch (HarDNetException refusal) {
            item.refuse(refusal);
            // At once, not when delivered: behind a batch that waits to be full, any number of files may be refused.
            places.release();
        } catch (Throwable broken) {
            fail(broken, List.of(item));
        }
    }

    private void runAll(ExecutorService writers) {
        List<PictureInFlight<P, R>> batch = new ArrayList<>();
        for (PictureInFlight<P, R> item = take(toRun); item != end; item = take(toRun)) {
            if (item.picture() != null) {
                batch.add(item);
            }
            if (batch.size() == options.batch()) {
                run(batch, writers);
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            run(batch, writers);
        }
    }

    private void run(List<PictureInFlight<P, R>> batch, ExecutorService writers) {
        if (stopped) {
            batch.forEach(PictureInFlight::drop);
            return;
        }
        try {
            List<P> pictures = batch.stream().map(PictureInFlight::picture).toList();
            List<R> results = running.time(() -> stages.run(pictures));
            if (results.size() != batch.size()) {
                throw new HarDNetException("A run of %d pictures gave %d results; expected one for each."
                        .formatted(batch.size(), results.size()));
            }
            for (int i = 0; i < results.size(); i++) {
                PictureInFlight<P, R> item = batch.get(i);
                R result = results.get(i);
                writers.execute(() -> write(item, result));
            }
        } catch (Throwable broken) {
            fail(broken, batch);
        }
    }

    private void write(PictureInFlight<P, R> item, R result) {
        try {
            writing.time(() -> {
                stages.write(item.file(), item.picture(), result);
                return null;
            });
            item.finish(result);
        } catch (Throwable broken) {
            fail(broken, List.of(item));
        }
    }

    private void fail(Throwable broken, List<PictureInFlight<P, R>> items) {
        failure.compareAndSet(null, broken);
        stop();
        items.forEach(PictureInFlight::drop);
    }

    private void deliverAll(Consumer<PictureOutcome<R>> consumer) {
        boolean whole = true;
        for (PictureInFlight<P, R> item = take(toDeliver); item != end; item = take(toDeliver)) {
            PictureOutcome<R> outcome = item.outcome();
            whole &= outcome != null;
            if (whole) {
                consumer.accept(outcome);
                done++;
                refused += outcome.isRefused() ? 1 : 0;
            }
            if (outcome == null || !outcome.isRefused()) {
                places.release();
            }
        }
    }

    private PictureInFlight<P, R> take(BlockingQueue<PictureInFlight<P, R>> queue) {
        while (true) {
            try {
                return queue.take();
            } catch (InterruptedException asked) {
                interrupted = true;
                stop();
            }
        }
    }

    private void throwFailure() {
        switch (failure.get()) {
            case null -> { }
            case RuntimeException broken -> throw broken;
            case Error broken -> throw broken;
            case Throwable broken -> throw new IllegalStateException(broken);
        }
    }
}
