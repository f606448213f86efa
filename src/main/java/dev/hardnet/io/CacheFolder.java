package dev.hardnet.io;

import java.nio.file.Path;

/** Where what can be made again is kept from one process to the next. */
public final class CacheFolder {
    private CacheFolder() {
    }

    /**
     * The folder.
     *
     * @return {@code -Dhardnet.cache}, else $XDG_CACHE_HOME/hardnet, else ~/.cache/hardnet; perhaps not there yet
     */
    public static Path path() {
        String given = System.getProperty("hardnet.cache");
        if (given != null) {
            return Path.of(given);
        }
        String cache = System.getenv("XDG_CACHE_HOME");
        return cache != null && !cache.isBlank() ? Path.of(cache, "hardnet")
                : Path.of(System.getProperty("user.home"), ".cache", "hardnet");
    }
}
