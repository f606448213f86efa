package dev.hardnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.testing.NativeMemory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a session takes, and that it gives all of it back. */
class MemoryTest {
    /** Unpacking the library leaves an I/O buffer with the thread, which is not the session's. */
    @BeforeAll
    static void loadTheLibrary() {
        loadAndRun();
    }

    @Test
    void aThousandSessionsLeakNothing() {
        try (Model model = Model.embedded()) {
            openAndRun(model);
            long before = NativeMemory.foreignBytes();
            for (int i = 0; i < 1000; i++) {
                openAndRun(model);
            }
            assertEquals(before, NativeMemory.foreignBytes());
        }
        assertEquals(0, NativeMemory.kernelThreads());
    }

    @Test
    void aHundredModelsLeakNothing() {
        loadAndRun();
        long before = NativeMemory.foreignBytes();
        for (int i = 0; i < 100; i++) {
            loadAndRun();
        }
        assertEquals(before, NativeMemory.foreignBytes());
    }

    @Test
    void aFailedOpenLeaksNothing() {
        try (Model model = Model.embedded()) {
            openAndRun(model);
            long before = NativeMemory.foreignBytes();
            for (int i = 0; i < 100; i++) {
                try (Session session = Session.open(model, SessionOptions.builder().size(0x7fff, 0x7fff).batch(9).build())) {
                    throw new AssertionError("opened " + session.inputShape());
                } catch (HarDNetException tooLarge) {
                    assertTrue(tooLarge.getMessage().startsWith("A shape of 9x"), tooLarge.getMessage());
                }
            }
            assertEquals(before, NativeMemory.foreignBytes());
        }
    }

    @Test
    void nativeMemoryIsTheArenaAndThePackedWeightsShared() {
        long before = NativeMemory.foreignBytes();
        try (Model model = Model.synthetic(Network.HARDNET_68, 1)) {
            List<Session> sessions = new ArrayList<>();
            sessions.add(Session.open(model));
            long first = NativeMemory.foreignBytes() - before;
            sessions.add(Session.open(model));
            long second = NativeMemory.foreignBytes() - before - first;
            long arena = sessions.getFirst().plan().arenaBytes();
            // The step and segment tables and the allocator's headers: small, and nothing else.
            assertTrue(second >= arena && second < arena + 64 * 1024, second + " bytes for an arena of " + arena);
            // Kernels of 3 x 3 are kept as the chosen way needs them: 9, 16 or 18 values for 9. Output channels are filled
            // up to whole vectors, which costs the narrow layers a few percent.
            long weights = model.network().graph(1, 224, 224, 1000).parameters().stream()
                    .filter(spec -> !spec.key().contains(".norm.")).mapToLong(spec -> 4 * spec.elements()).sum();
            assertTrue(first - second >= weights && first - second < 1.6 * weights,
                    first - second + " bytes for weights of " + weights);
            sessions.forEach(Session::close);
        }
        assertEquals(before, NativeMemory.foreignBytes());
    }

    private static void openAndRun(Model model) {
        try (Session session = Session.open(model, SessionOptions.builder().threads(3).build())) {
            session.run(Tensor.zeros(1, 3, 64, 64));
        }
    }

    private static void loadAndRun() {
        try (Model model = Model.embedded()) {
            openAndRun(model);
        }
    }
}
