package dev.hardnet.weights;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the state dict in the object that a PyTorch file holds, and the bytes of its tensors. */
final class PickledStateDict {
    /** Where training scripts put the state dict beside epoch numbers and optimizer state. */
    private static final List<String> WRAPPERS = List.of("state_dict", "model_state");

    private PickledStateDict() {
    }

    /** The bytes of a storage, as many as its reference says. */
    interface Storages {
        /**
         * Finds a storage.
         *
         * @param reference what the pickle says of it
         * @return its bytes
         * @throws dev.hardnet.HarDNetException when the file does not hold it in that size
         */
        MemorySegment find(PickleValue.StorageReference reference);
    }

    /**
     * Reads the tensors of a state dict.
     *
     * @param file     the file, for messages
     * @param at       the byte at which the pickle begins, for messages
     * @param object   what the pickle holds
     * @param storages the storages of the file
     * @return the tensors by key; other entries are left out
     */
    static CheckpointContent read(FileBytes file, long at, PickleValue object, Storages storages) {
        if (!(object instanceof PickleValue.Dict dict)) {
            throw file.refusal(at, "the file holds a value of kind %s where a state dict is expected"
                    .formatted(object.kind()));
        }
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (PickleValue.Entry entry : unwrap(dict).entries()) {
            if (entry.key() instanceof PickleValue.Text(var key)
                    && entry.value() instanceof PickleValue.TensorReference(var storage, var layout)) {
                tensors.put(key, new StoredTensor(storage.type(), storages.find(storage), layout));
            }
        }
        if (tensors.isEmpty()) {
            throw file.refusal(at, "the file holds no tensors, neither at the top nor under any of %s"
                    .formatted(WRAPPERS));
        }
        return new CheckpointContent(tensors, Map.of());
    }

    private static PickleValue.Dict unwrap(PickleValue.Dict dict) {
        return WRAPPERS.stream().flatMap(wrapper -> dictUnder(wrapper, dict).stream()).findFirst().orElse(dict);
    }

    private static Optional<PickleValue.Dict> dictUnder(String name, PickleValue.Dict dict) {
        return dict.entries().reversed().stream()
                .filter(entry -> entry.key() instanceof PickleValue.Text(var key) && key.equals(name))
                .findFirst()
                .map(PickleValue.Entry::value)
                .filter(PickleValue.Dict.class::isInstance)
                .map(PickleValue.Dict.class::cast);
    }
}
