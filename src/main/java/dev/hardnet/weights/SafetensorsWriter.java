package dev.hardnet.weights;

import com.google.gson.stream.JsonWriter;
import dev.hardnet.HarDNetException;
import dev.hardnet.io.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Writes safetensors files. The same tensors and metadata give the same bytes. The file appears under its name only
 * once it is complete.
 */
public final class SafetensorsWriter {
    private static final int ALIGNMENT = 8;

    private SafetensorsWriter() {
    }

    /** A tensor to write, whose bytes are made when their turn comes. */
    private record Item(String key, DataType type, List<Integer> shape, Supplier<byte[]> bytes) {
        long size() {
            return StridedLayout.elements(shape) * type.bytes();
        }
    }

    /**
     * Writes tensors as they are.
     *
     * @param target   the file, replaced when it exists
     * @param metadata free text by name, may be empty
     * @param tensors  what to write; the header keeps their order
     * @throws HarDNetException when the file cannot be written or a key occurs twice
     */
    public static void write(Path target, Map<String, String> metadata, List<RawTensor> tensors) {
        writeItems(target, metadata, tensors.stream()
                .map(tensor -> new Item(tensor.key(), tensor.type(), tensor.shape(), tensor::bytes))
                .toList());
    }

    /**
     * Writes all tensors of a source in the types they are stored in, one after the other.
     *
     * @param target   the file, replaced when it exists
     * @param metadata free text by name, may be empty
     * @param source   what to write
     * @throws HarDNetException when the file cannot be written or a tensor cannot be read
     */
    public static void write(Path target, Map<String, String> metadata, WeightSource source) {
        writeItems(target, metadata, source.keys().stream().map(key -> item(source, key)).toList());
    }

    private static Item item(WeightSource source, String key) {
        return new Item(key, source.type(key), source.shape(key), () -> source.raw(key).bytes());
    }

    private static void writeItems(Path target, Map<String, String> metadata, List<Item> items) {
        checkKeys(target, items);
        List<Item> ordered = new ArrayList<>(items);
        // Wide elements first keep every tensor aligned to its own element size.
        ordered.sort(Comparator.comparingInt((Item item) -> item.type().bytes()).reversed());
        AtomicFile.write(target, file -> writeContent(file, header(metadata, items, ordered), ordered));
    }

    private static void checkKeys(Path target, List<Item> items) {
        Set<String> keys = new HashSet<>(Set.of(Safetensors.METADATA));
        for (Item item : items) {
            if (!keys.add(item.key())) {
                throw new HarDNetException("%s cannot be written because the key %s occurs twice or is reserved."
                        .formatted(target, Excerpt.of(item.key())));
            }
        }
    }

    private static void writeContent(OutputStream file, byte[] header, List<Item> items) throws IOException {
        file.write(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
        file.write(header);
        for (Item item : items) {
            file.write(item.bytes().get());
        }
    }

    private static byte[] header(Map<String, String> metadata, List<Item> items, List<Item> ordered)
            throws IOException {
        Map<String, Long> begins = new HashMap<>();
        long at = 0;
        for (Item item : ordered) {
            begins.put(item.key(), at);
            at += item.size();
        }
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject();
            writeMetadata(json, metadata);
            for (Item item : items) {
                writeTensor(json, item, begins.get(item.key()));
            }
            json.endObject();
        }
        return padded(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void writeMetadata(JsonWriter json, Map<String, String> metadata) throws IOException {
        if (metadata.isEmpty()) {
            return;
        }
        json.name(Safetensors.METADATA).beginObject();
        for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
            json.name(entry.getKey()).value(entry.getValue());
        }
        json.endObject();
    }

    private static void writeTensor(JsonWriter json, Item item, long begin) throws IOException {
        json.name(item.key()).beginObject();
        json.name("dtype").value(item.type().name());
        json.name("shape").beginArray();
        for (int size : item.shape()) {
            json.value(size);
        }
        json.endArray();
        json.name("data_offsets").beginArray().value(begin).value(begin + item.size()).endArray();
        json.endObject();
    }

    /** Spaces after the JSON make the data begin at a multiple of 8 bytes. */
    private static byte[] padded(byte[] json) {
        int length = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] padded = Arrays.copyOf(json, length);
        Arrays.fill(padded, json.length, length, (byte) ' ');
        return padded;
    }
}
