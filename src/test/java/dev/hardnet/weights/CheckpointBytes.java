package dev.hardnet.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Assembles checkpoint files in memory and opens them. */
final class CheckpointBytes {
    private CheckpointBytes() {
    }

    static Checkpoint open(byte[] file) {
        return Checkpoint.read(MemorySegment.ofArray(file), "memory.pth", Arena.ofShared());
    }

    static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    static Map<String, byte[]> entries(byte[] pickle, Map<String, byte[]> more) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("archive/data.pkl", pickle);
        entries.putAll(more);
        return entries;
    }

    static byte[] zip(byte[] pickle, Map<String, byte[]> more) {
        return zip(entries(pickle, more), ZipEntry.STORED);
    }

    static byte[] zip(Map<String, byte[]> entries, int method) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> item : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(item.getKey());
                entry.setMethod(method);
                if (method == ZipEntry.STORED) {
                    CRC32 crc = new CRC32();
                    crc.update(item.getValue());
                    entry.setCrc(crc.getValue());
                    entry.setSize(item.getValue().length);
                }
                zip.putNextEntry(entry);
                zip.write(item.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    /** One stored entry per name, whose sizes and places all stand in zip64 fields. */
    static byte[] zip64(Map<String, byte[]> entries) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            byte[] name = entry.getKey().getBytes(StandardCharsets.UTF_8);
            byte[] data = entry.getValue();
            long at = file.size();
            file.writeBytes(little(30).putInt(0x04034b50).putShort(26, (short) name.length).array());
            file.writeBytes(name);
            file.writeBytes(data);
            directory.writeBytes(little(46).putInt(0x02014b50).putInt(20, -1).putInt(24, -1)
                    .putShort(28, (short) name.length).putShort(30, (short) 34).putInt(42, -1).array());
            directory.writeBytes(name);
            // Another field of two bytes first: it must be stepped over.
            directory.writeBytes(little(6).putShort((short) 0x4246).putShort((short) 2).array());
            directory.writeBytes(little(28).putShort((short) 1).putShort((short) 24)
                    .putLong(data.length).putLong(data.length).putLong(at).array());
        }
        return endZip64(file, directory);
    }

    static byte[] legacy(byte[] object, byte[] keys, Map<String, byte[]> floatStorages) {
        return legacy(true, object, keys, floatStorages);
    }

    static byte[] legacy(boolean little, byte[] object, byte[] keys, Map<String, byte[]> floatStorages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PickleBytes.protocol2().raw(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19)
                .stop());
        out.writeBytes(PickleBytes.protocol2().number(1001).stop());
        out.writeBytes(PickleBytes.protocol2().op("}").text("little_endian").raw(little ? 0x88 : 0x89).op("s").stop());
        out.writeBytes(object);
        out.writeBytes(keys);
        floatStorages.values().forEach(data -> {
            out.writeBytes(little(8).putLong(data.length / 4).array());
            out.writeBytes(data);
        });
        return out.toByteArray();
    }

    static byte[] safetensors(String header, byte... data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return little(8 + json.length + data.length).putLong(json.length).put(json).put(data).array();
    }

    private static byte[] endZip64(ByteArrayOutputStream file, ByteArrayOutputStream directory) {
        long at = file.size();
        file.writeBytes(directory.toByteArray());
        long recordAt = file.size();
        file.writeBytes(little(56).putInt(0x06064b50).putLong(4, 44)
                .putLong(40, directory.size()).putLong(48, at).array());
        file.writeBytes(little(20).putInt(0x07064b50).putLong(8, recordAt).putInt(16, 1).array());
        file.writeBytes(little(22).putInt(0x06054b50).putInt(12, -1).putInt(16, -1).array());
        return file.toByteArray();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
