package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a {@link PictureStream} does with each picture: read it, run a network on it, write what came of it. The three
 * overlap, each on threads of its own.
 *
 * @param <P> a picture as it is read, ready to be run: at most {@link StreamOptions#pictures()} of them exist at a time
 * @param <R> what the network says about one picture
 */
public interface PictureStages<P, R> {
    /**
     * Reads a file. Several threads call this at a time, in no certain order.
     *
     * @param file the file
     * @return the picture, never null
     * @throws HarDNetException when this file is unusable; the stream goes on with the others. Whatever else is thrown
     *                          ends the stream
     */
    P read(Path file);

    /**
     * Runs pictures. One thread calls this, in the order of the files.
     *
     * @param pictures as many as the stream's batch; fewer only at the end
     * @return as many results, in the same order; whatever is thrown ends the stream
     */
    List<R> run(List<P> pictures);

    /**
     * Writes what came of a picture; by default nothing. Several threads call this at a time, in no certain order.
     * Whatever is thrown ends the stream.
     *
     * @param file    where the picture came from
     * @param picture what {@link #read} made of it
     * @param result  what {@link #run} made of that
     */
    default void write(Path file, P picture, R result) {
    }
}
