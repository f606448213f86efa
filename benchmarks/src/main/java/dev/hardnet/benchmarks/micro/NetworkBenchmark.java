package dev.hardnet.benchmarks.micro;

import dev.hardnet.Device;
import dev.hardnet.Model;
import dev.hardnet.Network;
import dev.hardnet.Session;
import dev.hardnet.SessionOptions;
import dev.hardnet.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Latency of one run of a network at its published size, copies of input and outputs included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class NetworkBenchmark {
    private static final long SEED = 1;
    private static final float VALUE = 0.5f;

    /** The network's name. */
    @Param({"hardnet39ds", "hardnet68ds", "hardnet68", "hardnet85"})
    public String network;

    /** Threads of the kernels. */
    @Param({"1", "2"})
    public int threads;

    private Session session;
    private Tensor input;
    private List<Tensor> outputs;

    /** Opens the network with synthetic weights. */
    @Setup(Level.Trial)
    public void open() {
        try (Model model = Model.synthetic(Network.byName(network), SEED)) {
            session = Session.open(model, SessionOptions.builder().device(Device.CPU).threads(threads).build());
        }
        input = Tensor.zeros(session.inputShape().n(), session.inputShape().c(), session.inputShape().h(),
                session.inputShape().w());
        Arrays.fill(input.data(), VALUE);
        outputs = session.newOutputs();
    }

    /**
     * Runs it.
     *
     * @return the outputs
     */
    @Benchmark
    public List<Tensor> run() {
        session.run(input, outputs);
        return outputs;
    }

    /** Closes it. */
    @TearDown(Level.Trial)
    public void close() {
        session.close();
    }
}
