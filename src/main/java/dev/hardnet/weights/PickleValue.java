package dev.hardnet.weights;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;

/**
 * What a pickle may hold. Containers compare by identity wherever it matters: they can contain themselves, so nothing
 * here ever walks down a value.
 */
sealed interface PickleValue {
    /** The name of the kind of value, for messages. */
    default String kind() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Python's None. */
    record None() implements PickleValue {
        static final None VALUE = new None();
    }

    /** True or false. */
    record Bool(boolean value) implements PickleValue {
    }

    /** A whole number of any size. */
    record Int(BigInteger value) implements PickleValue {
        static Int of(long value) {
            return new Int(BigInteger.valueOf(value));
        }
    }

    /** A string. */
    record Text(String value) implements PickleValue {
    }

    /** A value that no reader looks at: a float, bytes, a device. */
    record Opaque(String kind) implements PickleValue {
    }

    /** A tuple or a torch.Size. */
    record Tuple(List<PickleValue> items) implements PickleValue {
    }

    /** A list that can still grow. */
    record Sequence(List<PickleValue> items) implements PickleValue {
    }

    /** A dict or an OrderedDict that can still grow: its items in order, later ones win. */
    record Dict(List<Entry> entries) implements PickleValue {
    }

    /** An item of a {@link Dict}; not hashed, as any value may be a key. */
    record Entry(PickleValue key, PickleValue value) {
    }

    /** A function or class on the allow-list. */
    record Callable(PickleGlobals.Function function) implements PickleValue {
    }

    /** A class such as torch.FloatStorage, of which only the element type matters. */
    record StorageType(DataType type) implements PickleValue {
    }

    /**
     * Where a tensor's elements are stored.
     *
     * @param type     their type
     * @param key      the storage's name in the file
     * @param elements the number of elements in the whole storage
     * @param at       the byte of the pickle that refers to it, for messages
     */
    record StorageReference(DataType type, String key, long elements, long at) implements PickleValue {
        long bytes() {
            return elements * type.bytes();
        }
    }

    /**
     * A tensor: a strided window into a storage, already checked against the storage's size.
     *
     * @param storage where the elements are
     * @param layout  which of them, in which order
     */
    record TensorReference(StorageReference storage, StridedLayout layout) implements PickleValue {
    }
}
