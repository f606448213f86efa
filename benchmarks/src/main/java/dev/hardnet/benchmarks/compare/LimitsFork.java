package dev.hardnet.benchmarks.compare;

import com.google.gson.Gson;
import dev.hardnet.benchmarks.runtime.OneDnnMatrixProduct;

/** A process that measures what the machine can do, and prints one line of JSON. */
final class LimitsFork {
    private LimitsFork() {
    }

    /**
     * Measures.
     *
     * @param arguments the number of threads
     */
    static void main(String[] arguments) {
        int threads = Integer.parseInt(arguments[0]);
        MachineLimits limits = new MachineLimits(threads, OneDnnMatrixProduct.gigaMacsPerSecond(),
                ReadBandwidth.gigabytesPerSecond(threads));
        System.out.println(new Gson().toJson(limits));
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
