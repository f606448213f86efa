package dev.hardnet;

import dev.hardnet.backend.Backend;
import dev.hardnet.backend.BackendOptions;
import dev.hardnet.backend.Executable;
import dev.hardnet.backend.Planner;
import dev.hardnet.graph.ArgMaxFusion;
import dev.hardnet.graph.ElementType;
import dev.hardnet.graph.Graph;
import dev.hardnet.graph.Output;
import dev.hardnet.graph.Shape;
import dev.hardnet.plan.Plan;
import dev.hardnet.weights.WeightStore;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleConsumer;

/**
 * A model prepared for one input shape on one device, with its arena. Safe to share between threads: runs take turns,
 * and {@link #close()} waits for the run in flight. For parallel runs open one session per thread on the same model.
 */
public final class Session implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final ReentrantLock turn = new ReentrantLock();
    private final Plan plan;
    private final String backend;
    private final Executable executable;
    private final int[] inputShape;
    private final List<Output> outputs;
    private final List<String> outputNames;
    private final List<int[]> outputShapes;
    private final Cleaner.Cleanable closing;
    private boolean closed;

    private Session(Plan plan, Backend backend, Executable executable, WeightStore weights) {
        this.plan = plan;
        this.backend = backend.name();
        this.executable = executable;
        Shape input = plan.graph().input().shape();
        inputShape = new int[] {input.n(), input.c(), input.h(), input.w()};
        outputs = plan.graph().outputs();
        List<String> names = new ArrayList<>();
        List<int[]> shapes = new ArrayList<>();
        for (Output output : outputs) {
            names.add(output.name());
            shapes.add(output.tensorShape());
        }
        outputNames = List.copyOf(names);
        outputShapes = List.copyOf(shapes);
        closing = CLEANER.register(this, () -> {
            executable.close();
            weights.release();
        });
    }

    /**
     * Opens a session with the default options.
     *
     * @param model the model
     * @return the session
     * @throws HarDNetException as {@link #open(Model, SessionOptions)}
     */
    public static Session open(Model model) {
        return open(model, SessionOptions.defaults());
    }

    /**
     * Opens a session: plans the arena, packs the weights (once per model), prepares the kernels.
     *
     * @param model   the model
     * @param options device, threads and input shape
     * @return the session
     * @throws HarDNetException      when the input is too small, the device is not usable, or memory is short
     * @throws IllegalStateException when the model is closed
     */
    public static Session open(Model model, SessionOptions options) {
        return open(model, options, _ -> { });
    }

    /**
     * Opens a session and tells how far it is. Measuring ({@link SessionOptions#tune()}) may take a while.
     *
     * @param model    the model
     * @param options  device, threads and input shape
     * @param progress is told from time to time, on the calling thread, which part of what is measured is done: from 0
     *                 to 1; never, where nothing is measured
     * @return the session
     * @throws HarDNetException      as {@link #open(Model, SessionOptions)}
     * @throws IllegalStateException when the model is closed
     */
    public static Session open(Model model, SessionOptions options, DoubleConsumer progress) {
        WeightStore weights = model.retainWeights();
        try {
            Backend backend = options.device().backend(options.precision());
            BackendOptions wishes = new BackendOptions(options.threads(), options.tune(), progress);
            Graph graph = graph(model.network(), model.classes(), model.inputSize(), options);
            Plan plan = backend.plan(graph, wishes);
            return new Session(plan, backend, backend.compile(plan, weights, wishes), weights);
        } catch (RuntimeException | Error failure) {
            weights.release();
            throw failure;
        }
    }

    /**
     * Plans a session without any weights: what it would do, and how much memory its arena would take. A plan for a GPU
     * needs no GPU.
     *
     * @param network the network, with its published number of classes
     * @param options device, threads and input shape; the size defaults to the network's published one
     * @return the plan
     * @throws HarDNetException when the input is too small or the device is not usable
     */
    public static Plan plan(Network network, SessionOptions options) {
        Planner planner = options.device().planner(options.precision());
        return planner.plan(graph(network, network.publishedClasses(), network.publishedSize(), options),
                new BackendOptions(options.threads(), options.tune()));
    }

    /** The network for a session's options; ownSize where they give none. */
    static Graph graph(Network network, int classes, InputSize ownSize, SessionOptions options) {
        int height = options.height() == 0 ? ownSize.height() : options.height();
        int width = options.width() == 0 ? ownSize.width() : options.width();
        Graph graph = network.graph(options.batch(), height, width, classes);
        return options.argMax() ? ArgMaxFusion.apply(graph) : graph;
    }

    /**
     * The plan it runs: operators, lifetimes, arena.
     *
     * @return the plan
     */
    public Plan plan() {
        return plan;
    }

    /**
     * What runs it.
     *
     * @return for example {@code cpu avx512}
     */
    public String backend() {
        return backend;
    }

    /**
     * The sizes every input must have.
     *
     * @return N x 3 x H x W
     */
    public Shape inputShape() {
        return plan.graph().input().shape();
    }

    /**
     * The names of the outputs.
     *
     * @return names in the order of {@link #newOutputs()}: {@code logits}, or {@code classes} with
     *         {@link SessionOptions#argMax()}; {@code hm} and {@code wh}, or {@code loc} and {@code conf} for detection
     */
    public List<String> outputNames() {
        return outputNames;
    }

    /**
     * Makes tensors that {@link #run(Tensor, List)} can write to, again and again.
     *
     * @return one tensor per output, with the sizes that {@link Output#tensorShape()} says
     */
    public List<Tensor> newOutputs() {
        List<Tensor> tensors = new ArrayList<>();
        for (Output output : outputs) {
            tensors.add(Tensor.zeros(output.type(), output.tensorShape()));
        }
        return List.copyOf(tensors);
    }

    /**
     * Runs the network.
     *
     * @param input the pictures, with the sizes of {@link #inputShape()}
     * @return new tensors by output name
     * @throws HarDNetException      when the input has other sizes
     * @throws IllegalStateException when the session is closed
     */
    public Map<String, Tensor> run(Tensor input) {
        List<Tensor> outputs = newOutputs();
        run(input, outputs);
        Map<String, Tensor> named = new LinkedHashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            named.put(outputNames.get(i), outputs.get(i));
        }
        return named;
    }

    /**
     * Runs the network into given tensors, allocating nothing.
     *
     * @param input   the pictures, with the sizes of {@link #inputShape()}
     * @param outputs tensors as {@link #newOutputs()} makes them; overwritten
     * @throws HarDNetException      when a tensor has other sizes
     * @throws IllegalStateException when the session is closed
     */
    public void run(Tensor input, List<Tensor> outputs) {
        check(input, outputs);
        turn.lock();
        try {
            requireOpen();
            executable.run(input, outputs);
        } finally {
            turn.unlock();
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Measures each step of the plan in one run over whatever the arena holds.
     *
     * @return wall time of each step in nanoseconds, in the order of the plan
     * @throws IllegalStateException when the session is closed
     */
    public long[] profile() {
        turn.lock();
        try {
            requireOpen();
            return executable.profile();
        } finally {
            turn.unlock();
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Measures how long the device itself needs for one run, without the transfers of input and outputs.
     *
     * @param runs how many to measure, at least 1
     * @return the median in milliseconds; empty where the device is the processor
     * @throws HarDNetException      when there is nothing to measure
     * @throws IllegalStateException when the session is closed
     */
    public OptionalDouble deviceMillis(int runs) {
        if (runs < 1) {
            throw new HarDNetException("The median of %d runs does not exist; expected at least 1.".formatted(runs));
        }
        turn.lock();
        try {
            requireOpen();
            return executable.deviceMillis(runs);
        } finally {
            turn.unlock();
            Reference.reachabilityFence(this);
        }
    }

    /**
     * What the session and its model's weights take of the device's own memory.
     *
     * @return bytes; empty where the device is the processor
     * @throws IllegalStateException when the session is closed
     */
    public OptionalLong deviceBytes() {
        turn.lock();
        try {
            requireOpen();
            return executable.deviceBytes();
        } finally {
            turn.unlock();
        }
    }

    /**
     * How the convolutions are computed, for reports.
     *
     * @return for example {@code 60 graph, 8 legacy} on a GPU, {@code 9 direct, 40 winograd-4x4} on the processor;
     *         empty where there is one way only
     */
    public String convolutions() {
        return executable.convolutions();
    }

    /**
     * How a step computes its convolution, for reports.
     *
     * @param step the step's index in the plan
     * @return on the processor {@code direct}, {@code winograd-2x2} or {@code winograd-4x4}, on a GPU for example
     *         {@code graph} or {@code legacy}; empty for steps that are no dense convolution, and where there is one
     *         way only
     * @throws IndexOutOfBoundsException when the plan has no such step
     */
    public String way(int step) {
        return executable.way(Objects.checkIndex(step, plan.steps().size()));
    }

    private void check(Tensor input, List<Tensor> outputs) {
        if (!input.hasShape(inputShape) || input.type() != ElementType.FLOAT32) {
            throw new HarDNetException("The input is a %s; this session was opened for %s."
                    .formatted(input, inputShape()));
        }
        if (outputs.size() != outputShapes.size()) {
            throw new HarDNetException("%d output tensors were given; this network has %d (%s)."
                    .formatted(outputs.size(), outputShapes.size(), String.join(", ", outputNames)));
        }
        for (int i = 0; i < outputs.size(); i++) {
            if (!outputs.get(i).hasShape(outputShapes.get(i)) || outputs.get(i).type() != this.outputs.get(i).type()) {
                throw new HarDNetException("Output %s is a %s; expected the sizes that newOutputs() gives it."
                        .formatted(outputNames.get(i), outputs.get(i)));
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The session is closed.");
        }
    }

    /** Waits for the run in flight, then frees the arena. Closing twice does nothing. */
    @Override
    public void close() {
        turn.lock();
        try {
            closed = true;
            closing.clean();
        } finally {
            turn.unlock();
        }
    }
}
