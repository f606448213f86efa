package dev.hardnet.benchmarks.compare;

/** A fork gave no measurement. */
final class ForkFailure extends Exception {
    private static final long serialVersionUID = 1;

    ForkFailure(String reason) {
        super(reason);
    }
}
