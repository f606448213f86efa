package dev.hardnet.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.Device;
import dev.hardnet.Model;
import dev.hardnet.Network;
import dev.hardnet.Session;
import dev.hardnet.SessionOptions;
import dev.hardnet.plan.Step;
import dev.hardnet.traffic.MachineBalance;
import dev.hardnet.traffic.PlannedExecution;
import dev.hardnet.traffic.Traffic;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {
    private static final ProfiledStep CONV = new ProfiledStep(0, "conv 1x1", "a", List.of("1x8x4x4"), "1x8x4x4",
            "direct", 1024, new Traffic(512, 512, 256));
    private static final ProfiledStep POOL = new ProfiledStep(1, "maxpool 2x2 s2", "b", List.of("1x8x4x4"), "1x8x2x2",
            null, 0, new Traffic(512, 128, 0));
    private static final Profile PROFILE = new Profile("two steps", List.of(CONV, POOL),
            List.of(new ProfiledRun(0, List.of(400L, 100L)), new ProfiledRun(900, List.of(300L, 200L))));

    @Test
    void aStepsFiguresAreThoseOfItsFastestRun() {
        List<StepFigures> figures = PROFILE.fastest(Optional.of(new MachineBalance(10, 5, "test")));
        assertEquals(new StepFigures(0, "conv 1x1", "a", List.of("1x8x4x4"), "1x8x4x4", 300 / 1e6, 0.75, 1024,
                1024.0 / 300, 512, 512, 256, 1280.0 / 300, figures.get(0).rooflineShare(), "direct"), figures.get(0));
        assertEquals(256.0 / 300, figures.get(0).rooflineShare(), 1e-12);
        assertEquals(new StepFigures(1, "maxpool 2x2 s2", "b", List.of("1x8x4x4"), "1x8x2x2", 100 / 1e6, 0.25, 0, null,
                512, 128, 0, 6.4, figures.get(1).rooflineShare(), null), figures.get(1));
        assertEquals(1.28, figures.get(1).rooflineShare(), 1e-12);
    }

    @Test
    void withoutAMachineThereIsNoRoofline() {
        PROFILE.fastest(Optional.empty()).forEach(step -> assertNull(step.rooflineShare()));
    }

    @Test
    void aStepThatTookNoTimeHasNoRates() {
        Profile still = new Profile("still", List.of(CONV), List.of(new ProfiledRun(0, List.of(0L))));
        StepFigures figures = still.fastest(Optional.of(new MachineBalance(1, 1, "test"))).getFirst();
        assertEquals(0, figures.share());
        assertNull(figures.gigaMacsPerSecond());
        assertNull(figures.gigabytesPerSecond());
        assertNull(figures.rooflineShare());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "reference"})
    void everyRunHasATimeForEveryStepAndBeginsAfterTheOneBefore(String device) {
        SessionOptions options = SessionOptions.builder().device(Device.byName(device)).threads(1).size(64, 64).build();
        try (Model model = Model.synthetic(Network.HARDNET_39DS, 1); Session session = Session.open(model, options)) {
            Profile profile = Profile.measure("hardnet39ds", session, 3);
            assertEquals(3, profile.runs().size());
            long end = 0;
            for (ProfiledRun run : profile.runs()) {
                assertEquals(session.plan().steps().size(), run.times().size());
                assertTrue(run.start() >= end, profile.runs()::toString);
                end = run.start() + run.total();
            }
            assertEquals(0, profile.runs().getFirst().start());
            assertTraffic(session, profile);
        }
    }

    private static void assertTraffic(Session session, Profile profile) {
        assertEquals(PlannedExecution.of(session.plan()).total(),
                profile.steps().stream().map(ProfiledStep::traffic).reduce(Traffic.NONE, Traffic::plus));
        for (Step step : session.plan().steps()) {
            ProfiledStep profiled = profile.steps().get(step.index());
            assertEquals(step.operator().name(), profiled.name());
            assertEquals(step.operator().macs(), profiled.macs());
            assertEquals(step.operator().reads().getFirst().shape().toString(), profiled.inputs().getFirst());
        }
    }
}
