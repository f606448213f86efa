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
        boolean watched = System.console() != null && System.console().isTerminal();
        return new Progress(!watched || items < 2 ? null : new ProgressBarBuilder().setTaskName(task)
                .setInitialMax(items).setUnit(" pictures", 1).setStyle(ProgressBarStyle.ASCII).showSpeed()
                .clearDisplayOnFinish().build());
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
