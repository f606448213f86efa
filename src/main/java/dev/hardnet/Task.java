package dev.hardnet;

/** What a network is for. */
public enum Task {
    /** One label for the whole picture. */
    CLASSIFICATION,
    /** One label for each pixel. */
    SEGMENTATION,
    /** Boxes with labels. */
    DETECTION
}
