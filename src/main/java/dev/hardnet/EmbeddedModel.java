package dev.hardnet;

import dev.hardnet.weights.Checkpoint;
import dev.hardnet.weights.WeightSource;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;

/** The model that lies in the jar. */
final class EmbeddedModel {
    private static final String RESOURCE = "/dev/hardnet/model/hardnet39ds_cifar10.safetensors";

    private EmbeddedModel() {
    }

    static WeightSource open() {
        try (InputStream stream = EmbeddedModel.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new HarDNetException("The jar lacks its embedded model " + RESOURCE + "; build it again.");
            }
            return Checkpoint.of("the embedded model", MemorySegment.ofArray(stream.readAllBytes()));
        } catch (IOException failure) {
            throw new HarDNetException("The embedded model " + RESOURCE + " could not be read: " + failure.getMessage(),
                    failure);
        }
    }
}
