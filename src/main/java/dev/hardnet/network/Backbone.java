package dev.hardnet.network;

import dev.hardnet.graph.Pool;
import java.util.List;

/**
 * What HarDNet-68 and HarDNet-85 have in common in classification and detection.
 *
 * @param stem   channels of the first convolution; the second one has twice as many
 * @param stages the stages up to stride 16; classification adds one more
 */
record Backbone(int stem, List<Stage> stages) {
    static final Backbone HARDNET_68 = new Backbone(32, List.of(
            Stage.halving(8, 14, 128),
            Stage.keeping(16, 16, 256),
            Stage.halving(16, 20, 320),
            Stage.halving(16, 40, 640)));

    static final Backbone HARDNET_85 = new Backbone(48, List.of(
            Stage.halving(8, 24, 192),
            Stage.keeping(16, 24, 256),
            Stage.halving(16, 28, 320),
            Stage.keeping(16, 36, 480),
            Stage.halving(16, 48, 720)));

    /**
     * Adds the backbone of a detection network, up to its last block. The first pool behind a transition counts an
     * incomplete last window, unlike that of the classification networks.
     */
    void build(ModuleList base, Pool.Type pool) {
        base.conv(stem, 3, 2);
        base.conv(2 * stem, 3, 1);
        base.pool(pool, 3, 1, false);
        for (Stage stage : stages.subList(0, stages.size() - 1)) {
            base.block(stage);
            base.conv(stage.transition(), 1, 1);
            if (stage.downsample()) {
                base.pool(pool, 2, 0, stage == stages.getFirst());
            }
        }
        base.block(stages.getLast());
    }
}
