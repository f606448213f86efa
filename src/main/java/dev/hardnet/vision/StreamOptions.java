package dev.hardnet.vision;

import dev.hardnet.HarDNetException;

/**
 * How wide a {@link PictureStream} is.
 *
 * @param batch   pictures given to the network at a time, at least 1
 * @param readers threads that read pictures, at least 1
 * @param writers threads that write results, at least 1
 */
public record StreamOptions(int batch, int readers, int writers) {
    /** Beyond these, disks and memory are busier than processors. */
    private static final int MAX_READERS = 8;
    private static final int MAX_WRITERS = 4;

    /**
     * Checks the options.
     *
     * @throws HarDNetException when one is below 1 or the stream would hold more than 2^31 - 1 pictures
     */
    public StreamOptions {
        if (batch < 1 || readers < 1 || writers < 1 || 2L * batch + readers + writers > Integer.MAX_VALUE) {
            throw new HarDNetException(("A stream cannot have batches of %d pictures, %d threads that read and %d that "
                    + "write; every number must be at least 1.").formatted(batch, readers, writers));
        }
    }

    /**
     * As many threads as suit the processors; a thread with nothing to do costs nothing.
     *
     * @param batch pictures given to the network at a time, at least 1
     * @return the options
     * @throws HarDNetException when the batch is below 1
     */
    public static StreamOptions ofBatch(int batch) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new StreamOptions(batch, Math.min(processors, MAX_READERS),
                Math.clamp(processors / 2, 1, MAX_WRITERS));
    }

    /**
     * The most pictures in memory at a time: each reader and writer has one, one batch runs, the next one gathers.
     *
     * @return pictures
     */
    public int pictures() {
        return 2 * batch + readers + writers;
    }
}
