package dev.hardnet.testing;

import dev.hardnet.backend.cpu.Tier;

/** Forces an instruction-set tier until it is closed. */
public final class ForcedTier implements AutoCloseable {
    private static final String PROPERTY = "hardnet.cpu.tier";
    private final String before = System.getProperty(PROPERTY);

    public ForcedTier(Tier tier) {
        System.setProperty(PROPERTY, tier.toString());
    }

    @Override
    public void close() {
        if (before == null) {
            System.clearProperty(PROPERTY);
        } else {
            System.setProperty(PROPERTY, before);
        }
    }
}
