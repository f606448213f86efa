package dev.hardnet.backend.cuda;

/**
 * Channels of a feature map in the GPU's memory: element (n, c, p) is at
 * {@code address + (n pictureStride + c channelStride + p pixelStride)} elements.
 *
 * @param address       of the first channel
 * @param pictureStride elements from one picture to the next
 * @param channelStride elements from one channel to the next
 * @param pixelStride   elements from one pixel to the next
 */
record MapAddress(long address, long pictureStride, long channelStride, long pixelStride) {
    /** The same map from a later channel on. */
    MapAddress from(int channel, int elementBytes) {
        return new MapAddress(address + channel * channelStride * elementBytes, pictureStride, channelStride,
                pixelStride);
    }
}
