package dev.hardnet.vision;

/**
 * A box as a decoder reads it from a network's outputs, in pixels of the network's input. It may reach beyond the
 * input, and an untrained network may well put its left edge right of its right edge.
 *
 * @param left       left edge
 * @param top        upper edge
 * @param right      right edge
 * @param bottom     lower edge
 * @param score      how sure the network is, 0..1
 * @param classIndex its class, from 0; the background is not counted
 */
public record DecodedBox(double left, double top, double right, double bottom, double score, int classIndex) {
}
