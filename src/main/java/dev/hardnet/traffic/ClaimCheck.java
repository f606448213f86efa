package dev.hardnet.traffic;

import dev.hardnet.Network;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was found of a claim.
 *
 * @param claim        the claim
 * @param foundPercent how much less the HarDNet needs, in percent of the yardstick's; null where it was not checked
 * @param verdict      whether the claim holds
 * @param reason       why it was not checked, empty where it was
 */
public record ClaimCheck(PaperClaim claim, Double foundPercent, Verdict verdict, String reason) {
    /** Whether a claim holds. */
    public enum Verdict {
        /** As much less as the paper says, or even less. */
        HOLDS,
        /** Not as much less as the paper says. */
        DOES_NOT_HOLD,
        /** The figures are not known. */
        NOT_CHECKED
    }

    /**
     * Checks a claim.
     *
     * @param claim    the claim
     * @param measured the networks whose latency was measured, by name
     * @return what was found
     */
    static ClaimCheck of(PaperClaim claim, Map<String, NetworkComparison> measured) {
        List<String> pair = List.of(claim.network(), claim.yardstick());
        Optional<String> unknown = pair.stream().filter(name -> !isKnown(name)).findFirst();
        if (unknown.isPresent()) {
            return notChecked(claim, unknown.get() + " is none of the networks here");
        }
        Optional<String> unmeasured = pair.stream().filter(name -> !isMeasured(measured.get(name))).findFirst();
        if (claim.figure() == PaperClaim.Figure.LATENCY && unmeasured.isPresent()) {
            return notChecked(claim, "the latency of %s was not measured".formatted(unmeasured.get()));
        }
        return checked(claim, figure(claim, claim.network(), measured), figure(claim, claim.yardstick(), measured));
    }

    private static boolean isKnown(String name) {
        return Network.all().stream().anyMatch(each -> each.name().equals(name));
    }

    private static boolean isMeasured(NetworkComparison network) {
        return network != null && network.latencyMillis() != null;
    }

    private static ClaimCheck notChecked(PaperClaim claim, String reason) {
        return new ClaimCheck(claim, null, Verdict.NOT_CHECKED, reason);
    }

    private static ClaimCheck checked(PaperClaim claim, double network, double yardstick) {
        double found = 100 * (yardstick - network) / yardstick;
        Verdict verdict = found >= claim.claimedPercent() ? Verdict.HOLDS : Verdict.DOES_NOT_HOLD;
        return new ClaimCheck(claim, found, verdict, "");
    }

    private static double figure(PaperClaim claim, String name, Map<String, NetworkComparison> measured) {
        NetworkComparison network = measured.containsKey(name) ? measured.get(name)
                : NetworkComparison.of(Network.byName(name), null);
        return switch (claim.figure()) {
            case CIO -> network.cio();
            case TRAFFIC -> network.frameworkBytes();
            case LATENCY -> network.latencyMillis();
        };
    }
}
