package dev.hardnet.backend.cuda;

/**
 * A launch into a stream of its own: a copy to a further place, which the steps that follow need not wait for.
 *
 * @param launch what is enqueued there
 */
record SideLaunch(Launch launch) implements Launch {
    @Override
    public void enqueue() {
        launch.enqueue();
    }
}
