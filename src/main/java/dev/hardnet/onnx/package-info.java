/** Export: a graph and its weights as an ONNX file. One class for what an operator becomes. */
package dev.hardnet.onnx;
