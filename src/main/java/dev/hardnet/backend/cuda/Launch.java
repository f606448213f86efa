package dev.hardnet.backend.cuda;

/** Something that is put into a session's stream, the same each time; puts it there without allocating. */
@FunctionalInterface
interface Launch {
    /**
     * Enqueues it.
     *
     * @throws dev.hardnet.HarDNetException when it is refused
     */
    void enqueue();
}
