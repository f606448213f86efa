package dev.hardnet.backend.cuda;

import dev.hardnet.HarDNetException;
import dev.hardnet.backend.cuda.ConvolutionMethod.Segments;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Picks how each convolution is computed: as was remembered; else, with tuning, the fastest of what the device accepts;
 * else the first that it accepts, in the order of cuDNN's heuristics, which is remembered too, as finding it takes time.
 */
final class ConvolutionChooser {
    /** What needs more scratch memory than this is not considered. */
    private static final long MOST_WORKSPACE = 64L << 20;
    /** Of each interface of cuDNN, so many of the most promising are measured. */
    private static final int MEASURED = 4;

    /**
     * A comma-separated list of the kinds of methods that may be chosen, or of forms of the own convolution such as
     * "segments 64x64 4"; all, where it is not set.
     */
    private static final String KINDS_PROPERTY = "hardnet.cuda.convolutions";
    private static final String ALL_KINDS = "graph,legacy,segments";

    private final Set<String> kinds = kinds();
    private final CudaSession session;
    private final EngineStore engines;
    private final ChoiceFile remembered;
    private final Optional<ConvolutionTimer> timer;
    private final Map<ConvolutionProblem, Choice> choices;

    /**
     * What was picked.
     *
     * @param method         how it is computed
     * @param workspaceBytes what that needs beside the operands
     */
    record Choice(ConvolutionMethod method, long workspaceBytes) {
    }

    /**
     * Makes a chooser.
     *
     * @param session    opens what is tried
     * @param engines    cuDNN's engines
     * @param remembered earlier choices; receives what is measured
     * @param timer      measures, or empty to trust heuristics
     * @param choices    what was picked before; receives what is picked now
     */
    ConvolutionChooser(CudaSession session, EngineStore engines, ChoiceFile remembered,
                       Optional<ConvolutionTimer> timer, Map<ConvolutionProblem, Choice> choices) {
        this.session = session;
        this.engines = engines;
        this.remembered = remembered;
        this.timer = timer;
        this.choices = choices;
    }

    /** Where cuDNN's engines come from. */
    EngineStore engines() {
        return engines;
    }

    /** The list of the property, if it is set. */
    static Optional<String> restriction() {
        return Optional.ofNullable(System.getProperty(KINDS_PROPERTY));
    }

    private static Set<String> kinds() {
        String given = restriction().orElse(ALL_KINDS);
        Set<String> kinds = Set.of(given.split(","));
        Set<String> all = Set.of(ALL_KINDS.split(","));
        if (!kinds.stream().allMatch(kind -> all.contains(kind) || Segments.parse(kind).isPresent())) {
            throw new HarDNetException("-D%s=%s names no ways to compute convolutions; expected some of %s."
                    .formatted(KINDS_PROPERTY, given, ALL_KINDS));
        }
        return kinds;
    }

    /**
     * Builds the engines that choosing will look at, which is most of the time that it takes.
     *
     * @param problem the convolution
     * @param handle  the calling thread's own: several threads may build at the same time
     */
    void prepare(ConvolutionProblem problem, CudnnHandle handle) {
        Optional<ConvolutionMethod> known = remembered.find(problem, timer.isPresent());
        if (known.isPresent()) {
            if (known.get() instanceof ConvolutionMethod.Graph(int rank)) {
                engines.accepts(handle, problem, rank);
            }
        } else if (!choices.containsKey(problem) && kinds.contains(new ConvolutionMethod.Graph(0).kind())) {
            IntStream.range(0, CudnnEngine.count(handle, problem))
                    .filter(rank -> engines.accepts(handle, problem, rank))
                    .limit(timer.isPresent() ? MEASURED : 1).forEach(_ -> { });
        }
    }

    /** The choice for a problem, the same each time. */
    Choice choose(ConvolutionProblem problem) {
        Choice known = choices.get(problem);
        if (known == null) {
            known = recall(problem).orElseGet(() -> decide(problem));
            choices.put(problem, known);
        }
        return known;
    }

    private Optional<Choice> recall(ConvolutionProblem problem) {
        return remembered.find(problem, timer.isPresent()).flatMap(method -> accepted(problem, method));
    }

    private Choice decide(ConvolutionProblem problem) {
        return timer.map(measuring -> measured(problem, measuring)).orElseGet(() -> firstAccepted(problem));
    }

    private Choice firstAccepted(ConvolutionProblem problem) {
        Choice first = candidates(problem).findFirst().orElseThrow(
                () -> new HarDNetException("No way was found to compute the convolution " + problem));
        remembered.remember(problem, first.method(), false);
        return first;
    }

    private Choice measured(ConvolutionProblem problem, ConvolutionTimer measuring) {
        List<Choice> all = Stream.of(graphs(problem).limit(MEASURED), legacies(problem).limit(MEASURED),
                segments(problem)).flatMap(some -> some).toList();
        Choice fastest = measuring.fastest(problem, all);
        remembered.remember(problem, fastest.method(), true);
        return fastest;
    }

    private Stream<Choice> candidates(ConvolutionProblem problem) {
        return Stream.<Supplier<Stream<Choice>>>of(() -> graphs(problem), () -> legacies(problem),
                () -> segments(problem)).flatMap(Supplier::get);
    }

    private Stream<Choice> graphs(ConvolutionProblem problem) {
        return IntStream.range(0, CudnnEngine.count(session.cudnn(), problem)).mapToObj(ConvolutionMethod.Graph::new)
                .flatMap(method -> accepted(problem, method).stream());
    }

    private Stream<Choice> legacies(ConvolutionProblem problem) {
        try (LegacyConvolution convolution = LegacyConvolution.of(session.cudnn(), problem)) {
            return convolution.algorithms().stream().map(ConvolutionMethod.Legacy::new)
                    .flatMap(method -> accepted(problem, method).stream());
        }
    }

    private Stream<Choice> segments(ConvolutionProblem problem) {
        List<Segments> named = kinds.stream().sorted().flatMap(kind -> Segments.parse(kind).stream()).toList();
        List<Segments> variants = named.isEmpty()
                ? new SegmentVariants(problem, session.context().multiprocessors()).all() : named;
        return variants.stream().flatMap(method -> accepted(problem, method).stream());
    }

    private Optional<Choice> accepted(ConvolutionProblem problem, ConvolutionMethod method) {
        if (!kinds.contains(method.kind()) && !kinds.contains(method.toString())) {
            return Optional.empty();
        }
        OptionalLong workspace = workspace(problem, method);
        return workspace.isPresent() && workspace.getAsLong() <= MOST_WORKSPACE
                ? Optional.of(new Choice(method, workspace.getAsLong())) : Optional.empty();
    }

    /** What a method needs; empty where the device does not accept it. */
    private OptionalLong workspace(ConvolutionProblem problem, ConvolutionMethod method) {
        return switch (method) {
            case ConvolutionMethod.Graph(int rank) -> engineWorkspace(problem, rank);
            case ConvolutionMethod.Legacy(int algorithm) -> legacyWorkspace(problem, algorithm);
            case Segments segments -> OptionalLong.of(segments.workspaceBytes(problem));
        };
    }

    private OptionalLong engineWorkspace(ConvolutionProblem problem, int rank) {
        Optional<CudnnEngine> opened = engines.open(session.cudnn(), problem, rank);
        if (opened.isEmpty()) {
            return OptionalLong.empty();
        }
        try (CudnnEngine engine = opened.get()) {
            return OptionalLong.of(engine.workspaceBytes());
        }
    }

    private OptionalLong legacyWorkspace(ConvolutionProblem problem, int algorithm) {
        try (LegacyConvolution convolution = LegacyConvolution.of(session.cudnn(), problem)) {
            return convolution.workspaceBytes(algorithm);
        }
    }
}
