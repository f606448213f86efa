package dev.hardnet.vision;

import dev.hardnet.HarDNetException;
import dev.hardnet.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Reads boxes from the outputs of a detection network. Immutable; may be shared between threads. */
public sealed interface DetectionDecoder permits CenterNetDecoder, SsdDecoder {
    /**
     * Reads the boxes of one picture.
     *
     * @param outputs the network's outputs by name, for a batch of N pictures
     * @param picture the picture's place in the batch, 0 up to N - 1
     * @return the boxes, the surest first; of equals, the lower class first, and within a class in the outputs' order
     * @throws HarDNetException when an output is missing or has other sizes, there is no such picture, or a number that
     *                          matters is infinite or not a number
     */
    List<DecodedBox> decode(Map<String, Tensor> outputs, int picture);

    /**
     * Reads the boxes of every picture of a batch.
     *
     * @param outputs the network's outputs by name, for a batch of N pictures
     * @return N lists as {@link #decode(Map, int)} gives them
     * @throws HarDNetException as {@link #decode(Map, int)}
     */
    default List<List<DecodedBox>> decode(Map<String, Tensor> outputs) {
        int pictures = outputs.values().stream().mapToInt(output -> output.size(0)).max().orElse(0);
        return IntStream.range(0, pictures).mapToObj(picture -> decode(outputs, picture)).toList();
    }
}
