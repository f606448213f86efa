package dev.hardnet.backend.cuda;

import static org.bytedeco.cuda.global.cudart.cuCtxSynchronize;
import static org.bytedeco.cuda.global.cudart.cuMemAlloc;
import static org.bytedeco.cuda.global.cudart.cuMemFree;
import static org.bytedeco.cuda.global.cudart.cuMemcpyHtoD;
import static org.bytedeco.cuda.global.cudart.cuMemsetD8;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;

/** A piece of a GPU's memory. */
final class DeviceMemory implements Resources.Resource {
    private final long address;
    private final long bytes;

    private DeviceMemory(long address, long bytes) {
        this.address = address;
        this.bytes = bytes;
    }

    /**
     * Allocates.
     *
     * @param bytes how much, at least 1
     * @param what  what it is for, for the error message
     */
    static DeviceMemory allocate(long bytes, String what) {
        long[] address = new long[1];
        Driver.check(cuMemAlloc(address, bytes), "cuMemAlloc of %s (%d bytes)".formatted(what, bytes));
        return new DeviceMemory(address[0], bytes);
    }

    /** Allocates zeros. */
    static DeviceMemory zeros(long bytes, String what) {
        DeviceMemory memory = allocate(bytes, what);
        try {
            Driver.check(cuMemsetD8(memory.address, (byte) 0, bytes), "cuMemsetD8 of " + what);
            awaitWrites(what);
            return memory;
        } catch (RuntimeException failure) {
            memory.close();
            throw failure;
        }
    }

    /** Allocates a copy of a direct buffer's bytes from its position to its limit. */
    static DeviceMemory copyOf(ByteBuffer content, String what) {
        DeviceMemory memory = allocate(content.remaining(), what);
        try (BytePointer from = new BytePointer(content)) {
            Driver.check(cuMemcpyHtoD(memory.address, from, memory.bytes), "cuMemcpyHtoD of " + what);
            awaitWrites(what);
            return memory;
        } catch (RuntimeException failure) {
            memory.close();
            throw failure;
        }
    }

    /** Both may return before the memory is written, and streams of their own do not wait for it. */
    private static void awaitWrites(String what) {
        Driver.check(cuCtxSynchronize(), "cuCtxSynchronize after writing " + what);
    }

    long address() {
        return address;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        cuMemFree(address);
    }
}
