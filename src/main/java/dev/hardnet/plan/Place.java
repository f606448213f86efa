package dev.hardnet.plan;

/**
 * Where channels of a feature map stand: a slot of one of a layout's strips.
 *
 * @param stripIndex the strip's number in the layout
 * @param strip      the strip
 * @param slot       one of its slots
 */
public record Place(int stripIndex, Strip strip, Slot slot) {
    /**
     * Where the slot begins in its strip. With {@link ChannelOrder#FIRST} this is a multiple of 16 bytes, which
     * libraries may want, only if the first channel or the number of pixels has enough factors of two: 7 x 7 pixels of
     * 4 bytes need a first channel that is a multiple of 4.
     *
     * @param order where the channels stand
     * @return bytes from the strip's start to the slot's first element
     */
    public long byteOffset(ChannelOrder order) {
        long plane = order == ChannelOrder.LAST ? 1 : (long) strip.shape().h() * strip.shape().w();
        return slot.firstChannel() * plane * strip.elementBytes();
    }
}
