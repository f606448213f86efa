package dev.hardnet.backend.cuda;

import java.util.Arrays;

/** What is known of one of the engines that cuDNN's heuristics name for a problem. */
sealed interface EngineText {
    /** It may not be used: there is none of that rank, cuDNN does not support it, or it rounds too much. */
    record Refused() implements EngineText {
    }

    /** It can be used, and must be built each time: cuDNN does not write it down. */
    record Unwritten() implements EngineText {
    }

    /**
     * It can be used, and is restored from what cuDNN wrote down when it was built, compiled kernels included.
     *
     * @param content cuDNN's own representation
     */
    record Written(byte[] content) implements EngineText {
        @Override
        public boolean equals(Object other) {
            return other instanceof Written(byte[] others) && Arrays.equals(content, others);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(content);
        }
    }
}
