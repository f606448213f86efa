package dev.hardnet;

import dev.hardnet.graph.ElementType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * An array with its sizes, row-major: float32, or bytes where a network gives classes. A picture batch is
 * N x C x H x W, logits are N x classes. The array is the caller's: it is not copied, so that a run needs no allocation.
 */
public final class Tensor {
    private final int[] shape;
    /** One of the two is null. */
    private final float[] data;
    private final byte[] bytes;
    private final MemorySegment memory;

    private Tensor(int[] shape, float[] data, byte[] bytes) {
        this.shape = shape;
        this.data = data;
        this.bytes = bytes;
        memory = data != null ? MemorySegment.ofArray(data) : MemorySegment.ofArray(bytes);
    }

    /**
     * Wraps an array.
     *
     * @param data  the elements in row-major order, as many as the sizes say
     * @param shape the sizes, each at least 1
     * @return a tensor that shares the array
     * @throws HarDNetException when the array's length is not the product of the sizes
     */
    public static Tensor of(float[] data, int... shape) {
        long elements = elements(shape);
        if (data.length != elements) {
            throw new HarDNetException("A tensor of %s holds %d elements, but the array given has %d."
                    .formatted(text(shape), elements, data.length));
        }
        return new Tensor(shape.clone(), data, null);
    }

    /**
     * Makes a tensor of float32 zeros.
     *
     * @param shape the sizes, each at least 1
     * @return a tensor with an array of its own
     * @throws HarDNetException when a size is below 1 or there would be 2^31 elements or more
     */
    public static Tensor zeros(int... shape) {
        return zeros(ElementType.FLOAT32, shape);
    }

    /**
     * Makes a tensor of zeros.
     *
     * @param type  what its elements are
     * @param shape the sizes, each at least 1
     * @return a tensor with an array of its own
     * @throws HarDNetException when a size is below 1, there would be 2^31 elements or more, or the type is one that
     *                          only maps have
     */
    public static Tensor zeros(ElementType type, int... shape) {
        int elements = Math.toIntExact(elements(shape));
        return switch (type) {
            case FLOAT32 -> new Tensor(shape.clone(), new float[elements], null);
            case UINT8 -> new Tensor(shape.clone(), null, new byte[elements]);
            case BFLOAT16 -> throw new HarDNetException("Tensors hold float32 or bytes; bfloat16 is for maps only.");
        };
    }

    /**
     * What the elements are.
     *
     * @return the type
     */
    public ElementType type() {
        return data != null ? ElementType.FLOAT32 : ElementType.UINT8;
    }

    /**
     * The sizes.
     *
     * @return a copy
     */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * The size of one dimension.
     *
     * @param dimension 0 for the first
     * @return its size
     */
    public int size(int dimension) {
        return shape[dimension];
    }

    /**
     * The number of dimensions.
     *
     * @return 4 for a picture batch
     */
    public int rank() {
        return shape.length;
    }

    /**
     * The elements of a tensor of float32.
     *
     * @return the tensor's own array, in row-major order
     * @throws IllegalStateException when the elements are bytes
     */
    public float[] data() {
        if (data == null) {
            throw new IllegalStateException("The elements of this tensor are bytes, not float32.");
        }
        return data;
    }

    /**
     * The elements of a tensor of bytes, unsigned.
     *
     * @return the tensor's own array, in row-major order
     * @throws IllegalStateException when the elements are float32
     */
    public byte[] bytes() {
        if (bytes == null) {
            throw new IllegalStateException("The elements of this tensor are float32, not bytes.");
        }
        return bytes;
    }

    /**
     * The elements of either type as memory, for native code.
     *
     * @return the tensor's own array, always the same segment
     */
    public MemorySegment memory() {
        return memory;
    }

    /**
     * Whether the sizes are these.
     *
     * @param expected sizes to compare with
     * @return true when they are equal
     */
    public boolean hasShape(int... expected) {
        return Arrays.equals(shape, expected);
    }

    /** The sizes, for example {@code tensor 1x3x224x224}. */
    @Override
    public String toString() {
        return "tensor " + text(shape);
    }

    private static long elements(int[] shape) {
        long elements = 1;
        for (int size : shape) {
            elements *= size;
            if (size < 1 || elements > Integer.MAX_VALUE) {
                throw new HarDNetException("A tensor of %s cannot be made: every size must be at least 1 and the product "
                        .formatted(text(shape)) + "below 2^31.");
            }
        }
        return elements;
    }

    private static String text(int[] shape) {
        return Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining("x"));
    }
}
