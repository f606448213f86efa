package dev.hardnet.backend.cuda;

import dev.hardnet.Precision;
import dev.hardnet.backend.cuda.KernelLaunch.Grid;
import dev.hardnet.backend.cuda.KernelParams.Limits;
import dev.hardnet.backend.cuda.KernelParams.Target;
import dev.hardnet.graph.Shape;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Makes launches of own kernels: picks the form of a kernel that fits its operands, and the grid. */
final class KernelCalls {
    private static final int PACK = 8;
    private static final int FOUR = 4;

    private final CudaSession session;
    private final Arena memory;
    private final Precision precision;
    private final CudaStream stream;

    /** How a kernel's threads share the work. */
    enum Work {
        /** One thread for each pack of channels of each output pixel. */
        ELEMENTS,
        /** One thread for each four pixels of each channel. */
        FOURS,
        /** One thread for each output pixel. */
        PIXELS,
        /** The same; the target holds a byte for each pixel, and no channels. */
        INDEXES,
        /** One block for each pack of channels of each picture. */
        PLANES
    }

    /** Parameters of the launches live in the given memory, tables and kernels as long as the session. */
    KernelCalls(CudaSession session, Arena memory, Precision precision) {
        this(session, memory, precision, session.stream());
    }

    private KernelCalls(CudaSession session, Arena memory, Precision precision, CudaStream stream) {
        this.session = session;
        this.memory = memory;
        this.precision = precision;
        this.stream = stream;
    }

    /** The same launches into another stream. */
    KernelCalls into(CudaStream other) {
        return new KernelCalls(session, memory, precision, other);
    }

    CudaSession session() {
        return session;
    }

    boolean isHalf() {
        return precision == Precision.FLOAT16;
    }

    /**
     * Launches that together write all targets: what the first launch cannot reach is copied from the first target.
     *
     * @param kernel  the kernel's name without the form
     * @param work    how it shares its work
     * @param sources what it reads
     * @param output  the sizes of the result
     * @param targets where it is written
     * @param fill    sets what else the kernel needs
     */
    List<Launch> write(String kernel, Work work, List<ViewSource> sources, Shape output, List<Target> targets,
                       Consumer<KernelParams> fill) {
        return withCopies(launch(kernel, work, sources, output, reached(targets), fill), output, targets);
    }

    /**
     * Launches of the own convolution: into the targets, or by way of the workspace where sums are split.
     *
     * @param method    its form
     * @param source    what it reads
     * @param output    the sizes of the result
     * @param targets   where it is written
     * @param limits    what results are limited to
     * @param workspace as large as the method says
     * @param fill      sets what else the convolution needs
     */
    List<Launch> convolution(ConvolutionMethod.Segments method, ViewSource source, Shape output, List<Target> targets,
                             Limits limits, long workspace, Consumer<KernelParams> fill) {
        Consumer<KernelParams> common = params -> params.limits(limits).splits(method.splits(), workspace);
        Launch tiles = tiles(method, source, output, reached(targets), common.andThen(fill));
        if (method.splits() == 1) {
            return withCopies(tiles, output, targets);
        }
        List<Launch> launches = new ArrayList<>(List.of(tiles));
        launches.addAll(write("hn_conv_sum", Work.ELEMENTS, List.of(), output, targets,
                common.andThen(params -> params.set("in_c", output.c()))));
        return launches;
    }

    private Launch tiles(ConvolutionMethod.Segments method, ViewSource source, Shape output, List<Target> targets,
                         Consumer<KernelParams> fill) {
        boolean packs = isHalf() && source.aligned() && targets.stream().allMatch(KernelCalls::isPackable);
        long pixels = (long) output.n() * output.h() * output.w();
        Grid grid = method.tile().grid(pixels, endChannel(targets), method.splits());
        KernelParams params = params(List.of(source), output, targets);
        fill.accept(params);
        return session.launch(method.tile().kernel() + form(packs), grid, params, stream);
    }

    private static List<Target> reached(List<Target> targets) {
        return targets.subList(0, Math.min(targets.size(), KernelParams.MAX_TARGETS));
    }

    private List<Launch> withCopies(Launch first, Shape output, List<Target> targets) {
        List<Target> copies = targets.stream().skip(KernelParams.MAX_TARGETS).map(Target::unchanged).toList();
        List<Launch> launches = new ArrayList<>(List.of(first));
        launches.addAll(norm(ViewSource.of(targets.getFirst().map()), output, copies, output.w(), Limits.NONE));
        return launches;
    }

    /**
     * Launches that scale, shift and limit what is read, for each target in its own way.
     *
     * @param source  what is read; the first target may be the same memory
     * @param output  the sizes of the result
     * @param targets where it is written, possibly nowhere
     * @param row     pixels from one row read to the next
     * @param limits  what results are limited to
     */
    List<Launch> norm(ViewSource source, Shape output, List<Target> targets, int row, Limits limits) {
        List<Launch> launches = new ArrayList<>();
        // The first target comes last: where it is what is read, nobody reads it afterwards.
        for (int end = targets.size(); end > 0; end -= KernelParams.MAX_TARGETS) {
            List<Target> some = targets.subList(Math.max(0, end - KernelParams.MAX_TARGETS), end);
            boolean fours = row == output.w() && canTakeFours(source, output, some);
            launches.add(launch(fours ? "hn_norm_of_four" : "hn_norm", fours ? Work.FOURS : Work.ELEMENTS,
                    List.of(source), output, some,
                    params -> params.limits(limits).set("in_c", output.c()).set("in_h", output.h())
                            .set("in_w", output.w()).set("in_row", row)));
        }
        return launches;
    }

    private boolean canTakeFours(ViewSource source, Shape output, List<Target> targets) {
        return !isHalf() && output.h() * output.w() % FOUR == 0 && source.aligned()
                && targets.stream().map(Target::map).allMatch(ViewSource::isAligned);
    }

    private Launch launch(String kernel, Work work, List<ViewSource> sources, Shape output, List<Target> targets,
                          Consumer<KernelParams> fill) {
        boolean packs = isHalf() && sources.stream().allMatch(ViewSource::aligned)
                && (work == Work.INDEXES || targets.stream().allMatch(KernelCalls::isPackable));
        KernelParams params = params(sources, output, targets);
        fill.accept(params);
        return session.launch(kernel + form(packs), grid(work, output, targets, packs ? PACK : 1), params,
                stream);
    }

    private KernelParams params(List<ViewSource> sources, Shape output, List<Target> targets) {
        KernelParams params = new KernelParams(memory).targets(targets).set("n", output.n())
                .set("out_c", output.c()).set("out_h", output.h()).set("out_w", output.w());
        for (int i = 0; i < sources.size(); i++) {
            params.source(i, sources.get(i).source());
        }
        return params;
    }

    private static int endChannel(List<Target> targets) {
        return targets.stream().mapToInt(Target::endChannel).max().orElseThrow();
    }

    private static boolean isPackable(Target target) {
        return target.first() % PACK == 0 && target.channels() % PACK == 0
                && ViewSource.isAligned(target.map());
    }

    private String form(boolean packs) {
        return isHalf() ? packs ? "_f16x8" : "_f16" : "_f32";
    }

    private static Grid grid(Work work, Shape output, List<Target> targets, int pack) {
        long pixels = (long) output.n() * output.h() * output.w();
        int packs = Math.ceilDiv(endChannel(targets), pack);
        return switch (work) {
            case ELEMENTS -> Grid.ofItems(pixels * packs);
            case FOURS -> Grid.ofItems(pixels * packs / FOUR);
            case PIXELS, INDEXES -> Grid.ofItems(pixels);
            case PLANES -> new Grid(output.n() * packs, 1, 1);
        };
    }
}
