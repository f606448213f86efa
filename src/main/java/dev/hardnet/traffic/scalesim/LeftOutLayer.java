package dev.hardnet.traffic.scalesim;

/**
 * A layer that a topology cannot describe, or a node that no layer stands for.
 *
 * @param name   its name
 * @param reason why, a sentence
 */
public record LeftOutLayer(String name, String reason) {
}
