package dev.hardnet.onnx.read;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rule for each operator of ONNX that is known. */
final class OperatorRules {
    private static final Map<String, NodeRule> RULES = rules();

    private OperatorRules() {
    }

    static Optional<NodeRule> of(String operator) {
        return Optional.ofNullable(RULES.get(operator));
    }

    private static Map<String, NodeRule> rules() {
        Map<String, NodeRule> rules = new HashMap<>();
        rules.put("Conv", ConvolutionRules::conv);
        rules.put("ConvTranspose", ConvolutionRules::transposed);
        rules.put("Gemm", LinearRules::gemm);
        rules.put("MatMul", LinearRules::matMul);
        addElementwise(rules);
        addPools(rules);
        addViews(rules);
        addConstants(rules);
        return rules;
    }

    private static void addElementwise(Map<String, NodeRule> rules) {
        put(rules, ElementRules::activation, "Relu", "LeakyRelu", "Clip", "Sigmoid", "HardSigmoid", "HardSwish",
                "Swish", "Elu", "Selu", "Celu", "Gelu", "Mish", "Tanh", "Softplus", "Softsign", "ThresholdedRelu",
                "Erf", "Exp", "Log", "Sqrt", "Reciprocal", "Abs", "Neg", "Sign", "Floor", "Ceil", "Round", "Not",
                "Cast");
        rules.put("PRelu", ElementRules::prelu);
        rules.put("BatchNormalization", ElementRules::batchNorm);
        put(rules, ElementRules::channelNorm, "Softmax", "LogSoftmax", "LRN", "LpNormalization");
        rules.put("LayerNormalization", ElementRules::layerNorm);
        put(rules, ElementRules::joined, "Add", "Sub", "Mul", "Div", "Sum", "Max", "Min", "Mean", "Pow", "Mod",
                "Equal", "Greater", "Less", "And", "Or", "Where");
    }

    private static void addPools(Map<String, NodeRule> rules) {
        put(rules, PoolRules::window, "MaxPool", "AveragePool");
        put(rules, PoolRules::global, "GlobalAveragePool", "GlobalMaxPool");
        put(rules, PoolRules::reduce, "ReduceMean", "ReduceMax", "ReduceMin", "ReduceSum", "ReduceL1", "ReduceL2",
                "ReduceProd", "ReduceSumSquare");
        put(rules, PoolRules::argMax, "ArgMax", "ArgMin");
    }

    private static void addViews(Map<String, NodeRule> rules) {
        put(rules, ViewRules::same, "Identity", "Dropout");
        rules.put("Flatten", ViewRules::flatten);
        rules.put("Reshape", ViewRules::reshape);
        rules.put("Squeeze", ViewRules::squeeze);
        rules.put("Unsqueeze", ViewRules::unsqueeze);
        rules.put("Transpose", ViewRules::transpose);
        rules.put("Expand", ViewRules::expand);
        rules.put("Pad", ViewRules::pad);
        rules.put("DepthToSpace", ViewRules::depthToSpace);
        rules.put("SpaceToDepth", ViewRules::spaceToDepth);
        rules.put("Concat", ChannelRules::concat);
        rules.put("Slice", ChannelRules::slice);
        rules.put("Split", ChannelRules::split);
        rules.put("Gather", ChannelRules::gather);
        put(rules, ResizeRules::resize, "Resize", "Upsample");
    }

    private static void addConstants(Map<String, NodeRule> rules) {
        rules.put("Constant", ConstantRules::constant);
        rules.put("ConstantOfShape", ConstantRules::ofShape);
        rules.put("Shape", ConstantRules::shape);
        rules.put("Size", ConstantRules::size);
        rules.put("Range", ConstantRules::range);
    }

    private static void put(Map<String, NodeRule> rules, NodeRule rule, String... operators) {
        List.of(operators).forEach(operator -> rules.put(operator, rule));
    }
}
