package dev.hardnet.vision;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.IIOException;

/**
 * The chunks of a PNG file: ImageIO's reader takes a file that ends early, or whose checksums are wrong, for a good
 * one.
 */
final class PngChunks {
    private static final int SIGNATURE = 8;
    private static final int FRAME = 12;

    private PngChunks() {
    }

    /**
     * Checks that the file is whole and reads its EXIF orientation.
     *
     * @param file the whole file, with a PNG signature
     * @return the orientation, 1..8
     * @throws IIOException when a chunk is cut off or damaged; its message is a clause
     */
    static int checkedOrientation(byte[] file) throws IIOException {
        ByteBuffer buffer = ByteBuffer.wrap(file);
        int orientation = Orientation.UPRIGHT;
        int at = SIGNATURE;
        while (at + FRAME <= file.length) {
            int length = buffer.getInt(at);
            String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
            if (length < 0 || length > file.length - at - FRAME) {
                throw new IIOException("its chunk %s at byte %d is cut off by the end of the file".formatted(type, at));
            }
            checkSum(buffer, type, at, length);
            if (type.equals("IEND")) {
                return orientation;
            }
            if (type.equals("eXIf")) {
                byte[] block = new byte[length];
                buffer.get(at + 8, block);
                orientation = Orientation.of(block);
            }
            at += FRAME + length;
        }
        throw new IIOException("it ends after %d bytes without its last chunk, IEND".formatted(file.length));
    }

    /** Chunks named with a small letter first may be ignored, and so may the damage in them. */
    private static void checkSum(ByteBuffer file, String type, int at, int length) throws IIOException {
        if (!Character.isUpperCase(type.charAt(0))) {
            return;
        }
        CRC32 sum = new CRC32();
        sum.update(file.array(), at + 4, length + 4);
        if ((int) sum.getValue() != file.getInt(at + 8 + length)) {
            throw new IIOException("its chunk %s at byte %d has the checksum %08x instead of %08x"
                    .formatted(type, at, file.getInt(at + 8 + length), sum.getValue()));
        }
    }
}
