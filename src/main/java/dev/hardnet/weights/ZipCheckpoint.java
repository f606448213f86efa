package dev.hardnet.weights;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * PyTorch's format since 1.6: a zip archive with the object in {@code <name>/data.pkl} and each storage in
 * {@code <name>/data/<key>}.
 */
final class ZipCheckpoint {
    private static final String PICKLE = "/data.pkl";

    private final FileBytes file;
    private final ZipDirectory directory;
    private final ZipDirectory.Entry pickle;
    private final String root;

    private ZipCheckpoint(FileBytes file) {
        this.file = file;
        this.directory = ZipDirectory.read(file);
        this.pickle = findPickle();
        this.root = pickle.name().substring(0, pickle.name().length() - PICKLE.length());
    }

    static CheckpointContent read(FileBytes file) {
        return new ZipCheckpoint(file).content();
    }

    private CheckpointContent content() {
        checkByteOrder();
        long at = directory.dataAt(pickle);
        Unpickler.Result result = Unpickler.read(new ByteCursor(file, "the pickle", at, at + pickle.size()));
        return PickledStateDict.read(file, at, result.value(), this::storage);
    }

    private ZipDirectory.Entry findPickle() {
        List<ZipDirectory.Entry> found = directory.entries().values().stream()
                .filter(entry -> entry.name().endsWith(PICKLE)
                        && entry.name().indexOf('/') == entry.name().length() - PICKLE.length())
                .toList();
        if (found.size() != 1) {
            throw file.refusal(0, "the zip archive has %d entries named <name>%s, but a PyTorch checkpoint has one"
                    .formatted(found.size(), PICKLE));
        }
        return found.getFirst();
    }

    private void checkByteOrder() {
        directory.find(root + "/byteorder").ifPresent(entry -> {
            long at = directory.dataAt(entry);
            String order = new String(file.bytes(at, Math.min(entry.size(), 16)), StandardCharsets.UTF_8);
            if (!order.equals("little")) {
                throw file.refusal(at, "the byte order is '%s', but only 'little' can be read"
                        .formatted(Excerpt.of(order)));
            }
        });
    }

    private MemorySegment storage(PickleValue.StorageReference reference) {
        String key = Excerpt.of(reference.key());
        ZipDirectory.Entry entry = directory.find(root + "/data/" + reference.key())
                .orElseThrow(() -> file.refusal(reference.at(),
                        "the storage %s is used, but the archive has no such entry".formatted(key)));
        if (entry.size() != reference.bytes()) {
            throw file.refusal(reference.at(), "the storage %s of %d elements of %s is %d bytes, but its entry has %s"
                    .formatted(key, reference.elements(), reference.type(), reference.bytes(),
                            Long.toUnsignedString(entry.size())));
        }
        return directory.data(entry);
    }
}
