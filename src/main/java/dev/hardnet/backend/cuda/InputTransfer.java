package dev.hardnet.backend.cuda;

import dev.hardnet.Tensor;
import dev.hardnet.backend.cuda.KernelCalls.Work;
import dev.hardnet.graph.FeatureMap;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Brings a tensor to the map of the network's input: through pinned memory, which a kernel reads. */
final class InputTransfer {
    private final MemorySegment staging;
    private final List<Launch> launches;

    InputTransfer(KernelCalls calls, StripMemory maps, FeatureMap input) {
        PinnedMemory pinned = calls.session().hold(
                PinnedMemory.allocate(input.shape().elements() * Float.BYTES, "the input"));
        staging = pinned.content();
        // The kernel reads a contiguous tensor; the strides say nothing to it.
        ViewSource source = ViewSource.of(new MapAddress(pinned.address(), 0, 0, 0));
        launches = calls.write("hn_input", Work.ELEMENTS, List.of(source), input.shape(), maps.targets(input),
                params -> params.set("in_c", input.shape().c()).set("in_h", input.shape().h())
                        .set("in_w", input.shape().w()));
    }

    /** Copies the tensor to where the launches read it. */
    void stage(Tensor input) {
        PinnedCopy.in(input.data(), staging);
    }

    List<Launch> launches() {
        return launches;
    }
}
