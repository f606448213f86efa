package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import java.nio.file.Path;

/**
 * How it went with one file of a {@link PictureStream}.
 *
 * @param <R>     what the network says about one picture
 * @param file    the file
 * @param result  the result, already written; null when the file was refused
 * @param refusal why the file could not be read; null when it could
 */
public record PictureOutcome<R>(Path file, R result, HarDNetException refusal) {
    /**
     * Whether the file could not be read.
     *
     * @return true when there is a refusal instead of a result
     */
    public boolean isRefused() {
        return refusal != null;
    }
}
