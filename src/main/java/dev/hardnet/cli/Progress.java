package dev.hardnet.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on standard error where a person looks at it; nothing for a single item or a log file. */
final class Progress implements AutoCloseable {
    private final ProgressBar bar;

    private Progress(ProgressBar bar) {
        this.bar = bar;
    }

    static Progress over(String task, int items) {
        return new Progress(!isWatched() || items < 2 ? null : new ProgressBarBuilder().setTaskName(task)
                .setInitialMax(items).setUnit(" pictures", 1).setStyle(ProgressBarStyle.ASCII).showSpeed()
                .clearDisplayOnFinish().build());
    }

    /** Whether a person looks at standard error. */
    static boolean isWatched() {
        return System.console() != null && System.console().isTerminal();
    }

    /** Makes room for a line of another output; the bar comes back by itself. */
    void clear() {
        if (bar != null) {
            System.err.print("\r\u001b[K");
            System.err.flush();
        }
    }

    void step() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
