package dev.hardnet.traffic;

/**
 * One layer's figures. Bytes include weights; they are float32.
 *
 * @param layer           its name
 * @param kind            what it does
 * @param output          what it writes, N x C x H x W
 * @param macs            multiply-adds, 0 but for convolutions and linear layers
 * @param cio             convolutional input/output (paper, section 1), elements; 0 but for convolutions
 * @param moc             multiply-adds over CIO (paper, section 3), null but for convolutions
 * @param weights         elements of its weights, biases, scales and shifts
 * @param frameworkBytes  what it moves in a {@link FrameworkExecution}
 * @param concatFreeBytes what it moves in a {@link ConcatFreeExecution}
 * @param plannedBytes    what the step named after it moves in a {@link PlannedExecution}; 0 where it joins another's,
 *                        null for norms that are computed in parts, each with those of other norms
 * @param fusedBytes      what the step named after it moves in a {@link FusedExecution}; 0 where it joins another's
 * @param macsPerByte     multiply-adds for each byte that a framework moves
 * @param memoryBound     whether that is below the machine's balance
 * @param rooflineMillis  the least time that a framework takes for it, in milliseconds
 */
public record LayerTraffic(String layer, LayerKind kind, String output, long macs, long cio, Double moc, long weights,
        long frameworkBytes, long concatFreeBytes, Long plannedBytes, long fusedBytes, double macsPerByte,
        boolean memoryBound, double rooflineMillis) {
    /**
     * The CIO of a layer.
     *
     * @param layer any layer
     * @return elements that it reads and writes, 0 when it is no convolution
     */
    static long cio(Layer layer) {
        return layer.kind().isConvolution() ? layer.reads().getFirst().elements() + layer.writes().elements() : 0;
    }

    static LayerTraffic of(Layer layer, Long plannedBytes, long fusedBytes, MachineBalance machine) {
        long cio = cio(layer);
        long bytes = layer.kind() == LayerKind.RESHAPE ? 0 : Traffic.of(layer).totalBytes();
        return new LayerTraffic(layer.name(), layer.kind(), layer.writes().shape().toString(), layer.macs(), cio,
                cio == 0 ? null : (double) layer.macs() / cio, layer.weights(), bytes,
                layer.kind().computes() ? bytes : 0, plannedBytes, fusedBytes,
                bytes == 0 ? 0 : (double) layer.macs() / bytes,
                machine.isMemoryBound(layer.macs(), bytes), machine.seconds(layer.macs(), bytes) * 1e3);
    }
}
