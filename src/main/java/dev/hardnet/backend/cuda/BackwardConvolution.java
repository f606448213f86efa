package dev.hardnet.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.*;

import java.util.OptionalLong;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * A transposed convolution: the gradient of a convolution, which cuDNN calls backward data. Its input has the
 * convolution's outputs as channels. The one deterministic algorithm is used.
 */
@SuppressWarnings("deprecation") // Deprecated in cuDNN 9 and still the only way for what its graphs do not support.
final class BackwardConvolution implements Resources.Resource {
    private static final int ALGORITHM = CUDNN_CONVOLUTION_BWD_DATA_ALGO_1;

    private final Resources resources = new Resources();
    private final CudnnHandle handle;
    private final ConvolutionDescriptors descriptors;
    private final FloatPointer one = new FloatPointer(1f);
    private final FloatPointer zero = new FloatPointer(0f);

    private BackwardConvolution(CudnnHandle handle, ConvolutionDescriptors descriptors) {
        this.handle = handle;
        this.descriptors = resources.add(descriptors);
    }

    static BackwardConvolution of(CudnnHandle handle, ConvolutionProblem problem) {
        return new BackwardConvolution(handle, ConvolutionDescriptors.of(problem, problem.input().c(),
                problem.output().c(), problem.window().kernelHeight(), problem.window().kernelWidth()));
    }

    /** Its workspace; empty where cuDNN does not support the problem. */
    OptionalLong workspaceBytes() {
        try (SizeTPointer bytes = new SizeTPointer(1)) {
            int status = cudnnGetConvolutionBackwardDataWorkspaceSize(handle.handle(), descriptors.filter(),
                    descriptors.input(), descriptors.window(), descriptors.output(), ALGORITHM, bytes);
            Cudnn.check(status, "cudnnGetConvolutionBackwardDataWorkspaceSize");
            return OptionalLong.of(bytes.get());
        } catch (CudnnNotSupported refusal) {
            return OptionalLong.empty();
        }
    }

    /** Binds addresses. */
    Launch bind(long input, long filter, long output, long workspace, long workspaceBytes) {
        Address from = new Address(input);
        Address weights = new Address(filter);
        Address to = new Address(output);
        Address scratch = new Address(workspace);
        return () -> {
            int status = cudnnConvolutionBackwardData(handle.handle(), one, descriptors.filter(), weights,
                    descriptors.input(), from, descriptors.window(), ALGORITHM, scratch, workspaceBytes, zero,
                    descriptors.output(), to);
            if (status != CUDNN_STATUS_SUCCESS) {
                Cudnn.check(status, "cudnnConvolutionBackwardData");
            }
        };
    }

    @Override
    public void close() {
        resources.close();
        one.close();
        zero.close();
    }
}
