package dev.hardnet.weights;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The memory of an {@link Unpickler}: values, marks and the memo. Each instruction adds at most one value, so that all
 * of it together has no more entries than the pickle has bytes.
 */
final class PickleStack {
    private final List<PickleValue> values = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Long, PickleValue> memo = new HashMap<>();

    void push(PickleValue value) {
        values.add(value);
    }

    PickleValue pop() {
        needOne();
        return values.removeLast();
    }

    PickleValue top() {
        needOne();
        return values.getLast();
    }

    void mark() {
        marks.add(values.size());
    }

    /** Takes everything above the last mark, lowest first, and the mark. */
    List<PickleValue> popToMark() {
        if (marks.isEmpty()) {
            throw new PickleFault("the instruction needs a mark, but none is set");
        }
        List<PickleValue> above = values.subList(marks.removeLast(), values.size());
        List<PickleValue> taken = List.copyOf(above);
        above.clear();
        return taken;
    }

    void memoize(long index) {
        memo.put(index, top());
    }

    void memoizeNext() {
        memoize(memo.size());
    }

    PickleValue recall(long index) {
        PickleValue value = memo.get(index);
        if (value == null) {
            throw new PickleFault("memo entry %d is read, but nothing was put there".formatted(index));
        }
        return value;
    }

    private void needOne() {
        int floor = marks.isEmpty() ? 0 : marks.getLast();
        if (values.size() <= floor) {
            throw new PickleFault("the instruction needs a value, but the stack is empty");
        }
    }
}
