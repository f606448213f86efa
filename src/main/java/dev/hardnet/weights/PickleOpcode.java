package dev.hardnet.weights;

/** The instructions of a pickle that are carried out; every other one is refused. */
enum PickleOpcode {
    PROTO(0x80), FRAME(0x95), STOP('.'),
    NONE('N'), NEWTRUE(0x88), NEWFALSE(0x89),
    BININT('J'), BININT1('K'), BININT2('M'), LONG1(0x8a), LONG4(0x8b), BINFLOAT('G'),
    SHORT_BINSTRING('U'), BINSTRING('T'), SHORT_BINUNICODE(0x8c), BINUNICODE('X'), BINUNICODE8(0x8d),
    SHORT_BINBYTES('C'), BINBYTES('B'), BINBYTES8(0x8e),
    EMPTY_TUPLE(')'), TUPLE1(0x85), TUPLE2(0x86), TUPLE3(0x87), TUPLE('t'),
    EMPTY_LIST(']'), APPEND('a'), APPENDS('e'),
    EMPTY_DICT('}'), SETITEM('s'), SETITEMS('u'),
    MARK('('), POP('0'), POP_MARK('1'), DUP('2'),
    BINGET('h'), LONG_BINGET('j'), BINPUT('q'), LONG_BINPUT('r'), MEMOIZE(0x94),
    GLOBAL('c'), STACK_GLOBAL(0x93), REDUCE('R'), BUILD('b'), BINPERSID('Q');

    private static final PickleOpcode[] BY_CODE = byCode();

    private final int code;

    PickleOpcode(int code) {
        this.code = code;
    }

    static PickleOpcode of(int code) {
        PickleOpcode opcode = BY_CODE[code];
        if (opcode == null) {
            throw new PickleFault("0x%02x is not a pickle instruction that a state dict needs".formatted(code));
        }
        return opcode;
    }

    private static PickleOpcode[] byCode() {
        PickleOpcode[] table = new PickleOpcode[256];
        for (PickleOpcode opcode : values()) {
            table[opcode.code] = opcode;
        }
        return table;
    }
}
