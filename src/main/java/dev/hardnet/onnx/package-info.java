/**
 * ONNX files: export of a graph and its weights, one class for what an operator becomes; and any network's layers, read
 * for counting.
 */
package dev.hardnet.onnx;
