package dev.hardnet.vision;

import java.nio.file.Path;

/**
 * A picture file that was found by what somebody named.
 *
 * @param path where it is
 * @param name how it is called there: its path below the folder that was named or that a pattern begins with, for
 *             example {@code holidays/beach.jpg}; the bare file name of a file that was named itself
 */
public record PictureFile(Path path, Path name) {
}
