package dev.hardnet.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.*;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.bytedeco.cuda.cudnn.cudnnConvolutionFwdAlgoPerf_t;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.SizeTPointer;

/** A convolution by cuDNN's older interface: no bias, no activation. */
@SuppressWarnings("deprecation") // Deprecated in cuDNN 9 and still the only way for what its graphs do not support.
final class LegacyConvolution implements Resources.Resource {
    private final Resources resources = new Resources();
    private final CudnnHandle handle;
    private final ConvolutionDescriptors descriptors;
    private final FloatPointer one = new FloatPointer(1f);
    private final FloatPointer zero = new FloatPointer(0f);

    private LegacyConvolution(CudnnHandle handle, ConvolutionDescriptors descriptors) {
        this.handle = handle;
        this.descriptors = resources.add(descriptors);
    }

    static LegacyConvolution of(CudnnHandle handle, ConvolutionProblem problem) {
        return new LegacyConvolution(handle, ConvolutionDescriptors.of(problem));
    }

    /** Deterministic algorithms that cuDNN supports here, the most promising first; empty when it supports none. */
    List<Integer> algorithms() {
        try (cudnnConvolutionFwdAlgoPerf_t found = new cudnnConvolutionFwdAlgoPerf_t(CUDNN_CONVOLUTION_FWD_ALGO_COUNT)) {
            int[] count = new int[1];
            int status = cudnnGetConvolutionForwardAlgorithm_v7(handle.handle(), descriptors.input(),
                    descriptors.filter(), descriptors.window(), descriptors.output(),
                    CUDNN_CONVOLUTION_FWD_ALGO_COUNT, count, found);
            Cudnn.check(status, "cudnnGetConvolutionForwardAlgorithm_v7");
            List<Integer> algorithms = new ArrayList<>();
            for (int i = 0; i < count[0]; i++) {
                found.position(i);
                if (found.status() == CUDNN_STATUS_SUCCESS && found.determinism() == CUDNN_DETERMINISTIC) {
                    algorithms.add(found.algo());
                }
            }
            found.position(0);
            return algorithms.stream().distinct().toList();
        } catch (CudnnNotSupported refusal) {
            return List.of();
        }
    }

    /** The workspace of an algorithm; empty where cuDNN does not support it. */
    OptionalLong workspaceBytes(int algorithm) {
        try (SizeTPointer bytes = new SizeTPointer(1)) {
            int status = cudnnGetConvolutionForwardWorkspaceSize(handle.handle(), descriptors.input(),
                    descriptors.filter(), descriptors.window(), descriptors.output(), algorithm, bytes);
            Cudnn.check(status, "cudnnGetConvolutionForwardWorkspaceSize");
            return OptionalLong.of(bytes.get());
        } catch (CudnnNotSupported refusal) {
            return OptionalLong.empty();
        }
    }

    /** Binds addresses. */
    Launch bind(int algorithm, long input, long filter, long output, long workspace, long workspaceBytes) {
        Address x = new Address(input);
        Address w = new Address(filter);
        Address y = new Address(output);
        Address scratch = new Address(workspace);
        return () -> {
            int status = cudnnConvolutionForward(handle.handle(), one, descriptors.input(), x, descriptors.filter(), w,
                    descriptors.window(), algorithm, scratch, workspaceBytes, zero, descriptors.output(), y);
            if (status != CUDNN_STATUS_SUCCESS) {
                Cudnn.check(status, "cudnnConvolutionForward");
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
