package dev.hardnet.graph;

import java.util.List;

/** One node of the graph: reads views, writes a feature map; only {@link BatchNormRelu} writes several. */
public sealed interface Operator permits Add, BatchNormRelu, ConvDepthwise, GlobalAveragePool,
        L2Norm, Pool, Resize, ResizeArgMax, SumToOne, Weighted {
    /**
     * Its name: the module's in the authors' code.
     *
     * @return the name, unique in its graph
     */
    String name();

    /**
     * What it does, in a word or two, for tables.
     *
     * @return for example {@code conv 3x3 s2 relu6}
     */
    String kind();

    /**
     * What it reads.
     *
     * @return the views, at least one
     */
    List<View> reads();

    /**
     * What it writes.
     *
     * @return the feature map, the first where there are several
     */
    FeatureMap output();

    /**
     * Everything it writes.
     *
     * @return the feature maps, at least one
     */
    default List<FeatureMap> outputs() {
        return List.of(output());
    }

    /**
     * The tensors it needs from the weights.
     *
     * @return the specifications, empty for an operator without weights
     */
    default List<ParameterSpec> parameters() {
        return List.of();
    }

    /**
     * Its arithmetic, counted as the paper does: convolutions and linear layers only.
     *
     * @return multiply-adds for the whole batch
     */
    default long macs() {
        return 0;
    }
}
