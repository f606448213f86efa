/** Named tensors: checkpoint readers and writers, synthetic weights, checks, and batch norm folding. */
package dev.hardnet.weights;
