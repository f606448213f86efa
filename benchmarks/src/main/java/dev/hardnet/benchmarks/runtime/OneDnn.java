package dev.hardnet.benchmarks.runtime;

import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** oneDNN on the processor; its threads are those of OpenMP, which only the environment can tell. */
final class OneDnn {
    static final engine ENGINE = new engine(engine.kind.cpu, 0);
    private static final stream STREAM = new stream(ENGINE);
    private static final int PAGE = 4096;

    private OneDnn() {
    }

    /** A float32 tensor's description. */
    static memory.desc describe(memory.format_tag format, long... sizes) {
        return new memory.desc(sizes, memory.data_type.f32, format);
    }

    /** Memory of zeros that starts a page; it is freed once nobody in Java holds it, whatever oneDNN knows of it. */
    static Pointer zeros(long bytes) {
        BytePointer memory = new BytePointer(bytes + PAGE);
        Pointer.memset(memory, 0, bytes + PAGE);
        return memory.position(PAGE - memory.address() % PAGE);
    }

    /** The arguments of a primitive; memory by role. */
    static IntMemoryMap arguments(Map<Integer, memory> byRole) {
        IntMemoryMap arguments = new IntMemoryMap();
        byRole.forEach(arguments::put);
        return arguments;
    }

    /** Starts a primitive; on a processor it has ended when this returns. */
    static void execute(primitive primitive, IntMemoryMap arguments) {
        primitive.execute(STREAM, arguments);
    }

    /** Waits for what was started. */
    static void await() {
        STREAM._wait();
    }
}
