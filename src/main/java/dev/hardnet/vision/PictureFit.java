package dev.hardnet.vision;

/** How a picture of any shape becomes the input of a detection network, whose shape is fixed. */
public enum PictureFit {
    /** Each side is scaled to the input's: how the networks' published figures were measured. */
    STRETCH,
    /** Both sides are scaled alike, until the picture just fits; it lies in the middle of a black input. */
    PAD
}
