package dev.hardnet.weights;

import static dev.hardnet.weights.Refusals.refuses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hardnet.HarDNetException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class UnpicklerTest {
    private static final long[] NONE = {};

    @Test
    void readsWholeNumbersOfEverySize() {
        assertEquals(PickleValue.Int.of(-2), value(PickleBytes.protocol2().number(-2)));
        assertEquals(PickleValue.Int.of(255), value(PickleBytes.protocol2().op("K").raw(255)));
        assertEquals(PickleValue.Int.of(65535), value(PickleBytes.protocol2().op("M").raw(255, 255)));
        assertEquals(PickleValue.Int.of(Long.MIN_VALUE), value(PickleBytes.protocol2().longNumber(Long.MIN_VALUE)));
        assertEquals(PickleValue.Int.of(0), value(PickleBytes.protocol2().raw(0x8a, 0)));
        assertEquals(PickleValue.Int.of(-256), value(PickleBytes.protocol2().raw(0x8b, 2, 0, 0, 0, 0, 255)));
    }

    @Test
    void readsWhatNewerProtocolsWrite() {
        PickleBytes pickle = new PickleBytes().raw(0x80, 4, 0x95, 9, 0, 0, 0, 0, 0, 0, 0)
                .raw(0x8c, 1).op("a").raw(0x94).op("0").op("h").raw(0).raw(0x94);
        assertEquals(new PickleValue.Text("a"), value(pickle));
    }

    @Test
    void findsGlobalsWhoseNamesAreOnTheStack() {
        PickleBytes pickle = new PickleBytes().raw(0x80, 4).text("torch").text("HalfStorage").raw(0x93);
        assertEquals(new PickleValue.StorageType(DataType.F16), value(pickle));
    }

    @Test
    void readsTheOrderedDictsOfPython2() {
        PickleBytes pickle = PickleBytes.protocol2().global("collections", "OrderedDict")
                .op("(](](U").raw(1).op("kK").raw(7).op("eetR");
        PickleValue.Dict dict = assertInstanceOf(PickleValue.Dict.class, value(pickle));
        assertEquals(new PickleValue.Text("k"), dict.entries().getFirst().key());
        assertEquals(PickleValue.Int.of(7), dict.entries().getFirst().value());
    }

    @Test
    void dropsTheAttributesOfDicts() {
        PickleBytes pickle = PickleBytes.protocol2().global("collections", "OrderedDict").op(")R")
                .op("}").text("_metadata").op("}sb");
        assertEquals(0, assertInstanceOf(PickleValue.Dict.class, value(pickle)).entries().size());
    }

    @Test
    void survivesContainersThatHoldThemselves() {
        PickleBytes pickle = PickleBytes.protocol2().op("]q").raw(0).op("h").raw(0).op("a");
        PickleValue.Sequence list = assertInstanceOf(PickleValue.Sequence.class, value(pickle));
        assertEquals(1, list.items().size());
    }

    @Test
    void refusesAGlobalThatIsNotOnTheList() {
        refusesPickle("byte 2: the file names the global builtins.eval, but only OrderedDict, tensors and storages are "
                + "allowed", PickleBytes.protocol2().global("builtins", "eval"));
        refusesPickle("byte 17: the file names the global os.system, but only OrderedDict, tensors and storages are "
                + "allowed", new PickleBytes().raw(0x80, 4).text("os").raw(0x8c, 6).op("system").raw(0x93));
    }

    @Test
    void keepsControlCharactersOutOfMessages() {
        refusesPickle("byte 2: the file names the global a\\u{1b}[2J.\\u{202e}b, but only OrderedDict, tensors and "
                + "storages are allowed", PickleBytes.protocol2().op("ca\u001b[2J\n").raw(0xe2, 0x80, 0xae).op("b\n"));
    }

    @Test
    void refusesInstructionsThatNoStateDictNeeds() {
        refusesPickle("byte 2: 0x69 is not a pickle instruction that a state dict needs",
                PickleBytes.protocol2().op("i"));
        refusesPickle("byte 3: 0x81 is not a pickle instruction that a state dict needs",
                PickleBytes.protocol2().op(")").raw(0x81));
    }

    @Test
    void refusesToCallWhatIsNoFunction() {
        refusesPickle("byte 23: a value of kind storagetype is called, but it is no function",
                PickleBytes.protocol2().global("torch", "FloatStorage").op(")R"));
        refusesPickle("byte 4: a value of kind tuple is called, but it is no function",
                PickleBytes.protocol2().op("))R"));
    }

    @Test
    void refusesAttributesOfAnythingButDicts() {
        refusesPickle("byte 4: attributes of kind dict are set on a value of kind sequence, but only dicts may have "
                + "them",
                PickleBytes.protocol2().op("]}b"));
    }

    @Test
    void refusesValuesThatAreNotThere() {
        refusesPickle("byte 2: the instruction needs a value, but the stack is empty", PickleBytes.protocol2().op("0"));
        refusesPickle("byte 4: the instruction needs a value, but the stack is empty",
                PickleBytes.protocol2().op("N(0"));
        refusesPickle("byte 2: the instruction needs a mark, but none is set", PickleBytes.protocol2().op("t"));
        refusesPickle("byte 2: memo entry 9 is read, but nothing was put there",
                PickleBytes.protocol2().op("h").raw(9));
    }

    @Test
    void refusesContainersOfTheWrongKind() {
        refusesPickle("byte 4: items are appended to a value of kind dict, but a list is expected",
                PickleBytes.protocol2().op("}Na"));
        refusesPickle("byte 5: items are set on a value of kind sequence, but a dict is expected",
                PickleBytes.protocol2().op("]NNs"));
        refusesPickle("byte 5: a dict is given 1 keys and values, but they come in pairs",
                PickleBytes.protocol2().op("}(Nu"));
    }

    @Test
    void refusesLengthsBeyondTheEnd() {
        refusesPickle("byte 7: the pickle is cut short, 1000 bytes are expected here and 3 are left",
                PickleBytes.protocol2().op("X").raw(0xe8, 3, 0, 0).op("ab"));
        refusesPickle("byte 2: the pickle has more than 67108864 bytes of text",
                PickleBytes.protocol2().raw(0x8d).op("\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff"));
        refusesPickle("byte 11: the pickle is cut short, 18446744073709551615 bytes are expected here and 1 are left",
                PickleBytes.protocol2().raw(0x8e).op("\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff"));
        refusesPickle("byte 2: a number of 4294967295 bytes is longer than 1024",
                PickleBytes.protocol2().raw(0x8b, 255, 255, 255, 255));
        refusesPickle("byte 2: a frame of 100 bytes is announced, but only 1 are left",
                new PickleBytes().raw(0x80, 4, 0x95, 100, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void refusesAPickleThatNeverEnds() {
        byte[] pickle = new byte[2_000_000];
        Arrays.fill(pickle, (byte) 'N');
        refuses("test, byte 1048576: the pickle has more than 1048576 instructions.", () -> read(pickle));
    }

    @Test
    void refusesEndlessCopiesOfOneList() {
        PickleBytes pickle = PickleBytes.protocol2().global("collections", "OrderedDict").op("q").raw(0).op("]q").raw(1)
                .op("(");
        for (int i = 0; i < 100; i++) {
            pickle.op("NN").raw(0x86);
        }
        pickle.op("e").raw(0x85).op("q").raw(2);
        for (int i = 0; i < 50; i++) {
            pickle.op("0h").raw(0).op("h").raw(2).op("R");
        }
        refusesPickle("byte 378: more items are copied into dicts than the file has bytes", pickle);
    }

    @Test
    void refusesTensorsThatLeaveTheirStorage() {
        refusesTensor("a tensor of sizes [2, 3], strides [3, 1], offset 1 leaves its storage of 6 elements",
                6, 1, new long[] {2, 3}, new long[] {3, 1});
        refusesTensor("a tensor of sizes [3, 3], strides [4611686018427387904, 1], offset 0 leaves its storage of 6 "
                + "elements", 6, 0, new long[] {3, 3}, new long[] {1L << 62, 1});
        refusesTensor("a tensor of sizes [], strides [], offset 6 leaves its storage of 6 elements", 6, 6, NONE, NONE);
        refusesTensor("a tensor of sizes [0], strides [1], offset 7 leaves its storage of 6 elements",
                6, 7, new long[] {0}, new long[] {1});
    }

    @Test
    void refusesExpandedTensorsOfFantasticSize() {
        refusesTensor("a tensor of sizes [1000, 1000] has more elements than the file has bytes or than "
                + "2^31 - 1", 1, 0, new long[] {1000, 1000}, new long[] {0, 0});
        refusesTensor("a tensor of sizes [2147483647, 2147483647, 2147483647] has more elements than the "
                + "file has bytes or than 2^31 - 1", 1, 0, new long[] {0x7fffffff, 0x7fffffff, 0x7fffffff},
                new long[] {0, 0, 0});
    }

    @Test
    void refusesTensorsThatMakeNoSense() {
        refusesTensor("a tensor has 2 sizes but 1 strides", 6, 0, new long[] {2, 3}, new long[] {1});
        refusesTensor("_rebuild_tensor_v2 is given a value of kind int where a number from 0 to 2^63 - 1 is expected",
                6, 0, new long[] {-1}, new long[] {1});
        refusesTensor("_rebuild_tensor_v2 is given the size 2147483648, but a size is at most 2^31 - 1",
                6, 0, new long[] {1L << 31}, new long[] {1});
        refusesTensor("_rebuild_tensor_v2 is given 65 dimensions, but a tensor has at most 64",
                6, 0, new long[65], new long[65]);
        refusesTensor("a storage of 2147483647 elements of F32 is larger than the whole file of", 0x7fffffff, 0, NONE,
                NONE);
    }

    @Test
    void refusesStoragesThatAreViewsOfOthers() {
        refusesPickle("byte 57: the storage is a view of another one, as only PyTorch before 0.4 wrote them",
                PickleBytes.protocol2().op("(").text("storage").global("torch", "FloatStorage").text("0").text("cpu")
                        .number(0).op("(tt").op("Q"));
    }

    @Test
    void refusesPersistentIdsOfAnythingButStorages() {
        refusesPickle("byte 19: a persistent id names a 'module', but only 'storage' is known",
                PickleBytes.protocol2().op("(").text("module").op("NNNNtQ"));
        refusesPickle("byte 3: a persistent id is of kind none, but a tuple is expected",
                PickleBytes.protocol2().op("NQ"));
    }

    private static void refusesTensor(String problem, int elements, long offset, long[] shape, long[] strides) {
        byte[] pickle = PickleBytes.protocol2().tensor("0", elements, offset, shape, strides).stop();
        String message = assertThrows(HarDNetException.class,
                () -> read(pickle)).getMessage();
        assertEquals(problem, message.substring(message.indexOf(": ") + 2).substring(0, problem.length()));
    }

    private static void refusesPickle(String problem, PickleBytes pickle) {
        refuses("test, " + problem + ".", () -> read(pickle.stop()));
    }

    private static PickleValue value(PickleBytes pickle) {
        return read(pickle.stop()).value();
    }

    private static Unpickler.Result read(byte[] pickle) {
        FileBytes file = new FileBytes(MemorySegment.ofArray(pickle), "test");
        return Unpickler.read(new ByteCursor(file, "the pickle", 0, pickle.length));
    }
}
