package dev.hardnet.testing;

/** Sets a system property until it is closed. */
public final class ForcedProperty implements AutoCloseable {
    private final String name;
    private final String before;

    public ForcedProperty(String name, String value) {
        this.name = name;
        before = System.setProperty(name, value);
    }

    @Override
    public void close() {
        if (before == null) {
            System.clearProperty(name);
        } else {
            System.setProperty(name, before);
        }
    }
}
