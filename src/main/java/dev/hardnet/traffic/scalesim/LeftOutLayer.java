package dev.hardnet.traffic.scalesim;

/**
 * A layer with arithmetic that a topology cannot describe.
 *
 * @param name   its name
 * @param reason why, a sentence
 */
public record LeftOutLayer(String name, String reason) {
}
