package dev.hardnet.onnx.read;

/** What an operator does to shapes. */
@FunctionalInterface
interface NodeRule {
    /**
     * Works out what a node writes.
     *
     * @throws NodeNotSupported when no layer stands for what it does
     */
    Inference infer(NodeCall node);
}
