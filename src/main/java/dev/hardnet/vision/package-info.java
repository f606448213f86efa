/** From pictures to tensors, and from a network's output to what a person asked for. */
package dev.hardnet.vision;
