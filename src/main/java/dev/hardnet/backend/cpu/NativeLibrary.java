package dev.hardnet.backend.cpu;

import dev.hardnet.HarDNetException;
import dev.hardnet.io.CacheFolder;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds the native library: the file of {@code -Dhardnet.library}, else the one in the jar, unpacked once into a cache
 * folder. A failure is remembered and told again, not tried again.
 */
public final class NativeLibrary {
    private static NativeLibrary loaded;
    private static HarDNetException failure;

    private final Path file;
    private final SymbolLookup symbols;

    private NativeLibrary(Path file, SymbolLookup symbols) {
        this.file = file;
        this.symbols = symbols;
    }

    /**
     * Loads the library on the first call.
     *
     * @return the library
     * @throws HarDNetException when there is none for this platform, or it cannot be unpacked or loaded
     */
    public static synchronized NativeLibrary load() {
        if (failure != null) {
            throw failure;
        }
        if (loaded == null) {
            try {
                loaded = open();
            } catch (HarDNetException reason) {
                failure = reason;
                throw reason;
            }
        }
        return loaded;
    }

    /**
     * The file that was loaded.
     *
     * @return its path
     */
    public Path file() {
        return file;
    }

    SymbolLookup symbols() {
        return symbols;
    }

    @SuppressWarnings("restricted")
    private static NativeLibrary open() {
        Path file = locate();
        try {
            return new NativeLibrary(file, SymbolLookup.libraryLookup(file, Arena.global()));
        } catch (IllegalArgumentException refused) {
            throw new HarDNetException("The native library %s could not be loaded: %s".formatted(file,
                    refused.getMessage()), refused);
        }
    }

    private static Path locate() {
        String given = System.getProperty("hardnet.library");
        if (given != null) {
            Path file = Path.of(given).toAbsolutePath();
            if (!Files.isRegularFile(file)) {
                throw new HarDNetException("There is no file %s, which -Dhardnet.library names.".formatted(file));
            }
            return file;
        }
        String name = "/dev/hardnet/native/" + Platform.name() + "/libhardnet.so";
        if (NativeLibrary.class.getResource(name) == null) {
            throw new HarDNetException(("The jar holds no native library for %s (%s is missing); build it there with "
                    + "mvn package, or name one with -Dhardnet.library=FILE.").formatted(Platform.name(), name));
        }
        return new LibraryCache(CacheFolder.path()).unpack("libhardnet.so",
                () -> NativeLibrary.class.getResourceAsStream(name));
    }
}
