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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** One GPU: cuDNN's convolutions and own kernels, over maps that stand in slots. */
public final class CudaBackend implements Backend {
    private final CudaProbe.Device device;
    private final String libraries;
    private final Precision precision;
    private final byte[] kernels;
    private final Map<ConvolutionProblem, ConvolutionChooser.Choice> choices = new ConcurrentHashMap<>();

    private CudaBackend(CudaProbe.Device device, String libraries, Precision precision, byte[] kernels) {
        this.device = device;
        this.libraries = libraries;
        this.precision = precision;
        this.kernels = kernels;
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
            Map<Operator, Long> workspaces = workspaces(slots, session, chooser(session, remembered, options),
                    options);
            remembered.save();
            return Plan.of(slots, operator -> workspaces.getOrDefault(operator, 0L));
        }
    }

    private Map<Operator, Long> workspaces(SlotLayout slots, CudaSession session, ConvolutionChooser chooser,
                                           BackendOptions options) {
        Map<Operator, Long> workspaces = new HashMap<>();
        List<Operator> operators = slots.graph().operators();
        for (int step = 0; step < operators.size(); step++) {
            Operator operator = operators.get(step);
            switch (operator) {
                case Conv conv -> workspaces.put(conv,
                        workspaceBytes(ConvolutionCase.of(slots, conv, step), slots, chooser));
                case Linear linear -> workspaces.put(linear,
                        workspaceBytes(ConvolutionCase.of(slots, linear, step), slots, chooser));
                case TransposedConv conv -> workspaces.put(conv,
                        TransposedConvolution.of(slots, conv, step, precision).workspaceBytes(session.cudnn()));
                default -> { }
            }
            if (options.tune()) {
                options.progress().accept((step + 1.0) / operators.size());
            }
        }
        return workspaces;
    }

    private long workspaceBytes(ConvolutionCase convolution, SlotLayout slots, ConvolutionChooser chooser) {
        return chooser.choose(convolution.problem(precision, slots.rules().order())).workspaceBytes();
    }

    /** Choices among some ways only are no use where all are allowed. */
    private ChoiceFile remembered() {
        return ChoiceFile.read(CacheFolder.path(), device.name() + ", " + libraries
                + ConvolutionChooser.restriction().map(kinds -> ", only " + kinds).orElse(""));
    }

    private ConvolutionChooser chooser(CudaSession session, ChoiceFile remembered, BackendOptions options) {
        return new ConvolutionChooser(session, remembered,
                options.tune() ? Optional.of(new ConvolutionTimer(device.index(), kernels)) : Optional.empty(),
                choices);
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
