package dev.hardnet.backend.cuda;

import java.util.ArrayDeque;
import java.util.Deque;

/** What must be given back, in the reverse of the order in which it was taken. */
final class Resources implements AutoCloseable {
    /** Gives something back; never throws. */
    interface Resource extends AutoCloseable {
        @Override
        void close();
    }

    private final Deque<Resource> held = new ArrayDeque<>();

    /** Holds a resource until this is closed. */
    <T extends Resource> T add(T resource) {
        held.push(resource);
        return resource;
    }

    @Override
    public void close() {
        while (!held.isEmpty()) {
            held.pop().close();
        }
    }
}
