package dev.hardnet.cli;

import dev.hardnet.HarDNetException;
import dev.hardnet.Model;
import dev.hardnet.Session;
import dev.hardnet.SessionOptions;
import dev.hardnet.Tensor;
import dev.hardnet.weights.Checkpoint;
import dev.hardnet.weights.RawTensor;
import dev.hardnet.weights.SafetensorsWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hardnet run}. */
@Command(name = "run", mixinStandardHelpOptions = true,
        description = "Run a network on a raw tensor: reads 'input' (N x 3 x H x W), writes the outputs ('logits', ...).")
final class RunCommand implements Callable<Integer> {
    private static final String INPUT = "input";

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOptions model;

    @Mixin
    private DeviceOptions device;

    @Option(names = {"-i", "--input"}, required = true, paramLabel = "X.safetensors",
            description = "A file with a tensor 'input', N x 3 x H x W.")
    private Path input;

    @Option(names = {"-o", "--output"}, required = true, paramLabel = "Y.safetensors",
            description = "The file to write; an existing one is replaced when all is done.")
    private Path output;

    @Override
    public Integer call() {
        Tensor tensor = readInput();
        SessionOptions options = device.toSession().batch(tensor.size(0)).size(tensor.size(2), tensor.size(3)).build();
        try (Model loaded = model.loadOrEmbedded(); Session session = DeviceOptions.open(loaded, options)) {
            Map<String, Tensor> outputs = session.run(tensor);
            write(outputs, loaded);
            spec.commandLine().getOut().printf("%s: %s from %s %s, %s%n", output,
                    String.join(", ", outputs.keySet()), loaded, session.inputShape(), session.backend());
        }
        return 0;
    }

    private Tensor readInput() {
        try (Checkpoint file = Checkpoint.open(input)) {
            if (!file.keys().contains(INPUT)) {
                throw new HarDNetException("%s holds no tensor 'input'; it holds %s.".formatted(input,
                        file.keys().stream().limit(5).toList()));
            }
            List<Integer> shape = file.shape(INPUT);
            if (shape.size() != 4 || shape.get(1) != 3 || shape.contains(0)) {
                throw new HarDNetException("The tensor 'input' of %s has the sizes %s; expected N x 3 x H x W."
                        .formatted(input, shape));
            }
            return Tensor.of(file.read(INPUT), shape.stream().mapToInt(Integer::intValue).toArray());
        }
    }

    private void write(Map<String, Tensor> outputs, Model loaded) {
        List<RawTensor> tensors = new ArrayList<>();
        outputs.forEach((name, tensor) -> tensors.add(
                RawTensor.ofFloats(name, Arrays.stream(tensor.shape()).boxed().toList(), tensor.data())));
        SafetensorsWriter.write(output, Map.of("network", loaded.network().name(), "weights", loaded.origin()), tensors);
    }
}
