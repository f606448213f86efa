package dev.hardnet.backend.cpu;

import dev.hardnet.HarDNetException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An instruction-set tier of the native kernels; the order is that of hn_tier in native/include/hardnet.h. */
public enum Tier {
    /** What every processor of the platform has. */
    PORTABLE,
    /** Arm's Advanced SIMD. */
    NEON,
    /** AVX2 and FMA. */
    AVX2,
    /** AVX-512 F, VL, DQ and BW. */
    AVX512;

    /**
     * The tiers this processor and library can run.
     *
     * @return the tiers, best last
     */
    public static List<Tier> supported() {
        NativeLibrary.load();
        return Arrays.stream(values()).filter(tier -> NativeFunctions.isSupported(tier.ordinal())).toList();
    }

    /** The tier of {@code -Dhardnet.cpu.tier}, else the best. */
    static Tier chosen() {
        Tier best = values()[NativeFunctions.bestTier()];
        String wanted = System.getProperty("hardnet.cpu.tier");
        if (wanted == null) {
            return best;
        }
        Tier tier = Arrays.stream(values()).filter(each -> each.toString().equals(wanted)).findFirst()
                .orElseThrow(() -> new HarDNetException("-Dhardnet.cpu.tier=%s is not a tier; expected one of %s."
                        .formatted(wanted, names(List.of(values())))));
        return supported().contains(tier) ? tier : fallback(tier, best);
    }

    private static Tier fallback(Tier wanted, Tier best) {
        String reason = "This processor cannot run the tier %s; it can run %s.".formatted(wanted, names(supported()));
        if (Boolean.getBoolean("hardnet.strict")) {
            throw new HarDNetException(reason);
        }
        System.getLogger("dev.hardnet").log(System.Logger.Level.WARNING, "{0} Using {1}.", reason, best);
        return best;
    }

    private static String names(List<Tier> tiers) {
        return tiers.stream().map(Tier::toString).collect(Collectors.joining(", "));
    }

    /** The tier's name in {@code -Dhardnet.cpu.tier}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
