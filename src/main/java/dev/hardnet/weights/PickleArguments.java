package dev.hardnet.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The arguments of a call in a pickle, read with their types checked. */
record PickleArguments(String call, List<PickleValue> values) {
    void expectCount(int least, int most) {
        if (values.size() < least || values.size() > most) {
            throw new PickleFault("%s takes %d to %d values, but %d are given"
                    .formatted(call, least, most, values.size()));
        }
    }

    boolean isNone(int index) {
        return values.get(index) instanceof PickleValue.None;
    }

    String text(int index) {
        return as(PickleValue.Text.class, index).value();
    }

    /** A whole number that is not negative and fits 63 bits. */
    long count(int index) {
        return count(values.get(index));
    }

    List<PickleValue> tuple(int index) {
        return as(PickleValue.Tuple.class, index).items();
    }

    List<Integer> sizes(int index) {
        List<Integer> sizes = new ArrayList<>();
        for (long size : counts(index)) {
            if (size > Integer.MAX_VALUE) {
                throw new PickleFault("%s is given the size %d, but a size is at most 2^31 - 1".formatted(call, size));
            }
            sizes.add((int) size);
        }
        return sizes;
    }

    List<Long> counts(int index) {
        List<PickleValue> items = tuple(index);
        if (items.size() > StridedLayout.MAX_RANK) {
            throw new PickleFault("%s is given %d dimensions, but a tensor has at most %d"
                    .formatted(call, items.size(), StridedLayout.MAX_RANK));
        }
        return items.stream().map(this::count).toList();
    }

    <T extends PickleValue> T as(Class<T> type, int index) {
        PickleValue value = values.get(index);
        if (!type.isInstance(value)) {
            throw new PickleFault("value %d of %s is of kind %s where %s is expected"
                    .formatted(index, call, value.kind(), type.getSimpleName().toLowerCase(Locale.ROOT)));
        }
        return type.cast(value);
    }

    private long count(PickleValue value) {
        if (value instanceof PickleValue.Int(var number) && number.signum() >= 0 && number.bitLength() < Long.SIZE) {
            return number.longValue();
        }
        throw new PickleFault("%s is given a value of kind %s where a number from 0 to 2^63 - 1 is expected"
                .formatted(call, value.kind()));
    }
}
