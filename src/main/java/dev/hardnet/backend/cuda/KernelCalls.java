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
    /** Sides of the tile that a block of the segment convolution computes. */
    private static final int TILE = 64;

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
        PLANES,
        /** One block for 64 channels of 64 pixels. */
        TILES
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
        int reached = Math.min(targets.size(), KernelParams.MAX_TARGETS);
        List<Launch> launches = new ArrayList<>();
        launches.add(launch(kernel, work, sources, output, targets.subList(0, reached), fill));
        List<Target> copies = targets.subList(reached, targets.size()).stream().map(Target::unchanged).toList();
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
        KernelParams params = new KernelParams(memory).targets(targets).set("n", output.n())
                .set("out_c", output.c()).set("out_h", output.h()).set("out_w", output.w());
        for (int i = 0; i < sources.size(); i++) {
            params.source(i, sources.get(i).source());
        }
        fill.accept(params);
        return session.launch(kernel + form(packs), grid(work, output, targets, packs ? PACK : 1), params,
                stream);
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
        int channels = targets.stream().mapToInt(Target::endChannel).max().orElseThrow();
        int packs = Math.ceilDiv(channels, pack);
        return switch (work) {
            case ELEMENTS -> Grid.ofItems(pixels * packs);
            case FOURS -> Grid.ofItems(pixels * packs / FOUR);
            case PIXELS, INDEXES -> Grid.ofItems(pixels);
            case PLANES -> new Grid(output.n() * packs, 1);
            case TILES -> new Grid((int) Math.ceilDiv(pixels, TILE), Math.ceilDiv(channels, TILE));
        };
    }
}
