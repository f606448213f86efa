package dev.hardnet.weights;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.hardnet.HarDNetException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The safetensors format: the header's length in 8 bytes, a JSON header, and the tensors back to back. */
final class Safetensors {
    static final String METADATA = "__metadata__";
    /** The format's own limit. */
    static final long MAX_HEADER_BYTES = 100_000_000;
    static final int HEADER_AT = 8;
    private static final int MOST_DIGITS = 18;

    private final FileBytes file;
    private final long dataAt;
    private final Map<String, Header> headers = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private Safetensors(FileBytes file) {
        this.file = file;
        long length = file.i64(0);
        if (length < 0 || length > MAX_HEADER_BYTES || !file.holds(HEADER_AT, length)) {
            throw file.refusal(0, "the safetensors header is to have %s bytes, but the file has %d and the limit is %d"
                    .formatted(Long.toUnsignedString(length), file.size(), MAX_HEADER_BYTES));
        }
        this.dataAt = HEADER_AT + length;
    }

    /**
     * What the header says of a tensor.
     *
     * @param type  the type of its elements
     * @param shape its sizes
     * @param begin its first byte, counted from the end of the header
     * @param end   the byte after its last
     */
    private record Header(DataType type, List<Integer> shape, long begin, long end) {
    }

    /** A tensor of the header; they are ordered by where they stand. */
    private record Entry(String key, long begin, long end) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return begin == other.begin ? Long.compare(end, other.end) : Long.compare(begin, other.begin);
        }
    }

    static CheckpointContent read(FileBytes file) {
        Safetensors reader = new Safetensors(file);
        reader.readHeader();
        reader.checkCoverage();
        return new CheckpointContent(reader.tensors(), reader.metadata);
    }

    private Map<String, StoredTensor> tensors() {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, Header> entry : headers.entrySet()) {
            Header header = entry.getValue();
            tensors.put(entry.getKey(), new StoredTensor(header.type(),
                    file.slice(dataAt + header.begin(), header.end() - header.begin()),
                    StridedLayout.contiguous(header.shape())));
        }
        return tensors;
    }

    private void readHeader() {
        byte[] header = file.bytes(HEADER_AT, dataAt - HEADER_AT);
        try (JsonReader json = new JsonReader(new InputStreamReader(new ByteArrayInputStream(header),
                StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)))) {
            json.setStrictness(Strictness.STRICT);
            readEntries(json);
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw file.refusal(HEADER_AT, "the safetensors header is not the JSON that the format prescribes", e);
        }
    }

    private void readEntries(JsonReader json) throws IOException {
        boolean metadataSeen = false;
        json.beginObject();
        while (json.hasNext()) {
            String key = json.nextName();
            if (!key.equals(METADATA)) {
                readTensor(json, key);
            } else if (metadataSeen) {
                throw refusal("holds %s twice".formatted(METADATA));
            } else {
                metadataSeen = true;
                readMetadata(json);
            }
        }
        json.endObject();
        if (json.peek() != JsonToken.END_DOCUMENT) {
            throw refusal("goes on after its end");
        }
    }

    private void readMetadata(JsonReader json) throws IOException {
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (metadata.put(name, string(json)) != null) {
                throw refusal("holds the metadata %s twice".formatted(Excerpt.of(name)));
            }
        }
        json.endObject();
    }

    private void readTensor(JsonReader json, String key) throws IOException {
        Map<String, Object> fields = new TreeMap<>();
        json.beginObject();
        while (json.hasNext()) {
            String field = json.nextName();
            Object value = switch (field) {
                case "dtype" -> type(json, key);
                case "shape" -> shape(numbers(json, key, StridedLayout.MAX_RANK), key);
                case "data_offsets" -> numbers(json, key, 2);
                default -> throw refusal("has the unknown field %s in %s"
                        .formatted(Excerpt.of(field), Excerpt.of(key)));
            };
            if (fields.put(field, value) != null) {
                throw refusal("has the field %s twice in %s".formatted(field, Excerpt.of(key)));
            }
        }
        json.endObject();
        addTensor(key, fields);
    }

    @SuppressWarnings("unchecked")
    private void addTensor(String key, Map<String, Object> fields) {
        if (fields.size() != 3) {
            throw refusal("gives only %s for %s, but dtype, shape and data_offsets are expected"
                    .formatted(fields.keySet(), Excerpt.of(key)));
        }
        List<Long> offsets = (List<Long>) fields.get("data_offsets");
        if (offsets.size() != 2) {
            throw refusal("gives %d data_offsets for %s, but 2 are expected"
                    .formatted(offsets.size(), Excerpt.of(key)));
        }
        Header header = new Header((DataType) fields.get("dtype"), (List<Integer>) fields.get("shape"),
                offsets.getFirst(), offsets.getLast());
        checkRange(key, header);
        if (headers.put(key, header) != null) {
            throw refusal("holds the tensor %s twice".formatted(Excerpt.of(key)));
        }
    }

    private void checkRange(String key, Header header) {
        long dataBytes = file.size() - dataAt;
        if (header.begin() > header.end() || header.end() > dataBytes) {
            throw refusal("places %s at bytes %d to %d of its data, but the file has %d"
                    .formatted(Excerpt.of(key), header.begin(), header.end(), dataBytes));
        }
        long bytes = header.end() - header.begin();
        long elements = StridedLayout.elements(header.shape());
        if (elements > bytes / header.type().bytes() || elements * header.type().bytes() != bytes) {
            throw refusal("gives %s the sizes %s of %s, but %d bytes".formatted(Excerpt.of(key), header.shape(),
                    header.type(), bytes));
        }
        if (elements > Integer.MAX_VALUE) {
            throw refusal("gives %s the sizes %s, but a tensor has at most 2^31 - 1 elements"
                    .formatted(Excerpt.of(key), header.shape()));
        }
    }

    /** The format wants every byte of the data in exactly one tensor. */
    private void checkCoverage() {
        List<Entry> ordered = new ArrayList<>();
        for (Map.Entry<String, Header> entry : headers.entrySet()) {
            ordered.add(new Entry(entry.getKey(), entry.getValue().begin(), entry.getValue().end()));
        }
        Collections.sort(ordered);
        long covered = 0;
        for (Entry entry : ordered) {
            if (entry.begin() != covered) {
                throw refusal("places %s at byte %d of its data, but the tensor before it ends at byte %d"
                        .formatted(Excerpt.of(entry.key()), entry.begin(), covered));
            }
            covered = entry.end();
        }
        if (covered != file.size() - dataAt) {
            throw file.refusal(dataAt + covered, "the last tensor ends here, but the file goes on to byte %d"
                    .formatted(file.size()));
        }
    }

    private DataType type(JsonReader json, String key) throws IOException {
        String name = string(json);
        Optional<DataType> type = DataType.named(name);
        if (type.isEmpty()) {
            throw refusal("gives %s the unknown dtype %s".formatted(Excerpt.of(key), Excerpt.of(name)));
        }
        return type.get();
    }

    private List<Integer> shape(List<Long> sizes, String key) {
        List<Integer> shape = new ArrayList<>(sizes.size());
        for (long size : sizes) {
            if (size > Integer.MAX_VALUE) {
                throw refusal("gives %s the size %d, but a size is at most 2^31 - 1".formatted(Excerpt.of(key), size));
            }
            shape.add((int) size);
        }
        return shape;
    }

    private List<Long> numbers(JsonReader json, String key, int most) throws IOException {
        List<Long> numbers = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            if (numbers.size() == most) {
                throw refusal("gives a list of more than %d numbers for %s".formatted(most, Excerpt.of(key)));
            }
            numbers.add(number(json, key));
        }
        json.endArray();
        return numbers;
    }

    /** A whole number in digits: the JSON reader by itself would also take 1.0, 1e3 and "1". */
    private long number(JsonReader json, String key) throws IOException {
        String digits = json.peek() == JsonToken.NUMBER ? json.nextString() : "";
        if (!isWholeNumber(digits)) {
            throw refusal("gives something else than a whole number for %s".formatted(Excerpt.of(key)));
        }
        return Long.parseLong(digits);
    }

    private static boolean isWholeNumber(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return false;
            }
        }
        return !digits.isEmpty() && digits.length() <= MOST_DIGITS;
    }

    private String string(JsonReader json) throws IOException {
        if (json.peek() != JsonToken.STRING) {
            throw refusal("has something else than a string at %s".formatted(Excerpt.of(json.getPath())));
        }
        return json.nextString();
    }

    private HarDNetException refusal(String problem) {
        return file.refusal(HEADER_AT, "the safetensors header " + problem);
    }
}
