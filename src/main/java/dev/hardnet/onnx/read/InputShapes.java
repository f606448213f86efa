package dev.hardnet.onnx.read;

import dev.hardnet.HarDNetException;
import dev.hardnet.InputSize;
import dev.hardnet.onnx.proto.Onnx.TensorShapeProto.Dimension;
import dev.hardnet.onnx.proto.Onnx.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The shapes that a file gives its inputs and other values.
 *
 * @param size rows and columns where the file leaves them open, or null
 */
record InputShapes(InputSize size) {
    private static final int MAP_RANK = 4;

    /** An input's sizes: the batch is 1 where it is open. */
    Dims of(ValueInfoProto input) {
        if (!input.getType().getTensorType().hasShape()) {
            throw new HarDNetException("input %s has no shape, not even its number of dimensions."
                    .formatted(input.getName()));
        }
        List<Dimension> dimensions = input.getType().getTensorType().getShape().getDimList();
        List<Long> sizes = new ArrayList<>();
        for (int axis = 0; axis < dimensions.size(); axis++) {
            long known = isKnown(dimensions.get(axis)) ? dimensions.get(axis).getDimValue() : 0;
            boolean ofPicture = dimensions.size() == MAP_RANK && axis >= 2;
            sizes.add(ofPicture ? side(input, axis, known) : other(input, axis, known));
        }
        return new Dims(sizes);
    }

    /** A size of 0 is how some exporters write an open one. */
    private static boolean isKnown(Dimension dimension) {
        return dimension.hasDimValue() && dimension.getDimValue() != 0;
    }

    private long side(ValueInfoProto input, int axis, long known) {
        String side = axis == 2 ? "rows" : "columns";
        if (size == null && known == 0) {
            throw new HarDNetException("input %s leaves the number of its %s open; give --size HxW."
                    .formatted(input.getName(), side));
        }
        long given = size == null ? known : axis == 2 ? size.height() : size.width();
        if (known != 0 && known != given) {
            throw new HarDNetException("input %s has %d %s, fixed in the file, but the size %s was given."
                    .formatted(input.getName(), known, side, size));
        }
        return given;
    }

    private static long other(ValueInfoProto input, int axis, long known) {
        if (known == 0 && axis > 0) {
            throw new HarDNetException("input %s leaves its dimension %d open; only the batch, rows and columns may be."
                    .formatted(input.getName(), axis));
        }
        return known == 0 ? 1 : known;
    }

    /** A shape that a file tells in full, as it does of values that no input's open sizes reach. */
    static Optional<Dims> told(ValueInfoProto value) {
        List<Dimension> dimensions = value.getType().getTensorType().getShape().getDimList();
        boolean all = value.getType().getTensorType().hasShape()
                && dimensions.stream().allMatch(dimension -> dimension.getDimValue() > 0);
        return all ? Optional.of(new Dims(dimensions.stream().map(Dimension::getDimValue).toList())) : Optional.empty();
    }
}
