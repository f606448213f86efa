package dev.hardnet.traffic;

/**
 * A node of a file that no layer stands for.
 *
 * @param node     its name in the file
 * @param operator its operator, for example {@code LSTM}
 * @param reason   why it is left out, a sentence
 */
public record UnsupportedNode(String node, String operator, String reason) {
}
