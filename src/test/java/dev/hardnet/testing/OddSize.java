package dev.hardnet.testing;

import dev.hardnet.HarDNetException;
import dev.hardnet.InputSize;
import dev.hardnet.Network;
import java.util.List;

/** Input sizes that are small, odd and not square. */
public final class OddSize {
    private static final List<InputSize> SIZES = List.of(new InputSize(65, 97), new InputSize(129, 161),
            new InputSize(193, 225), new InputSize(257, 289));

    private OddSize() {
    }

    /** The smallest of them that a network takes; its published size when it takes none. */
    public static InputSize of(Network network) {
        return SIZES.stream().filter(size -> takes(network, size)).findFirst().orElse(network.publishedSize());
    }

    private static boolean takes(Network network, InputSize size) {
        try {
            network.graph(1, size.height(), size.width(), network.publishedClasses());
            return true;
        } catch (HarDNetException tooSmall) {
            return false;
        }
    }
}
