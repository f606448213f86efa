package dev.hardnet.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the library warns of until this is closed, instead of on standard error. */
public final class Warnings extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("dev.hardnet");
    private final List<String> texts = new ArrayList<>();

    public Warnings() {
        logger.addHandler(this);
        logger.setUseParentHandlers(false);
    }

    public List<String> texts() {
        return texts;
    }

    @Override
    public void publish(LogRecord warning) {
        texts.add(new SimpleFormatter().formatMessage(warning));
    }

    @Override
    public void flush() {
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
