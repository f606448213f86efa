package dev.hardnet.backend.cpu;

import dev.hardnet.HarDNetException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How convolutions are computed; the order is that of hn_convolution in native/include/hardnet.h. Winograd's transforms
 * compute kernels of 3 x 3 with stride 1 and dilation 1; others are computed directly.
 */
public enum ConvolutionWay {
    /** Each as is expected to take least time. */
    CHOSEN,
    /** As a sum over the window. */
    DIRECT,
    /** By F(2x2, 3x3). */
    WINOGRAD_2X2,
    /** By F(4x4, 3x3). */
    WINOGRAD_4X4;

    private static final String PROPERTY = "hardnet.cpu.convolution";

    /** The way of {@code -Dhardnet.cpu.convolution}, else {@link #CHOSEN}. */
    static ConvolutionWay wanted() {
        String wanted = System.getProperty(PROPERTY);
        if (wanted == null) {
            return CHOSEN;
        }
        return byName(wanted).orElseThrow(() -> new HarDNetException(
                "-D%s=%s is not a way of convolution; expected one of %s.".formatted(PROPERTY, wanted, names())));
    }

    static Optional<ConvolutionWay> byName(String name) {
        for (ConvolutionWay way : values()) {
            if (way.toString().equals(name)) {
                return Optional.of(way);
            }
        }
        return Optional.empty();
    }

    /** The way that the kernels of a tier take for a step; {@link #CHOSEN} when it is no convolution. */
    static ConvolutionWay of(Tier tier, MemorySegment step) {
        return values()[NativeFunctions.convolutionWay(tier.ordinal(), step)];
    }

    private static String names() {
        return Arrays.stream(values()).map(ConvolutionWay::toString).collect(Collectors.joining(", "));
    }

    /** The way's name in {@code -Dhardnet.cpu.convolution}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
