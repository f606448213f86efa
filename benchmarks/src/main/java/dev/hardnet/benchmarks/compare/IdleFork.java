package dev.hardnet.benchmarks.compare;

import com.google.gson.Gson;
import java.io.IOException;

/** A process that does what {@link MeasureFork} does besides its runtime: reads a request and replies. */
final class IdleFork {
    private IdleFork() {
    }

    /**
     * Replies.
     *
     * @param arguments a {@link ForkRequest} as JSON
     * @throws IOException when Linux does not tell the memory
     */
    static void main(String[] arguments) throws IOException {
        Gson gson = new Gson();
        ForkRequest request = gson.fromJson(arguments[0], ForkRequest.class);
        ForkReply reply = request.runtime().isEmpty() ? new ForkReply(null, new long[0], ResidentMemory.peakMebibytes())
                : ForkReply.refused("An idle process runs nothing.");
        System.out.println(gson.toJson(reply));
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
