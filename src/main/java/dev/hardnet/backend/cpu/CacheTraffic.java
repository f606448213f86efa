package dev.hardnet.backend.cpu;

/**
 * What one or several steps did to the caches and to memory, in lines.
 *
 * @param lineBytes   bytes of a line
 * @param accesses    of loads and stores; one that lies in two lines counts twice
 * @param requests    of those, not in the first level, so that the last level is asked
 * @param readMisses  of those, loads of what the last level lacks
 * @param writeMisses and stores: such a line is read from memory before it is written
 * @param writeBacks  written lines that left the caches
 */
public record CacheTraffic(int lineBytes, long accesses, long requests, long readMisses, long writeMisses,
                           long writeBacks) {
    /**
     * What is read from memory.
     *
     * @return bytes
     */
    public long bytesRead() {
        return (readMisses + writeMisses) * lineBytes;
    }

    /**
     * What is written to memory.
     *
     * @return bytes
     */
    public long bytesWritten() {
        return writeBacks * lineBytes;
    }

    /**
     * What memory moves.
     *
     * @return bytes read and written
     */
    public long bytes() {
        return bytesRead() + bytesWritten();
    }

    /**
     * The part of the requests to the last level that it answers without memory.
     *
     * @return 0 to 1; 1 when there are none
     */
    public double hitShare() {
        return requests == 0 ? 1 : 1 - (double) (readMisses + writeMisses) / requests;
    }

    /**
     * Adds what other steps did.
     *
     * @param other their traffic, of lines of the same size
     * @return the sum
     */
    public CacheTraffic plus(CacheTraffic other) {
        return new CacheTraffic(lineBytes, accesses + other.accesses, requests + other.requests,
                readMisses + other.readMisses, writeMisses + other.writeMisses, writeBacks + other.writeBacks);
    }
}
