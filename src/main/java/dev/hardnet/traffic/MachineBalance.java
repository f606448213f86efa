package dev.hardnet.traffic;

import dev.hardnet.HarDNetException;

/**
 * What a machine can do at most: the two lines of its roofline.
 *
 * @param gigaMacsPerSecond  multiply-adds of float32, thousand millions in a second
 * @param gigabytesPerSecond bytes to and from memory, thousand millions in a second
 * @param origin             where the figures come from, for people
 */
public record MachineBalance(double gigaMacsPerSecond, double gigabytesPerSecond, String origin) {
    /**
     * Checks the figures.
     *
     * @throws HarDNetException when one is not a positive number
     */
    public MachineBalance {
        if (!isPositive(gigaMacsPerSecond) || !isPositive(gigabytesPerSecond)) {
            throw new HarDNetException("A machine of %s GMAC/s and %s GB/s makes no sense; both must be above 0."
                    .formatted(gigaMacsPerSecond, gigabytesPerSecond));
        }
    }

    private static boolean isPositive(double value) {
        return value > 0 && Double.isFinite(value);
    }

    /**
     * The machine's balance. What computes less for each byte that it moves is memory-bound.
     *
     * @return multiply-adds in the time of one byte
     */
    public double macsPerByte() {
        return gigaMacsPerSecond / gigabytesPerSecond;
    }

    /**
     * Whether work takes longer to move than to compute.
     *
     * @param macs  multiply-adds
     * @param bytes bytes moved
     * @return true when the multiply-adds for each byte are fewer than {@link #macsPerByte()}
     */
    public boolean isMemoryBound(long macs, long bytes) {
        return macs < macsPerByte() * bytes;
    }

    /**
     * The least time for some work: the roofline.
     *
     * @param macs  multiply-adds
     * @param bytes bytes moved
     * @return seconds: of the arithmetic or of the traffic, whichever is longer
     */
    public double seconds(long macs, long bytes) {
        return Math.max(macs / gigaMacsPerSecond, bytes / gigabytesPerSecond) / 1e9;
    }
}
