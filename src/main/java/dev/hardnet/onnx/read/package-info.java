/** Import: the nodes of an ONNX file as layers. One class for each family of operators. */
package dev.hardnet.onnx.read;
