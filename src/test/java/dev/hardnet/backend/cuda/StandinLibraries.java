package dev.hardnet.backend.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The stand-in CUDA libraries of native/standin, in the folder of {@code -Dhardnet.standin}: loaded before anything
 * asks for CUDA's, they are found under their names. Without the property nothing is loaded and nothing counted.
 *
 * <p>What passes with them proves sequences of calls, descriptors, offsets and lifetimes; never speed, nor what a real
 * library accepts.
 */
public final class StandinLibraries {
    private static final String FOLDER = System.getProperty("hardnet.standin", "");

    /** In an order in which each finds those that it needs. */
    private static final List<String> NAMES = List.of("libcuda.so.1", "libcudart.so.13", "libcublasLt.so.13",
            "libcublas.so.13", "libcudnn_graph.so.9", "libcudnn_ops.so.9", "libcudnn_adv.so.9", "libcudnn_cnn.so.9",
            "libcudnn.so.9");

    private static final int RTLD_NOW = 2;
    private static final int RTLD_GLOBAL = 0x100;
    private static final Linker LINKER = Linker.nativeLinker();

    private StandinLibraries() {
    }

    /** Whether tests run over the stand-in libraries. */
    static boolean isUsed() {
        return !FOLDER.isEmpty();
    }

    /**
     * Loads them, once in a process: later calls do nothing.
     *
     * @throws IllegalStateException if one of them cannot be loaded
     */
    public static void load() {
        if (isUsed()) {
            NAMES.forEach(StandinLibraries::open);
        }
    }

    /** Begins to count anew and forgets a failure that is due; what is alive stays alive. */
    static void reset() {
        control("standin_reset", FunctionDescriptor.ofVoid());
    }

    /** Calls since the reset that may be made to fail: neither releases, nor those that cannot fail. */
    static long calls() {
        return count("standin_calls");
    }

    /** The function of the call with this number, from 1; empty if there was none. */
    static String callName(long call) {
        return text(control("standin_call_name", FunctionDescriptor.of(ADDRESS, JAVA_LONG), call));
    }

    /** Calls since the reset that free, destroy or release; they are never made to fail. */
    static long releases() {
        return count("standin_releases");
    }

    /** Makes the call with this number from now on, from 1, fail with a status: 0 for what fits its function best. */
    static void failAt(long call, int status) {
        control("standin_fail_at", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT), call, status);
    }

    /** Whether a failure that was asked for has not happened yet. */
    static boolean failureIsDue() {
        return (int) control("standin_failure_is_due", FunctionDescriptor.of(JAVA_INT)) != 0;
    }

    /** How many allocations, streams, events, graphs, modules, retained contexts, handles and descriptors are alive. */
    static long liveObjects() {
        return count("standin_live_objects");
    }

    /** Their kinds and how many of each, such as "2 device allocations, 1 stream"; empty if nothing is counted. */
    static String liveText() {
        return isUsed() ? text(control("standin_live_text", FunctionDescriptor.of(ADDRESS))) : "";
    }

    /** Kernels and cuDNN executions asked for by a call of their own, captured ones included, since the reset. */
    static long launches() {
        return count("standin_launches");
    }

    /** Launches of graphs since the reset. */
    static long graphLaunches() {
        return count("standin_graph_launches");
    }

    /** The most bytes of device memory that were allocated at one time since the reset. */
    static long memoryPeak() {
        return count("standin_memory_peak");
    }

    private static long count(String function) {
        return (long) control(function, FunctionDescriptor.of(JAVA_LONG));
    }

    @SuppressWarnings("restricted")
    private static Object control(String function, FunctionDescriptor type, Object... arguments) {
        SymbolLookup driver = SymbolLookup.libraryLookup(path(NAMES.getFirst()), Arena.global());
        return invoke(driver.findOrThrow(function), type, arguments);
    }

    /** Opens a library so that its symbols and its name are known to all that are opened later. */
    private static void open(String name) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment library = (MemorySegment) system("dlopen", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT),
                    call.allocateFrom(path(name).toString()), RTLD_NOW | RTLD_GLOBAL);
            if (library.equals(MemorySegment.NULL)) {
                throw new IllegalStateException("A stand-in library was not loaded: "
                        + text(system("dlerror", FunctionDescriptor.of(ADDRESS))));
            }
        }
    }

    private static Object system(String function, FunctionDescriptor type, Object... arguments) {
        return invoke(LINKER.defaultLookup().findOrThrow(function), type, arguments);
    }

    @SuppressWarnings("restricted")
    private static Object invoke(MemorySegment function, FunctionDescriptor type, Object... arguments) {
        try {
            return LINKER.downcallHandle(function, type).invokeWithArguments(arguments);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Path path(String name) {
        Path path = Path.of(FOLDER, name).toAbsolutePath();
        if (!Files.exists(path)) {
            throw new IllegalStateException("There is no " + path
                    + ", expected in the folder of stand-in libraries that hardnet.standin names.");
        }
        return path;
    }

    @SuppressWarnings("restricted")
    private static String text(Object address) {
        return ((MemorySegment) address).reinterpret(Long.MAX_VALUE).getString(0);
    }
}
