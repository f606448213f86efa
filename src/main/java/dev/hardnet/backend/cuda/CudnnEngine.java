package dev.hardnet.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.*;

import dev.hardnet.HarDNetException;
import dev.hardnet.Precision;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One of the engines that cuDNN's heuristics name for an operation graph, built: a plan that can be executed. */
final class CudnnEngine implements Resources.Resource {
    /** Heuristics name the most promising engines first; further ones are not looked at. */
    static final int MOST_ENGINES = 8;

    private static final int[] MODES = {CUDNN_HEUR_MODE_A, CUDNN_HEUR_MODE_FALLBACK};
    private static final Set<Integer> NEVER =
            Set.of(CUDNN_NUMERICAL_NOTE_NONDETERMINISTIC, CUDNN_NUMERICAL_NOTE_REDUCED_PRECISION_REDUCTION);
    private static final Set<Integer> ROUNDING =
            Set.of(CUDNN_NUMERICAL_NOTE_TENSOR_CORE, CUDNN_NUMERICAL_NOTE_DOWN_CONVERT_INPUTS);

    private final Resources resources;
    private final CudnnHandle handle;
    private final BackendDescriptor plan;
    private final long workspaceBytes;

    private CudnnEngine(Resources resources, CudnnHandle handle, BackendDescriptor plan) {
        this.resources = resources;
        this.handle = handle;
        this.plan = plan;
        workspaceBytes = plan.readLong(CUDNN_ATTR_EXECUTION_PLAN_WORKSPACE_SIZE);
    }

    /**
     * Builds an engine for a problem.
     *
     * @param handle  what executes it
     * @param problem the convolution
     * @param rank    the engine's number in the order of the heuristics, from 0
     * @return the engine; empty when there is none of that rank, when cuDNN does not support it for this problem, when it
     *         does not give the same result each time, or when it rounds more than the precision allows
     */
    static Optional<CudnnEngine> build(CudnnHandle handle, ConvolutionProblem problem, int rank) {
        return engine(handle, CudnnNotSupported.class, resources -> {
            BackendDescriptor graph = ConvolutionGraph.describe(handle, problem, resources);
            return configuration(graph, rank, resources)
                    .filter(configuration -> isAllowed(configuration, problem.precision(), resources))
                    .flatMap(configuration -> plan(handle, configuration, resources));
        });
    }

    /**
     * Makes an engine of what another one gave as its text.
     *
     * @param handle what executes it
     * @param text   cuDNN's representation of it
     * @return the engine; empty when cuDNN does not take the text, such as that of another version
     */
    static Optional<CudnnEngine> restore(CudnnHandle handle, byte[] text) {
        return engine(handle, HarDNetException.class, resources -> {
            BackendDescriptor plan = plan(handle, resources).characters(
                    CUDNN_ATTR_EXECUTION_PLAN_JSON_REPRESENTATION, text);
            return plan.tryToFinish() == CUDNN_STATUS_SUCCESS ? Optional.of(plan) : Optional.empty();
        });
    }

    /** An engine of a plan that may be refused; whatever is held for it is given back where there is none. */
    private static Optional<CudnnEngine> engine(CudnnHandle handle, Class<? extends HarDNetException> refusal,
                                                Function<Resources, Optional<BackendDescriptor>> plan) {
        Resources resources = new Resources();
        Optional<CudnnEngine> engine = Optional.empty();
        try {
            engine = plan.apply(resources).map(made -> new CudnnEngine(resources, handle, made));
        } catch (HarDNetException failure) {
            if (!refusal.isInstance(failure)) {
                throw failure;
            }
        } finally {
            if (engine.isEmpty()) {
                resources.close();
            }
        }
        return engine;
    }

    /** How many engines the heuristics name for a problem, whether they can be built or not. */
    static int count(CudnnHandle handle, ConvolutionProblem problem) {
        try (Resources resources = new Resources()) {
            BackendDescriptor graph = ConvolutionGraph.describe(handle, problem, resources);
            return Arrays.stream(MODES).map(mode -> configurations(graph, mode, resources).length).sum();
        } catch (CudnnNotSupported refusal) {
            return 0;
        }
    }

    /** The configuration of a rank: those of the first mode, then those of the second. */
    private static Optional<BackendDescriptor> configuration(BackendDescriptor graph, int rank, Resources resources) {
        int left = rank;
        for (int mode : MODES) {
            BackendDescriptor[] found = configurations(graph, mode, resources);
            if (left < found.length) {
                return Optional.of(found[left]);
            }
            left -= found.length;
        }
        return Optional.empty();
    }

    private static BackendDescriptor[] configurations(BackendDescriptor graph, int mode, Resources resources) {
        BackendDescriptor heuristics = resources.add(
                BackendDescriptor.create(CUDNN_BACKEND_ENGINEHEUR_DESCRIPTOR, "heuristics"));
        heuristics.descriptors(CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH, graph)
                .enumerated(CUDNN_ATTR_ENGINEHEUR_MODE, CUDNN_TYPE_HEUR_MODE, mode);
        if (heuristics.tryToFinish() != CUDNN_STATUS_SUCCESS) {
            return new BackendDescriptor[0];
        }
        BackendDescriptor[] configurations = new BackendDescriptor[MOST_ENGINES];
        Arrays.setAll(configurations, _ -> resources.add(
                BackendDescriptor.create(CUDNN_BACKEND_ENGINECFG_DESCRIPTOR, "an engine's configuration")));
        int count = heuristics.readDescriptors(CUDNN_ATTR_ENGINEHEUR_RESULTS, configurations);
        return Arrays.copyOf(configurations, count);
    }

    private static boolean isAllowed(BackendDescriptor configuration, Precision precision, Resources resources) {
        BackendDescriptor engine = resources.add(
                BackendDescriptor.create(CUDNN_BACKEND_ENGINE_DESCRIPTOR, "an engine"));
        configuration.readDescriptors(CUDNN_ATTR_ENGINECFG_ENGINE, engine);
        Set<Integer> notes = Arrays.stream(engine.readEnumerated(CUDNN_ATTR_ENGINE_NUMERICAL_NOTE,
                CUDNN_TYPE_NUMERICAL_NOTE, CUDNN_NUMERICAL_NOTE_TYPE_COUNT)).boxed().collect(Collectors.toSet());
        return notes.stream().noneMatch(NEVER::contains)
                && (precision != Precision.FLOAT32 || notes.stream().noneMatch(ROUNDING::contains));
    }

    private static Optional<BackendDescriptor> plan(CudnnHandle handle, BackendDescriptor configuration,
                                                    Resources resources) {
        BackendDescriptor plan = plan(handle, resources);
        int status = plan.descriptors(CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG, configuration).tryToFinish();
        return status == CUDNN_STATUS_SUCCESS ? Optional.of(plan) : Optional.empty();
    }

    private static BackendDescriptor plan(CudnnHandle handle, Resources resources) {
        return resources.add(BackendDescriptor.create(CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR, "an execution plan"))
                .handle(CUDNN_ATTR_EXECUTION_PLAN_HANDLE, handle);
    }

    /** What a later process can restore it from; empty where cuDNN does not write it down. */
    Optional<byte[]> text() {
        try {
            return Optional.of(plan.readCharacters(CUDNN_ATTR_EXECUTION_PLAN_JSON_REPRESENTATION));
        } catch (HarDNetException refusal) {
            return Optional.empty();
        }
    }

    long workspaceBytes() {
        return workspaceBytes;
    }

    /** Binds addresses. */
    Launch bind(long input, long filter, long bias, long output, long workspace) {
        BackendDescriptor addresses = resources.add(
                BackendDescriptor.create(CUDNN_BACKEND_VARIANT_PACK_DESCRIPTOR, "a convolution's addresses"));
        addresses.longs(CUDNN_ATTR_VARIANT_PACK_UNIQUE_IDS, ConvolutionGraph.INPUT, ConvolutionGraph.FILTER,
                        ConvolutionGraph.BIAS, ConvolutionGraph.OUTPUT)
                .addresses(CUDNN_ATTR_VARIANT_PACK_DATA_POINTERS, input, filter, bias, output)
                .addresses(CUDNN_ATTR_VARIANT_PACK_WORKSPACE, workspace).finished();
        return () -> {
            int status = cudnnBackendExecute(handle.handle(), plan.handle(), addresses.handle());
            if (status != CUDNN_STATUS_SUCCESS) {
                Cudnn.check(status, "cudnnBackendExecute");
            }
        };
    }

    @Override
    public void close() {
        resources.close();
    }
}
