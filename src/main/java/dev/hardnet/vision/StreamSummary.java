package dev.hardnet.vision;

import java.time.Duration;
import java.util.Locale;

/**
 * What a {@link PictureStream} did and where time went.
 *
 * @param files   files given
 * @param done    files that have an outcome, refused ones included; fewer than given when the stream was stopped
 * @param refused files that could not be read
 * @param elapsed time from the start to the last outcome
 * @param reading the threads that read
 * @param running the thread that runs the network
 * @param writing the threads that write
 */
public record StreamSummary(int files, int done, int refused, Duration elapsed, Load reading, Load running,
                            Load writing) {
    /**
     * How busy the threads of one stage were.
     *
     * @param threads threads
     * @param busy    time spent, the sum over the threads
     */
    public record Load(int threads, Duration busy) {
        /**
         * The part of the time that the threads were busy.
         *
         * @param elapsed time from the start to the end
         * @return 0..1; near 1, this stage is what the others wait for
         */
        public double share(Duration elapsed) {
            return elapsed.isZero() ? 0 : (double) busy.toNanos() / elapsed.toNanos() / threads;
        }
    }

    /**
     * The rate.
     *
     * @return files done per second
     */
    public double picturesPerSecond() {
        return elapsed.isZero() ? 0 : done / seconds();
    }

    /** For example {@code 40 pictures in 2.05 s, 19.5 pictures/s, 1 failed; busy: reading 97% ..., writing 0%}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d picture%s in %.2f s, %.1f pictures/s, %d failed; busy: reading %s, "
                + "network %s, writing %s", done, done == 1 ? "" : "s", seconds(), picturesPerSecond(), refused,
                percent(reading), percent(running), percent(writing));
    }

    private double seconds() {
        return elapsed.toNanos() / 1e9;
    }

    private String percent(Load load) {
        String share = String.format(Locale.ROOT, "%.0f%%", 100 * load.share(elapsed));
        return load.threads == 1 ? share : share + " of " + load.threads + " threads";
    }
}
