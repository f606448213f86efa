package dev.hardnet.weights;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hardnet.HarDNetException;
import dev.hardnet.testing.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a file, it is read or refused with a sentence, quickly and without much memory. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CheckpointFuzzTest {
    private static final int MUTATIONS = 10_000;
    private static final long MAX_ALLOCATED_BYTES = 64L << 20;
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final AllocatedBytes allocatedBytes;

    CheckpointFuzzTest() throws ReflectiveOperationException {
        allocatedBytes = new AllocatedBytes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"small_ordereddict_legacy.pth", "small_ordereddict_zip.pth",
        "small_wrapped_state_dict_legacy.pth", "small_wrapped_state_dict_zip.pth", "hostile_not_a_checkpoint.pth",
        "hostile_os_system_legacy.pth", "hostile_os_system_zip.pth", "hostile_truncated_legacy.pth",
        "hostile_truncated_zip.pth"})
    void readsOrRefusesEveryMutationOfAPyTorchFile(String name) throws IOException {
        fuzz(Files.readAllBytes(SharedFiles.path("reference", "checkpoints", name)));
    }

    @Test
    void readsOrRefusesEveryMutationOfASafetensorsFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("small.safetensors");
        try (Checkpoint source = Checkpoint.open(
                SharedFiles.path("reference", "checkpoints", "small_ordereddict_zip.pth"))) {
            SafetensorsWriter.write(file, Map.of("a", "b"), source.keys().stream().map(source::raw).toList());
        }
        fuzz(Files.readAllBytes(file));
    }

    private void fuzz(byte[] original) {
        SplittableRandom random = new SplittableRandom(20190900948L);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = original;
            for (int rounds = random.nextInt(1, 5); rounds > 0; rounds--) {
                mutated = mutate(mutated, random);
            }
            check(mutated, "mutation " + i);
        }
    }

    private void check(byte[] file, String name) {
        long nanos = System.nanoTime();
        long allocated = allocatedBytes.current();
        try (Checkpoint checkpoint = CheckpointBytes.open(file)) {
            for (String key : checkpoint.keys()) {
                checkpoint.read(key);
                checkpoint.raw(key);
            }
        } catch (HarDNetException e) {
            assertTrue(e.getMessage().matches("memory\\.pth, byte \\d+: [^\\n\\r]+\\."), name + ": " + e.getMessage());
        } catch (RuntimeException | Error e) {
            throw new AssertionError(name + " is neither read nor refused", e);
        }
        long spent = allocatedBytes.current() - allocated;
        assertTrue(spent < MAX_ALLOCATED_BYTES, () -> name + " takes " + spent + " bytes");
        assertTrue(System.nanoTime() - nanos < MAX_NANOS, () -> name + " takes too long");
    }

    private static byte[] mutate(byte[] file, SplittableRandom random) {
        if (file.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(file.length);
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(file, at);
            case 1 -> insert(file, at, bytes(random, random.nextInt(1, 9)));
            case 2 -> copyBlock(file, at, random);
            case 3 -> overwrite(file, at, (byte) (random.nextBoolean() ? 0xff : 0x7f), random.nextInt(1, 9));
            default -> flip(file, at, random);
        };
    }

    private static byte[] bytes(SplittableRandom random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] insert(byte[] file, int at, byte[] inserted) {
        byte[] out = Arrays.copyOf(file, file.length + inserted.length);
        System.arraycopy(inserted, 0, out, at, inserted.length);
        System.arraycopy(file, at, out, at + inserted.length, file.length - at);
        return out;
    }

    private static byte[] copyBlock(byte[] file, int at, SplittableRandom random) {
        byte[] block = Arrays.copyOfRange(file, at, Math.min(file.length, at + random.nextInt(1, 200)));
        if (random.nextBoolean()) {
            return insert(file, random.nextInt(file.length), block);
        }
        byte[] out = file.clone();
        int to = random.nextInt(file.length - block.length + 1);
        System.arraycopy(block, 0, out, to, block.length);
        return out;
    }

    private static byte[] overwrite(byte[] file, int at, byte value, int count) {
        byte[] out = file.clone();
        Arrays.fill(out, at, Math.min(file.length, at + count), value);
        return out;
    }

    private static byte[] flip(byte[] file, int at, SplittableRandom random) {
        byte[] out = file.clone();
        out[at] ^= (byte) random.nextInt(1, 256);
        return out;
    }
}
