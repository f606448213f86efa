package dev.hardnet;

/**
 * Something could not be done: a bad file, an unsupported shape, a failed native call. The message is one sentence
 * that names what was found, where, and what was expected.
 */
public class HarDNetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message one sentence: what was found, where, and what was expected
     */
    public HarDNetException(String message) {
        super(message);
    }

    /**
     * Creates an exception with its cause.
     *
     * @param message one sentence: what was found, where, and what was expected
     * @param cause   what led to it
     */
    public HarDNetException(String message, Throwable cause) {
        super(message, cause);
    }
}
