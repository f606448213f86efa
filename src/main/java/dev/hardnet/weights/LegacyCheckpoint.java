package dev.hardnet.weights;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PyTorch's format before 1.6: pickles of a magic number, the format's version, the writer's system, the object, and
 * the keys of the storages; then each storage in the order of the keys, its element count before it.
 */
final class LegacyCheckpoint {
    private static final PickleValue MAGIC = new PickleValue.Int(new BigInteger("1950a86a20f9469cfc6c", 16));
    private static final PickleValue VERSION = PickleValue.Int.of(1001);

    private final FileBytes file;
    private final ByteCursor cursor;
    private final Map<String, PickleValue.StorageReference> references = new HashMap<>();
    private final Map<String, MemorySegment> storages = new HashMap<>();

    private LegacyCheckpoint(FileBytes file) {
        this.file = file;
        this.cursor = new ByteCursor(file, "the legacy checkpoint", 0, file.size());
    }

    static CheckpointContent read(FileBytes file) {
        return new LegacyCheckpoint(file).content();
    }

    private CheckpointContent content() {
        expect(MAGIC, "the magic number of PyTorch's legacy format");
        expect(VERSION, "version 1001 of PyTorch's legacy format");
        checkByteOrder();
        long at = cursor.position();
        Unpickler.Result object = Unpickler.read(cursor);
        object.storages().forEach(this::refer);
        readStorages();
        return PickledStateDict.read(file, at, object.value(), this::storage);
    }

    private void expect(PickleValue expected, String what) {
        long at = cursor.position();
        PickleValue found = Unpickler.read(cursor).value();
        if (!(found instanceof PickleValue.Int) || !found.equals(expected)) {
            throw file.refusal(at, "%s is expected here".formatted(what));
        }
    }

    private void checkByteOrder() {
        long at = cursor.position();
        if (!(Unpickler.read(cursor).value() instanceof PickleValue.Dict(var entries))) {
            throw file.refusal(at, "a dict that describes the writer's system is expected here");
        }
        for (PickleValue.Entry entry : entries) {
            if (entry.key() instanceof PickleValue.Text(var key) && key.equals("little_endian")
                    && entry.value() instanceof PickleValue.Bool(var little) && !little) {
                throw file.refusal(at, "the file is big-endian, but only little-endian files can be read");
            }
        }
    }

    /** A key always has one type and size: the bytes behind it are found by them. */
    private void refer(PickleValue.StorageReference reference) {
        PickleValue.StorageReference known = references.putIfAbsent(reference.key(), reference);
        if (known != null && (known.type() != reference.type() || known.elements() != reference.elements())) {
            throw file.refusal(reference.at(), "the storage %s has %d elements of %s here, but %d of %s before"
                    .formatted(Excerpt.of(reference.key()), reference.elements(), reference.type(), known.elements(),
                            known.type()));
        }
    }

    private void readStorages() {
        long at = cursor.position();
        if (!(Unpickler.read(cursor).value() instanceof PickleValue.Sequence(List<PickleValue> keys))) {
            throw file.refusal(at, "the list of storage keys is expected here");
        }
        for (PickleValue item : keys) {
            if (!(item instanceof PickleValue.Text(var key)) || !references.containsKey(key)) {
                throw file.refusal(at, "the list of storage keys names one that no tensor uses");
            }
            readStorage(references.get(key));
        }
    }

    private void readStorage(PickleValue.StorageReference reference) {
        long at = cursor.position();
        long elements = cursor.i64();
        if (elements != reference.elements()) {
            throw file.refusal(at, "the storage %s has %s elements here, but the pickle says %d"
                    .formatted(Excerpt.of(reference.key()), Long.toUnsignedString(elements), reference.elements()));
        }
        long dataAt = cursor.position();
        cursor.skip(reference.bytes());
        if (storages.put(reference.key(), file.slice(dataAt, reference.bytes())) != null) {
            throw file.refusal(at, "the storage %s is there twice".formatted(Excerpt.of(reference.key())));
        }
    }

    private MemorySegment storage(PickleValue.StorageReference reference) {
        MemorySegment found = storages.get(reference.key());
        if (found == null) {
            throw file.refusal(reference.at(), "the storage %s is used, but the file's list of storages lacks it"
                    .formatted(Excerpt.of(reference.key())));
        }
        return found;
    }
}
