package dev.hardnet.weights;

import java.util.ArrayList;
import java.util.List;

/** Carries out the calls and persistent references of a pickle: all they do is describe tensors. */
final class PickleCalls {
    private final long fileBytes;
    private long copiedItems;

    /**
     * Starts with nothing copied.
     *
     * @param fileBytes the size of the file, which bounds what its numbers may claim
     */
    PickleCalls(long fileBytes) {
        this.fileBytes = fileBytes;
    }

    PickleValue call(PickleValue callee, PickleValue arguments) {
        if (!(callee instanceof PickleValue.Callable(var function))) {
            throw new PickleFault("a value of kind %s is called, but it is no function".formatted(callee.kind()));
        }
        if (!(arguments instanceof PickleValue.Tuple(var values))) {
            throw new PickleFault("a call has a value of kind %s as arguments, but a tuple is expected"
                    .formatted(arguments.kind()));
        }
        return switch (function) {
            case ORDERED_DICT -> orderedDict(new PickleArguments("OrderedDict", values));
            case REBUILD_TENSOR -> tensor(new PickleArguments("_rebuild_tensor_v2", values));
            case REBUILD_PARAMETER -> parameter(new PickleArguments("_rebuild_parameter", values));
            case SIZE -> size(new PickleArguments("torch.Size", values));
            case DEVICE -> new PickleValue.Opaque("device");
            case NUMPY_SCALAR -> new PickleValue.Opaque("number");
        };
    }

    /** The reference ('storage', type, key, location, elements, view), whose last part only legacy files have. */
    PickleValue.StorageReference storage(PickleValue id, long at) {
        if (!(id instanceof PickleValue.Tuple(var values))) {
            throw new PickleFault("a persistent id is of kind %s, but a tuple is expected".formatted(id.kind()));
        }
        PickleArguments parts = new PickleArguments("a storage's persistent id", values);
        parts.expectCount(5, 6);
        if (!parts.text(0).equals("storage")) {
            throw new PickleFault("a persistent id names a '%s', but only 'storage' is known"
                    .formatted(Excerpt.of(parts.text(0))));
        }
        if (values.size() == 6 && !parts.isNone(5)) {
            throw new PickleFault("the storage is a view of another one, as only PyTorch before 0.4 wrote them");
        }
        return storage(parts, at);
    }

    private PickleValue.StorageReference storage(PickleArguments parts, long at) {
        DataType type = parts.as(PickleValue.StorageType.class, 1).type();
        long elements = parts.count(4);
        if (elements > fileBytes / type.bytes()) {
            throw new PickleFault("a storage of %d elements of %s is larger than the whole file of %d bytes"
                    .formatted(elements, type, fileBytes));
        }
        return new PickleValue.StorageReference(type, parts.text(2), elements, at);
    }

    private PickleValue tensor(PickleArguments arguments) {
        arguments.expectCount(4, 7);
        PickleValue.StorageReference storage = arguments.as(PickleValue.StorageReference.class, 0);
        List<Integer> shape = arguments.sizes(2);
        List<Long> strides = arguments.counts(3);
        if (shape.size() != strides.size()) {
            throw new PickleFault("a tensor has %d sizes but %d strides".formatted(shape.size(), strides.size()));
        }
        StridedLayout layout = new StridedLayout(arguments.count(1), shape, strides);
        checkRange(layout, storage);
        return new PickleValue.TensorReference(storage, layout);
    }

    /** An expanded tensor repeats elements: without a bound, a few bytes could claim any amount of memory. */
    private void checkRange(StridedLayout layout, PickleValue.StorageReference storage) {
        if (!layout.fitsIn(storage.elements())) {
            throw new PickleFault("a tensor of sizes %s, strides %s, offset %d leaves its storage of %d elements"
                    .formatted(layout.shape(), layout.strides(), layout.offset(), storage.elements()));
        }
        if (layout.elements() > Math.min(fileBytes, Integer.MAX_VALUE)) {
            throw new PickleFault("a tensor of sizes %s has more elements than the file has bytes or than 2^31 - 1"
                    .formatted(layout.shape()));
        }
    }

    private static PickleValue parameter(PickleArguments arguments) {
        arguments.expectCount(1, 3);
        return arguments.as(PickleValue.TensorReference.class, 0);
    }

    private static PickleValue size(PickleArguments arguments) {
        arguments.expectCount(1, 1);
        return arguments.as(PickleValue.Tuple.class, 0);
    }

    /** Python 3 writes OrderedDict() and then its items; Python 2 gives a list of pairs as argument. */
    private PickleValue orderedDict(PickleArguments arguments) {
        arguments.expectCount(0, 1);
        List<PickleValue.Entry> entries = new ArrayList<>();
        if (!arguments.values().isEmpty()) {
            for (PickleValue pair : arguments.as(PickleValue.Sequence.class, 0).items()) {
                entries.add(entry(pair));
            }
        }
        return new PickleValue.Dict(entries);
    }

    private PickleValue.Entry entry(PickleValue pair) {
        List<PickleValue> items = switch (pair) {
            case PickleValue.Tuple(var parts) -> parts;
            case PickleValue.Sequence(var parts) -> parts;
            default -> List.of();
        };
        if (items.size() != 2) {
            throw new PickleFault("OrderedDict is given an item of kind %s, but pairs are expected"
                    .formatted(pair.kind()));
        }
        copiedItems++;
        if (copiedItems > fileBytes) {
            throw new PickleFault("more items are copied into dicts than the file has bytes");
        }
        return new PickleValue.Entry(items.getFirst(), items.getLast());
    }
}
