package dev.hardnet.vision;

import java.util.OptionalDouble;

/**
 * What a detector shows.
 *
 * @param above only detections with higher scores than this, 0..1; empty for what suits the network: 0.3 for CenterNet
 *              and 0.5 for SSD, as in the demos of their authors
 * @param limit at most this many detections of a picture, at least 1
 * @param fit   how pictures of another shape become the network's input
 */
public record DetectorOptions(OptionalDouble above, int limit, PictureFit fit) {
    private static final int COCO_LIMIT = 100;

    /**
     * Checks the options.
     *
     * @throws dev.hardnet.HarDNetException when one is out of range
     */
    public DetectorOptions {
        DecoderInputs.checkSettings(above.orElse(0), limit);
    }

    /**
     * What suits the network, 100 detections, pictures stretched.
     *
     * @return the default options
     */
    public static DetectorOptions defaults() {
        return builder().build();
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
        private OptionalDouble above = OptionalDouble.empty();
        private int limit = COCO_LIMIT;
        private PictureFit fit = PictureFit.STRETCH;

        private Builder() {
        }

        /**
         * How sure the network must be of a detection; the default suits the network. To measure a network's precision
         * rather than to show something to people, take 0.01.
         *
         * @param value only higher scores than this, 0..1
         * @return this
         */
        public Builder above(double value) {
            above = OptionalDouble.of(value);
            return this;
        }

        /**
         * How many detections of a picture there may be; the default is 100, as many as COCO's evaluation counts.
         *
         * @param value detections, the surest ones
         * @return this
         */
        public Builder limit(int value) {
            limit = value;
            return this;
        }

        /**
         * How pictures of another shape become the network's input; the default is {@link PictureFit#STRETCH}.
         *
         * @param value the fit
         * @return this
         */
        public Builder fit(PictureFit value) {
            fit = value;
            return this;
        }

        /**
         * Ends the settings.
         *
         * @return the options
         * @throws dev.hardnet.HarDNetException when one is out of range
         */
        public DetectorOptions build() {
            return new DetectorOptions(above, limit, fit);
        }
    }
}
