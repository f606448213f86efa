package dev.hardnet.weights;

import dev.hardnet.HarDNetException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * A trained network's tensors in a file: PyTorch's zip or legacy format, or safetensors, told apart by content. The
 * file is mapped and read on demand; nothing in it is executed. Everything the file says of itself is checked when it
 * is opened.
 */
public final class Checkpoint implements WeightSource {
    private static final int SHORTEST = 9;
    private static final int ZIP_MAGIC = 0x04034b50;
    private static final int PICKLE_MAGIC = 0x80;
    /** How much of a tensor that is read part by part may stay in memory. */
    private static final int UNLOAD_ELEMENTS = 1 << 18;

    private final String origin;
    private final CheckpointContent content;
    private final Arena arena;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private Checkpoint(String origin, CheckpointContent content, Arena arena) {
        this.origin = origin;
        this.content = content;
        this.arena = arena;
    }

    /**
     * Opens a checkpoint.
     *
     * @param path the file; it stays mapped until {@link #close()}
     * @return its tensors
     * @throws HarDNetException when it cannot be read, is of no known format, or is not in order
     */
    public static Checkpoint open(Path path) {
        Arena arena = Arena.ofShared();
        try {
            return read(map(path, arena), path.toString(), arena);
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    /**
     * Reads a checkpoint that is in memory.
     *
     * @param origin what it is called in messages
     * @param bytes  the file's content, readable from any thread for as long as the checkpoint is used
     * @return its tensors
     * @throws HarDNetException when it is of no known format, or is not in order
     */
    public static Checkpoint of(String origin, MemorySegment bytes) {
        return read(bytes, origin, Arena.ofShared());
    }

    /** Reads a checkpoint that is in memory; closing it closes the arena. */
    static Checkpoint read(MemorySegment bytes, String origin, Arena arena) {
        try {
            return new Checkpoint(origin, parse(new FileBytes(bytes, origin)), arena);
        } catch (InternalError e) {
            throw changed(origin, e);
        }
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public Set<String> keys() {
        return content.tensors().keySet();
    }

    @Override
    public List<Integer> shape(String key) {
        return tensor(key).layout().shape();
    }

    @Override
    public float[] read(String key) {
        float[] elements = new float[Math.toIntExact(tensor(key).layout().elements())];
        read(key, 0, elements, elements.length);
        return elements;
    }

    @Override
    public void read(String key, int first, float[] to, int count) {
        StoredTensor tensor = tensor(key);
        whileOpen(() -> {
            tensor.toFloats(first, to, count);
            if (first / UNLOAD_ELEMENTS != (first + count) / UNLOAD_ELEMENTS
                    || first + count == tensor.layout().elements()) {
                tensor.unload();
            }
            return to;
        });
    }

    @Override
    public DataType type(String key) {
        return tensor(key).type();
    }

    @Override
    public RawTensor raw(String key) {
        StoredTensor tensor = tensor(key);
        if (tensor.layout().elements() > Integer.MAX_VALUE / tensor.type().bytes()) {
            throw new HarDNetException("%s: the tensor %s of sizes %s is too large for one array of 2^31 bytes."
                    .formatted(origin, Excerpt.of(key), tensor.layout().shape()));
        }
        return whileOpen(() -> new RawTensor(key, tensor.type(), tensor.layout().shape(), tensor.toBytes()));
    }

    @Override
    public Map<String, String> metadata() {
        return content.metadata();
    }

    /** Unmaps the file, once reads in flight are done. Closing again does nothing. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                arena.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static MemorySegment map(Path path, Arena arena) {
        if (Files.isDirectory(path)) {
            throw new HarDNetException("%s is a folder, but a checkpoint file is expected.".formatted(path));
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        } catch (NoSuchFileException e) {
            throw new HarDNetException("%s does not exist, but a checkpoint file is expected.".formatted(path), e);
        } catch (IOException e) {
            throw new HarDNetException("%s cannot be read (%s).".formatted(path, e.getMessage()), e);
        }
    }

    private static CheckpointContent parse(FileBytes file) {
        if (file.size() >= SHORTEST) {
            if (file.u8(Safetensors.HEADER_AT) == '{') {
                return Safetensors.read(file);
            }
            if (file.u32(0) == ZIP_MAGIC) {
                return ZipCheckpoint.read(file);
            }
            if (file.u8(0) == PICKLE_MAGIC) {
                return LegacyCheckpoint.read(file);
            }
        }
        throw file.refusal(0, "the file begins neither like a PyTorch checkpoint (zip or legacy) nor like safetensors");
    }

    private StoredTensor tensor(String key) {
        StoredTensor tensor = content.tensors().get(key);
        if (tensor == null) {
            throw new HarDNetException("%s holds no tensor %s; it holds %d others."
                    .formatted(origin, Excerpt.of(key), keys().size()));
        }
        return tensor;
    }

    private <T> T whileOpen(Supplier<T> read) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("The checkpoint " + origin + " is closed.");
            }
            return read.get();
        } catch (InternalError e) {
            throw changed(origin, e);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The JVM reports a mapped page that is no longer backed by the file as an InternalError, perhaps a little later. */
    private static HarDNetException changed(String origin, InternalError error) {
        return new HarDNetException("%s was changed or cut short by someone else while it was being read."
                .formatted(origin), error);
    }
}
