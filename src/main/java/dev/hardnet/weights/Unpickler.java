package dev.hardnet.weights;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads one pickle as data. It knows the instructions of {@link PickleOpcode} and the globals of
 * {@link PickleGlobals}; nothing of the file is ever executed, and anything else in it is an error.
 */
final class Unpickler {
    private static final int NEWEST_PROTOCOL = 5;
    private static final int MAX_NAME_BYTES = 256;
    private static final int MAX_INTEGER_BYTES = 1024;
    /** Far more than any state dict with its optimizer needs; bounds the memory that a hostile pickle can ask for. */
    private static final int MAX_INSTRUCTIONS = 1 << 20;
    private static final long MAX_TEXT_BYTES = 1 << 26;

    private final ByteCursor cursor;
    private final PickleStack stack = new PickleStack();
    private final PickleCalls calls;
    private final List<PickleValue.StorageReference> storages = new ArrayList<>();
    private long opcodeAt;
    private int instructions;
    private long textBytes;

    private Unpickler(ByteCursor cursor) {
        this.cursor = cursor;
        this.calls = new PickleCalls(cursor.file().size());
    }

    /**
     * A pickle's content.
     *
     * @param value    its value
     * @param storages every reference to a storage, in the order of the pickle
     */
    record Result(PickleValue value, List<PickleValue.StorageReference> storages) {
    }

    /**
     * Reads the pickle that starts at the cursor, and leaves the cursor after it.
     *
     * @param cursor where it starts and where it must have ended
     * @return its content
     * @throws dev.hardnet.HarDNetException when it is cut short or holds something that is not allowed
     */
    static Result read(ByteCursor cursor) {
        return new Unpickler(cursor).run();
    }

    private Result run() {
        try {
            PickleOpcode opcode = next();
            while (opcode != PickleOpcode.STOP) {
                execute(opcode);
                opcode = next();
            }
            return new Result(stack.pop(), storages);
        } catch (PickleFault fault) {
            throw cursor.file().refusal(opcodeAt, fault.getMessage(), fault);
        }
    }

    private PickleOpcode next() {
        opcodeAt = cursor.position();
        instructions++;
        if (instructions > MAX_INSTRUCTIONS) {
            throw new PickleFault("the pickle has more than %d instructions".formatted(MAX_INSTRUCTIONS));
        }
        return PickleOpcode.of(cursor.u8());
    }

    private void execute(PickleOpcode opcode) {
        switch (opcode) {
            case STOP -> throw new IllegalStateException("the loop ends at STOP");
            case PROTO -> protocol();
            case FRAME -> frame();
            case NONE -> stack.push(PickleValue.None.VALUE);
            case NEWTRUE -> stack.push(new PickleValue.Bool(true));
            case NEWFALSE -> stack.push(new PickleValue.Bool(false));
            case BININT -> stack.push(PickleValue.Int.of(cursor.i32()));
            case BININT1 -> stack.push(PickleValue.Int.of(cursor.u8()));
            case BININT2 -> stack.push(PickleValue.Int.of(cursor.u16()));
            case LONG1 -> pushLong(cursor.u8());
            case LONG4 -> pushLong(cursor.u32());
            case BINFLOAT -> skipOpaque("float", Double.BYTES);
            case SHORT_BINSTRING, SHORT_BINUNICODE -> pushText(cursor.u8());
            case BINSTRING, BINUNICODE -> pushText(cursor.u32());
            case BINUNICODE8 -> pushText(cursor.i64());
            case SHORT_BINBYTES -> skipOpaque("bytes", cursor.u8());
            case BINBYTES -> skipOpaque("bytes", cursor.u32());
            case BINBYTES8 -> skipOpaque("bytes", cursor.i64());
            case EMPTY_TUPLE -> stack.push(new PickleValue.Tuple(List.of()));
            case TUPLE1 -> pushTuple(1);
            case TUPLE2 -> pushTuple(2);
            case TUPLE3 -> pushTuple(3);
            case TUPLE -> stack.push(new PickleValue.Tuple(stack.popToMark()));
            case EMPTY_LIST -> stack.push(new PickleValue.Sequence(new ArrayList<>()));
            case APPEND -> append(List.of(stack.pop()));
            case APPENDS -> append(stack.popToMark());
            case EMPTY_DICT -> stack.push(new PickleValue.Dict(new ArrayList<>()));
            case SETITEM -> setItem();
            case SETITEMS -> setItems(stack.popToMark());
            case MARK -> stack.mark();
            case POP -> stack.pop();
            case POP_MARK -> stack.popToMark();
            case DUP -> stack.push(stack.top());
            case BINGET -> stack.push(stack.recall(cursor.u8()));
            case LONG_BINGET -> stack.push(stack.recall(cursor.u32()));
            case BINPUT -> stack.memoize(cursor.u8());
            case LONG_BINPUT -> stack.memoize(cursor.u32());
            case MEMOIZE -> stack.memoizeNext();
            case GLOBAL -> stack.push(PickleGlobals.find(line(), line()));
            case STACK_GLOBAL -> stackGlobal();
            case REDUCE -> reduce();
            case BUILD -> build();
            case BINPERSID -> storage();
        }
    }

    private void protocol() {
        int version = cursor.u8();
        if (version > NEWEST_PROTOCOL) {
            throw new PickleFault("the pickle is of protocol %d, but %d is the newest known"
                    .formatted(version, NEWEST_PROTOCOL));
        }
    }

    /** A frame only tells how much to read ahead. */
    private void frame() {
        long length = cursor.i64();
        if (length < 0 || length > cursor.remaining()) {
            throw new PickleFault("a frame of %s bytes is announced, but only %d are left"
                    .formatted(Long.toUnsignedString(length), cursor.remaining()));
        }
    }

    private void pushLong(long count) {
        if (count > MAX_INTEGER_BYTES) {
            throw new PickleFault("a number of %d bytes is longer than %d".formatted(count, MAX_INTEGER_BYTES));
        }
        byte[] digits = cursor.bytes(count);
        for (int low = 0, high = digits.length - 1; low < high; low++, high--) {
            byte swapped = digits[low];
            digits[low] = digits[high];
            digits[high] = swapped;
        }
        stack.push(new PickleValue.Int(digits.length == 0 ? BigInteger.ZERO : new BigInteger(digits)));
    }

    private void pushText(long count) {
        if (count < 0 || count > MAX_TEXT_BYTES - textBytes) {
            throw new PickleFault("the pickle has more than %d bytes of text".formatted(MAX_TEXT_BYTES));
        }
        textBytes += count;
        stack.push(new PickleValue.Text(new String(cursor.bytes(count), StandardCharsets.UTF_8)));
    }

    private void skipOpaque(String kind, long count) {
        cursor.skip(count);
        stack.push(new PickleValue.Opaque(kind));
    }

    private void pushTuple(int size) {
        PickleValue[] items = new PickleValue[size];
        for (int i = size - 1; i >= 0; i--) {
            items[i] = stack.pop();
        }
        stack.push(new PickleValue.Tuple(List.of(items)));
    }

    private void append(List<PickleValue> items) {
        if (!(stack.top() instanceof PickleValue.Sequence(var list))) {
            throw new PickleFault("items are appended to a value of kind %s, but a list is expected"
                    .formatted(stack.top().kind()));
        }
        list.addAll(items);
    }

    private void setItem() {
        PickleValue value = stack.pop();
        PickleValue key = stack.pop();
        setItems(List.of(key, value));
    }

    private void setItems(List<PickleValue> items) {
        if (!(stack.top() instanceof PickleValue.Dict(var entries))) {
            throw new PickleFault("items are set on a value of kind %s, but a dict is expected"
                    .formatted(stack.top().kind()));
        }
        if (items.size() % 2 != 0) {
            throw new PickleFault("a dict is given %d keys and values, but they come in pairs".formatted(items.size()));
        }
        for (int i = 0; i < items.size(); i += 2) {
            entries.add(new PickleValue.Entry(items.get(i), items.get(i + 1)));
        }
    }

    private String line() {
        byte[] name = new byte[MAX_NAME_BYTES];
        for (int length = 0; length < name.length; length++) {
            name[length] = (byte) cursor.u8();
            if (name[length] == '\n') {
                return new String(Arrays.copyOf(name, length), StandardCharsets.UTF_8);
            }
        }
        throw new PickleFault("the name of a global is longer than %d bytes".formatted(MAX_NAME_BYTES));
    }

    private void stackGlobal() {
        PickleValue name = stack.pop();
        PickleValue module = stack.pop();
        PickleArguments names = new PickleArguments("a global", List.of(module, name));
        stack.push(PickleGlobals.find(names.text(0), names.text(1)));
    }

    private void reduce() {
        PickleValue arguments = stack.pop();
        PickleValue callee = stack.pop();
        stack.push(calls.call(callee, arguments));
    }

    /** A state_dict carries its version numbers as attributes, a number of numpy's type its byte order: dropped. */
    private void build() {
        PickleValue state = stack.pop();
        if (stack.top() instanceof PickleValue.Opaque) {
            return;
        }
        if (!(stack.top() instanceof PickleValue.Dict) || !(state instanceof PickleValue.Dict)) {
            throw new PickleFault("attributes of kind %s are set on a value of kind %s, but only dicts may have them"
                    .formatted(state.kind(), stack.top().kind()));
        }
    }

    private void storage() {
        PickleValue.StorageReference reference = calls.storage(stack.pop(), opcodeAt);
        storages.add(reference);
        stack.push(reference);
    }
}
