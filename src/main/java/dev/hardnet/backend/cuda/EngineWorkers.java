package dev.hardnet.backend.cuda;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.DoubleConsumer;

/**
 * Threads that build engines side by side, each with a handle of its own: compiling an engine's kernels keeps one
 * processor busy.
 */
final class EngineWorkers {
    /** On 16 processors 16 threads took four fifths of the time that 8 took; each holds a handle's memory. */
    private static final int MOST_THREADS = 16;

    private final int device;
    private final byte[] kernels;

    EngineWorkers(int device, byte[] kernels) {
        this.device = device;
        this.kernels = kernels;
    }

    /**
     * Works on all problems and returns when every thread has ended.
     *
     * @param problems what to build engines for
     * @param work     builds those for one problem with a thread's handle
     * @param progress is told which part is done, by one thread at a time
     * @throws RuntimeException the first failure of a thread
     */
    void run(Collection<ConvolutionProblem> problems, BiConsumer<ConvolutionProblem, CudnnHandle> work,
             DoubleConsumer progress) {
        int threads = Math.min(Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS), problems.size());
        Queue<ConvolutionProblem> left = new ConcurrentLinkedQueue<>(problems);
        List<Future<?>> ends = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(Math.max(1, threads))) {
            for (int thread = 0; thread < threads; thread++) {
                ends.add(executor.submit(() -> work(left, work, () -> tell(progress, left, problems.size()))));
            }
        }
        ends.forEach(EngineWorkers::check);
    }

    private void work(Queue<ConvolutionProblem> left, BiConsumer<ConvolutionProblem, CudnnHandle> work,
                      Runnable done) {
        CudaSession session = CudaSession.open(device, kernels);
        try {
            for (ConvolutionProblem next = left.poll(); next != null; next = left.poll()) {
                work.accept(next, session.cudnn());
                done.run();
            }
        } finally {
            session.close();
        }
    }

    private synchronized void tell(DoubleConsumer progress, Collection<ConvolutionProblem> left, int all) {
        progress.accept(1 - (double) left.size() / all);
    }

    private static void check(Future<?> end) {
        try {
            end.get();
        } catch (ExecutionException failure) {
            switch (failure.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                default -> throw new AssertionError(failure);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while building engines.", interrupted);
        }
    }
}
