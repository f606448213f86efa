package dev.hardnet.backend.cuda;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The engines that were built for a GPU. Building one takes some 0.2 s, mostly for compiling its kernels; restoring one
 * from what cuDNN writes down of it takes a few milliseconds. Threads may share a store.
 */
final class EngineStore {
    private final EngineFiles files;
    private final Map<Key, EngineText> known = new ConcurrentHashMap<>();

    /** An engine's problem and its number in the order of the heuristics. */
    record Key(ConvolutionProblem problem, int rank) {
    }

    EngineStore(EngineFiles files) {
        this.files = files;
    }

    /** Finds out, once, whether an engine can be used; a thread's own handle lets it do so beside others. */
    boolean accepts(CudnnHandle handle, ConvolutionProblem problem, int rank) {
        return !(text(handle, new Key(problem, rank)) instanceof EngineText.Refused);
    }

    /**
     * Opens an engine.
     *
     * @param handle  what executes it
     * @param problem the convolution
     * @param rank    the engine's number in the order of the heuristics, from 0
     * @return the engine; empty when it may not be used
     */
    Optional<CudnnEngine> open(CudnnHandle handle, ConvolutionProblem problem, int rank) {
        Key key = new Key(problem, rank);
        return switch (text(handle, key)) {
            case EngineText.Refused _ -> Optional.empty();
            case EngineText.Unwritten _ -> CudnnEngine.build(handle, problem, rank);
            case EngineText.Written(byte[] content) ->
                    CudnnEngine.restore(handle, content).or(() -> rebuilt(handle, key));
        };
    }

    /** Keeps an engine for later sessions. */
    void keep(ConvolutionProblem problem, int rank) {
        Key key = new Key(problem, rank);
        if (known.get(key) instanceof EngineText.Written(byte[] content)) {
            files.write(key, content);
        }
    }

    private EngineText text(CudnnHandle handle, Key key) {
        EngineText text = known.get(key);
        if (text == null) {
            text = files.read(key).<EngineText>map(EngineText.Written::new).orElseGet(() -> build(handle, key));
            known.put(key, text);
        }
        return text;
    }

    /** What cannot be restored, because another cuDNN wrote it, say, is built and written anew. */
    private Optional<CudnnEngine> rebuilt(CudnnHandle handle, Key key) {
        Optional<CudnnEngine> built = CudnnEngine.build(handle, key.problem(), key.rank());
        known.put(key, built.map(EngineStore::textOf).orElseGet(EngineText.Refused::new));
        files.remove(key);
        return built;
    }

    private static EngineText build(CudnnHandle handle, Key key) {
        Optional<CudnnEngine> built = CudnnEngine.build(handle, key.problem(), key.rank());
        if (built.isEmpty()) {
            return new EngineText.Refused();
        }
        try (CudnnEngine engine = built.get()) {
            return textOf(engine);
        }
    }

    private static EngineText textOf(CudnnEngine engine) {
        return engine.text().<EngineText>map(EngineText.Written::new).orElseGet(EngineText.Unwritten::new);
    }
}
