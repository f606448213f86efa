package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * A file on its way through a {@link PictureStream}. Each of its two futures is completed on every way: with null when
 * there is nothing to come.
 */
final class PictureInFlight<P, R> {
    private final Path file;
    private final CompletableFuture<P> picture = new CompletableFuture<>();
    private final CompletableFuture<PictureOutcome<R>> outcome = new CompletableFuture<>();

    PictureInFlight(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    void read(P value) {
        picture.complete(value);
    }

    void refuse(HarDNetException refusal) {
        outcome.complete(new PictureOutcome<>(file, null, refusal));
        picture.complete(null);
    }

    void finish(R result) {
        outcome.complete(new PictureOutcome<>(file, result, null));
    }

    /** Ends the way without an outcome; does nothing at its end. */
    void drop() {
        outcome.complete(null);
        picture.complete(null);
    }

    /** Waits until it is read; null when it could not be. */
    P picture() {
        return picture.join();
    }

    /** Waits until all is done; null when it was dropped. */
    PictureOutcome<R> outcome() {
        return outcome.join();
    }
}
