package dev.hardnet;

/**
 * How a session is opened.
 *
 * @param device    where it runs
 * @param threads   threads of the native kernels, the caller's included, at least 1
 * @param batch     pictures per run, at least 1
 * @param height    input rows, or 0 for the model's own input size
 * @param width     input columns, or 0 for the model's own input size
 * @param argMax    whether a segmentation network gives each pixel's class instead of logits
 * @param precision what it computes with; each device knows some and refuses the others when a session is opened
 * @param tune      whether opening measures the ways to compute each convolution, and remembers the fastest for this
 *                  machine, as {@link Builder#tune(boolean)} tells
 */
public record SessionOptions(Device device, int threads, int batch, int height, int width, boolean argMax,
                             Precision precision, boolean tune) {
    /** More threads than this are refused: a typing error rather than a wish. */
    public static final int MAX_THREADS = 1024;

    /**
     * Checks the options.
     *
     * @throws HarDNetException when one is out of range
     */
    public SessionOptions {
        if (threads < 1 || threads > MAX_THREADS) {
            throw new HarDNetException("A session cannot run on %d threads; expected 1 to %d."
                    .formatted(threads, MAX_THREADS));
        }
        if (batch < 1 || height < 0 || width < 0 || (height == 0) != (width == 0)) {
            throw new HarDNetException(
                    "A session cannot take batches of %d pictures of %dx%d pixels; every size must be at least 1."
                            .formatted(batch, height, width));
        }
    }

    /**
     * The best device, all processors, one picture of the model's own size.
     *
     * @return the default options
     */
    public static SessionOptions defaults() {
        return builder().build();
    }

    /**
     * The same options with another wish for a segmentation network's output.
     *
     * @param value true for each pixel's class (bytes), false for logits (float32)
     * @return the options
     */
    public SessionOptions argMax(boolean value) {
        return new SessionOptions(device, threads, batch, height, width, value, precision, tune);
    }

    /**
     * Starts from the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Sets what differs from the defaults; every setting is optional. */
    public static final class Builder {
        private Device device;
        private int threads = Runtime.getRuntime().availableProcessors();
        private int batch = 1;
        private int height;
        private int width;
        private boolean argMax;
        private Precision precision = Precision.FLOAT32;
        private boolean tune;

        private Builder() {
        }

        /**
         * Where to run; the default is {@link Device#best()}.
         *
         * @param value the device
         * @return this
         */
        public Builder device(Device value) {
            device = value;
            return this;
        }

        /**
         * How many threads to run on; the default is one for each processor. The result does not depend on it.
         *
         * @param value threads, the caller's included
         * @return this
         */
        public Builder threads(int value) {
            threads = value;
            return this;
        }

        /**
         * How many pictures one run takes; the default is 1.
         *
         * @param value pictures
         * @return this
         */
        public Builder batch(int value) {
            batch = value;
            return this;
        }

        /**
         * The input's size; the default is the model's own.
         *
         * @param rows    input rows
         * @param columns input columns
         * @return this
         */
        public Builder size(int rows, int columns) {
            height = rows;
            width = columns;
            return this;
        }

        /**
         * For segmentation networks: gives the class of each pixel ({@code classes}, N x H x W, bytes) instead of
         * {@code logits}. The final resize and the arg-max are then one step, and full-size logits never exist.
         *
         * @param value whether to; the default is false
         * @return this
         */
        public Builder argMax(boolean value) {
            argMax = value;
            return this;
        }

        /**
         * What to compute with; the default is {@link Precision#FLOAT32}, which every device knows. GPUs also know
         * {@link Precision#TF32} and {@link Precision#FLOAT16}, the processor's native kernels
         * {@link Precision#BFLOAT16}. Input and outputs stay float32 tensors.
         *
         * @param value the precision
         * @return this
         */
        public Builder precision(Precision value) {
            precision = value;
            return this;
        }

        /**
         * Whether to measure the ways to compute each convolution when the session opens, and to remember the fastest
         * for this machine in the cache folder; the default is not to. On the processor, what was remembered serves
         * only sessions that ask for it too: ways differ in the last bits of their results. What was measured holds
         * for the session's batch and threads, so that with tuning those bits may depend on both; without, they depend
         * on neither.
         *
         * @param value whether to
         * @return this
         */
        public Builder tune(boolean value) {
            tune = value;
            return this;
        }

        /**
         * Ends the settings.
         *
         * @return the options
         * @throws HarDNetException when one is out of range
         */
        public SessionOptions build() {
            return new SessionOptions(device == null ? Device.best() : device, threads, batch, height, width, argMax,
                    precision, tune);
        }
    }
}
