package dev.hardnet.plan;

/** Where the channels of a strip stand beside its pixels. */
public enum ChannelOrder {
    /** Element (n, c, y, x) in that order: a channel range of one picture is contiguous. */
    FIRST,
    /** Element (n, y, x, c) in that order: a channel range of one pixel is contiguous. */
    LAST
}
