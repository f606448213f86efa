package dev.hardnet.vision;

import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a JPEG file says about its samples before they begin.
 *
 * @param colors      what the components mean
 * @param orientation the EXIF orientation, 1..8
 */
record JpegHeader(Colors colors, int orientation) {
    /** What the components of a JPEG file mean. */
    enum Colors { GREY, RGB, YCC, CMYK, YCCK, UNKNOWN }

    private static final String JFIF = "JFIF";
    private static final String EXIF = "Exif";
    private static final String ADOBE = "Adobe";
    private static final int NO_ADOBE = -1;

    /**
     * Reads the segments before the first scan.
     *
     * @param file the whole file
     * @return what they say
     * @throws IOException when they cannot be read
     */
    static JpegHeader of(byte[] file) throws IOException {
        boolean jfif = false;
        int adobe = NO_ADOBE;
        int orientation = Orientation.UPRIGHT;
        byte[] frame = new byte[0];
        for (JPEGSegment segment : JPEGSegmentUtil.readSegments(new ByteArrayImageInputStream(file), wanted())) {
            switch (segment.marker()) {
                case JPEG.APP0 -> jfif = true;
                case JPEG.APP1 -> orientation = orientation(segment);
                case JPEG.APP14 -> adobe = transform(segment);
                default -> frame = segment.segmentData().readAllBytes();
            }
        }
        return new JpegHeader(colors(frame, jfif, adobe), orientation);
    }

    private static Map<Integer, List<String>> wanted() {
        Map<Integer, List<String>> wanted = new HashMap<>();
        wanted.put(JPEG.APP0, List.of(JFIF));
        wanted.put(JPEG.APP1, List.of(EXIF));
        wanted.put(JPEG.APP14, List.of(ADOBE));
        for (int marker : new int[] {JPEG.SOF0, JPEG.SOF1, JPEG.SOF2}) {
            wanted.put(marker, null);
        }
        return wanted;
    }

    private static int orientation(JPEGSegment segment) throws IOException {
        byte[] data = segment.segmentData().readAllBytes();
        int tiff = EXIF.length() + 2;
        return data.length <= tiff ? Orientation.UPRIGHT
                : Orientation.of(Arrays.copyOfRange(data, tiff, data.length));
    }

    /** The Adobe segment: its name, a version, two flag words, and one byte for the colour transform. */
    private static int transform(JPEGSegment segment) throws IOException {
        byte[] data = segment.segmentData().readAllBytes();
        int at = ADOBE.length() + 3 * Short.BYTES;
        return at < data.length ? data[at] & 0xff : NO_ADOBE;
    }

    /** The rules of the IJG library, which Pillow follows. The frame: precision, height, width, then components. */
    private static Colors colors(byte[] frame, boolean jfif, int adobe) {
        int components = frame.length > 5 ? frame[5] : 0;
        return switch (components) {
            case 1 -> Colors.GREY;
            case 3 -> !jfif && (adobe == 0 || adobe == NO_ADOBE && isNamedRgb(frame)) ? Colors.RGB : Colors.YCC;
            case 4 -> adobe == NO_ADOBE || adobe == 0 ? Colors.CMYK : Colors.YCCK;
            default -> Colors.UNKNOWN;
        };
    }

    private static boolean isNamedRgb(byte[] frame) {
        return frame.length > 12 && frame[6] == 'R' && frame[9] == 'G' && frame[12] == 'B';
    }
}
