package dev.hardnet.weights;

/** What is wrong with a pickle, as the end of a sentence; {@link Unpickler} adds the file and the byte offset. */
final class PickleFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PickleFault(String problem) {
        super(problem);
    }
}
