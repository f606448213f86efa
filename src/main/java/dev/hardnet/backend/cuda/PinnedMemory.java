package dev.hardnet.backend.cuda;

import static org.bytedeco.cuda.global.cudart.CU_MEMHOSTALLOC_DEVICEMAP;
import static org.bytedeco.cuda.global.cudart.CU_MEMHOSTALLOC_PORTABLE;
import static org.bytedeco.cuda.global.cudart.cuMemFreeHost;
import static org.bytedeco.cuda.global.cudart.cuMemHostAlloc;

import java.lang.foreign.MemorySegment;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** Memory of the processor that the GPU reads and writes at the same address: it never moves and is never paged out. */
final class PinnedMemory implements Resources.Resource {
    private final Pointer pointer;
    private final MemorySegment content;

    private PinnedMemory(Pointer pointer, MemorySegment content) {
        this.pointer = pointer;
        this.content = content;
    }

    @SuppressWarnings("restricted")
    static PinnedMemory allocate(long bytes, String what) {
        try (PointerPointer<Pointer> result = new PointerPointer<>(1)) {
            Driver.check(cuMemHostAlloc(result, bytes, CU_MEMHOSTALLOC_PORTABLE | CU_MEMHOSTALLOC_DEVICEMAP),
                    "cuMemHostAlloc of %s (%d bytes)".formatted(what, bytes));
            Pointer pointer = result.get(Pointer.class);
            return new PinnedMemory(pointer, MemorySegment.ofAddress(pointer.address()).reinterpret(bytes));
        }
    }

    /** The address, of the processor and of the GPU. */
    long address() {
        return content.address();
    }

    MemorySegment content() {
        return content;
    }

    @Override
    public void close() {
        cuMemFreeHost(pointer);
    }
}
