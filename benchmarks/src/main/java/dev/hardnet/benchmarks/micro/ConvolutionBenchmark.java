package dev.hardnet.benchmarks.micro;

import dev.hardnet.Tensor;
import dev.hardnet.backend.BackendOptions;
import dev.hardnet.backend.Executable;
import dev.hardnet.backend.cpu.CpuBackend;
import dev.hardnet.graph.Graph;
import dev.hardnet.weights.SyntheticWeights;
import dev.hardnet.weights.WeightStore;
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

/** One convolution with ReLU6 as a network of its own; copies of the maps it reads and writes are included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ConvolutionBenchmark {
    private static final long SEED = 1;
    private static final float VALUE = 0.5f;

    /** What {@link ConvolutionShape#parse(String)} reads. */
    @Param({"112x112 32->64 k3", "56x56 64->14 k3", "56x56 78->24 k3", "56x56 142->68 k3", "28x28 128->16 k3",
        "28x28 282->78 k3", "28x28 328->134 k3", "14x14 320->40 k3", "14x14 500->116 k3", "14x14 654->256 k1"})
    public String shape;

    /** Threads of the kernels. */
    @Param({"1", "2"})
    public int threads;

    private WeightStore weights;
    private Executable executable;
    private Tensor input;
    private List<Tensor> outputs;

    /** Prepares the convolution. */
    @Setup(Level.Trial)
    public void open() {
        ConvolutionShape parsed = ConvolutionShape.parse(shape);
        Graph graph = parsed.graph();
        weights = new WeightStore(new SyntheticWeights(graph.parameters(), SEED));
        CpuBackend backend = CpuBackend.open();
        BackendOptions options = new BackendOptions(threads, false);
        executable = backend.compile(backend.plan(graph, options), weights, options);
        input = Tensor.zeros(1, parsed.inputChannels(), parsed.height(), parsed.width());
        Arrays.fill(input.data(), VALUE);
        outputs = graph.outputs().stream().map(output -> Tensor.zeros(output.tensorShape())).toList();
    }

    /**
     * Runs it.
     *
     * @return the outputs
     */
    @Benchmark
    public List<Tensor> run() {
        executable.run(input, outputs);
        return outputs;
    }

    /** Frees it. */
    @TearDown(Level.Trial)
    public void close() {
        executable.close();
        weights.release();
    }
}
