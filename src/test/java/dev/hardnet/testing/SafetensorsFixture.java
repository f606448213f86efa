package dev.hardnet.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads ground truth without the reader that is under test elsewhere. */
public final class SafetensorsFixture {
    private final ByteBuffer file;
    private final JsonObject header;
    private final int data;

    private SafetensorsFixture(byte[] bytes) {
        this.file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = Math.toIntExact(file.getLong(0));
        this.header = JsonParser.parseString(new String(bytes, 8, length, StandardCharsets.UTF_8)).getAsJsonObject();
        this.data = 8 + length;
    }

    public static SafetensorsFixture open(Path path) {
        try {
            return new SafetensorsFixture(Files.readAllBytes(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public float[] floats(String name) {
        byte[] bytes = bytes(name, "F32");
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    public byte[] unsignedBytes(String name) {
        return bytes(name, "U8");
    }

    public String onlyName() {
        return header.keySet().stream().filter(name -> !name.startsWith("__")).reduce((a, b) -> {
            throw new AssertionError("More than one tensor: " + header.keySet());
        }).orElseThrow();
    }

    private byte[] bytes(String name, String type) {
        JsonObject entry = header.getAsJsonObject(name);
        if (!entry.get("dtype").getAsString().equals(type)) {
            throw new AssertionError(name + " is " + entry.get("dtype") + ", not " + type);
        }
        JsonArray range = entry.getAsJsonArray("data_offsets");
        byte[] bytes = new byte[range.get(1).getAsInt() - range.get(0).getAsInt()];
        file.get(data + range.get(0).getAsInt(), bytes);
        return bytes;
    }
}
