package dev.hardnet.cli;

import java.time.Duration;
import java.util.function.DoubleConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar for what is usually quick: it appears on standard error, where a person looks at it, once two seconds
 * have passed.
 */
final class SlowProgress implements DoubleConsumer, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int PERCENT = 100;

    private final String task;
    private final long start = System.nanoTime();
    private ProgressBar bar;

    SlowProgress(String task) {
        this.task = task;
    }

    /** Takes the part that is done, from 0 to 1. */
    @Override
    public void accept(double part) {
        if (bar == null && Progress.isWatched() && System.nanoTime() - start > PATIENCE.toNanos()) {
            bar = new ProgressBarBuilder().setTaskName(task).setInitialMax(PERCENT).setUnit("%", 1)
                    .setStyle(ProgressBarStyle.ASCII).clearDisplayOnFinish().build();
        }
        if (bar != null) {
            bar.stepTo(Math.round(part * PERCENT));
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
