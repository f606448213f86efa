package dev.hardnet.traffic.scalesim;

/** What stays in the array while the rest moves through it. */
public enum Dataflow {
    /** Output stationary. */
    OS,
    /** Weight stationary. */
    WS,
    /** Input stationary. */
    IS
}
