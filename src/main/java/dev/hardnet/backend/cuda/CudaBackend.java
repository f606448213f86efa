package dev.hardnet.backend.cuda;

import dev.hardnet.HarDNetException;
import dev.hardnet.Precision;
import dev.hardnet.backend.Backend;
import dev.hardnet.backend.BackendOptions;
import dev.hardnet.backend.Executable;
import dev.hardnet.graph.Conv;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Linear;
import dev.hardnet.graph.Operator;
import dev.hardnet.graph.TransposedConv;
import dev.hardnet.io.CacheFolder;
import dev.hardnet.plan.Plan;
import dev.hardnet.plan.SlotLayout;
import dev.hardnet.weights.WeightStore;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** One GPU: cuDNN's convolutions and own kernels, over maps that stand in slots. */
public final class CudaBackend implements Backend {
    /** The part of tuning that building engines takes; measuring them takes the rest. */
    private static final double BUILDING = 0.7;

    private final CudaProbe.Device device;
    private final String libraries;
    private final Precision precision;
    private final byte[] kernels;
    private final EngineStore engines;
    private final Map<ConvolutionProblem, ConvolutionChooser.Choice> choices = new ConcurrentHashMap<>();

    private CudaBackend(CudaProbe.Device device, String libraries, Precision precision, byte[] kernels) {
        this.device = device;
        this.libraries = libraries;
        this.precision = precision;
        this.kernels = kernels;
        engines = new EngineStore(new EngineFiles(CacheFolder.path().resolve("cuda-engines"), deviceText()));
    }

    /**
     * Opens a GPU.
     *
     * @param index     the driver's number of it
     * @param precision what is computed with
     * @return the backend
     * @throws HarDNetException when there is no such GPU, or when something is missing or too old: what, and what to
     *                          install
     */
    public static CudaBackend open(int index, Precision precision) {
        return switch (CudaProbe.run()) {
            case CudaProbe.Unusable(String reason) -> throw new HarDNetException(reason);
            case CudaProbe.Usable usable -> open(usable, index, precision);
        };
    }

    private static CudaBackend open(CudaProbe.Usable found, int index, Precision precision) {
        List<CudaProbe.Device> devices = found.devices();
        if (index >= devices.size()) {
            throw new HarDNetException("There is no GPU %d; this machine has %d, numbered from 0.".formatted(index,
                    devices.size()));
        }
        CudaPresets.require();
        return new CudaBackend(devices.get(index), "cuDNN " + found.cudnn(), precision, KernelImage.read());
    }

    @Override
    public String name() {
        return "cuda %d %s %s".formatted(device.index(), device.name(), precision.toString().toLowerCase(Locale.ROOT));
    }

    @Override
    public Plan plan(Graph graph, BackendOptions options) {
        SlotLayout slots = SlotLayout.of(graph, CudaPlanner.rules(precision));
        try (CudaSession session = CudaSession.open(device.index(), kernels)) {
            ChoiceFile remembered = remembered();
            ConvolutionChooser chooser = chooser(session, remembered, options);
            Map<Operator, ConvolutionProblem> problems = problems(slots);
            new EngineWorkers(device.index(), kernels).run(new LinkedHashSet<>(problems.values()), chooser::prepare,
                    part -> tell(options, part * BUILDING));
            Map<Operator, Long> workspaces = workspaces(slots, problems, session, chooser, options);
            remembered.save();
            return Plan.of(slots, operator -> workspaces.getOrDefault(operator, 0L));
        }
    }

    private static void tell(BackendOptions options, double part) {
        if (options.tune()) {
            options.progress().accept(part);
        }
    }

    private Map<Operator, ConvolutionProblem> problems(SlotLayout slots) {
        Map<Operator, ConvolutionProblem> problems = new LinkedHashMap<>();
        List<Operator> operators = slots.graph().operators();
        for (int step = 0; step < operators.size(); step++) {
            switch (operators.get(step)) {
                case Conv conv -> problems.put(conv, problem(ConvolutionCase.of(slots, conv, step), slots));
                case Linear linear -> problems.put(linear, problem(ConvolutionCase.of(slots, linear, step), slots));
                default -> { }
            }
        }
        return problems;
    }

    private ConvolutionProblem problem(ConvolutionCase convolution, SlotLayout slots) {
        return convolution.problem(precision, slots.rules().order());
    }

    private Map<Operator, Long> workspaces(SlotLayout slots, Map<Operator, ConvolutionProblem> problems,
                                           CudaSession session, ConvolutionChooser chooser, BackendOptions options) {
        Map<Operator, Long> workspaces = new HashMap<>();
        List<Operator> operators = slots.graph().operators();
        for (int step = 0; step < operators.size(); step++) {
            Operator operator = operators.get(step);
            if (operator instanceof TransposedConv conv) {
                workspaces.put(conv,
                        TransposedConvolution.of(slots, conv, step, precision).workspaceBytes(session.cudnn()));
            } else if (problems.containsKey(operator)) {
                workspaces.put(operator, chooser.choose(problems.get(operator)).workspaceBytes());
            }
            tell(options, BUILDING + (1 - BUILDING) * (step + 1) / operators.size());
        }
        return workspaces;
    }

    /** What choices and engines depend on besides the problem. */
    private String deviceText() {
        return device.name() + ", " + libraries;
    }

    /** Choices among some ways only are no use where all are allowed. */
    private ChoiceFile remembered() {
        return ChoiceFile.read(CacheFolder.path(), deviceText()
                + ConvolutionChooser.restriction().map(kinds -> ", only " + kinds).orElse(""));
    }

    private ConvolutionChooser chooser(CudaSession session, ChoiceFile remembered, BackendOptions options) {
        Optional<ConvolutionTimer> timer = options.tune()
                ? Optional.of(new ConvolutionTimer(device.index(), kernels, engines)) : Optional.empty();
        return new ConvolutionChooser(session, engines, remembered, timer, choices);
    }

    @Override
    public Executable compile(Plan plan, WeightStore weights, BackendOptions options) {
        CudaSession session = CudaSession.open(device.index(), kernels);
        try {
            ChoiceFile remembered = remembered();
            return CudaExecutable.prepare(session, plan, weights, chooser(session, remembered, options), precision);
        } catch (RuntimeException | Error failure) {
            session.close();
            throw failure;
        }
    }
}
