package dev.hardnet.backend.cuda;

import static org.bytedeco.cuda.global.cudart.cuMemcpyDtoHAsync;

import dev.hardnet.Tensor;
import dev.hardnet.backend.cuda.KernelCalls.Work;
import dev.hardnet.backend.cuda.KernelParams.Target;
import dev.hardnet.graph.ElementType;
import dev.hardnet.graph.FeatureMap;
import dev.hardnet.graph.Output;
import dev.hardnet.graph.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Brings an output from its maps to a tensor: through pinned memory, which a kernel writes. */
final class OutputTransfer {
    private final KernelCalls calls;
    private final StripMemory maps;
    private final Output output;
    private final MemorySegment staging;
    private final List<Launch> launches = new ArrayList<>();

    OutputTransfer(KernelCalls calls, StripMemory maps, Output output) {
        this.calls = calls;
        this.maps = maps;
        this.output = output;
        long bytes = output.maps().stream().mapToLong(map -> map.shape().elements() * output.type().bytes()).sum();
        PinnedMemory pinned = calls.session().hold(PinnedMemory.allocate(bytes, "output " + output.name()));
        staging = pinned.content();
        if (output.type() == ElementType.UINT8) {
            launches.add(copy(pinned, bytes));
        } else {
            addKernels(pinned.address());
        }
    }

    /** Classes lie in the arena as they lie in the tensor. */
    private Launch copy(PinnedMemory pinned, long bytes) {
        long from = maps.of(output.maps().getFirst()).address();
        Address to = new Address(pinned.address());
        var stream = calls.session().stream().handle();
        return () -> {
            int status = cuMemcpyDtoHAsync(to, from, bytes, stream);
            if (status != 0) {
                Driver.check(status, "cuMemcpyDtoHAsync of the classes");
            }
        };
    }

    private void addKernels(long pinned) {
        long ofPicture = output.maps().stream()
                .mapToLong(map -> map.shape().elements() / map.shape().n()).sum();
        long start = 0;
        for (FeatureMap map : output.maps()) {
            Shape shape = map.shape();
            long pixels = (long) shape.h() * shape.w();
            long address = pinned + start * Float.BYTES;
            MapAddress to = output.layout() == Output.Layout.PRIORS ? new MapAddress(address, ofPicture, 1, shape.c())
                    : new MapAddress(address, ofPicture, pixels, 1);
            Target target = new Target(to, 0, 0, 0, shape.c());
            launches.addAll(calls.write("hn_output", Work.ELEMENTS, List.of(ViewSource.of(maps.of(map))), shape,
                    List.of(target), params -> params.set("in_c", shape.c()).set("in_h", shape.h())
                            .set("in_w", shape.w())));
            start += shape.elements() / shape.n();
        }
    }

    List<Launch> launches() {
        return launches;
    }

    /** Copies what the launches wrote to a tensor. */
    void read(Tensor to) {
        if (output.type() == ElementType.UINT8) {
            PinnedCopy.out(staging, to.bytes());
        } else {
            PinnedCopy.out(staging, to.data());
        }
    }
}
