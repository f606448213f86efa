package dev.hardnet.backend.cuda;

/**
 * What one session, or one planning, holds of a GPU besides memory. Nothing of it may be used after it is closed.
 */
final class CudaSession implements Resources.Resource {
    private final Resources resources = new Resources();
    private final int device;
    private CudaContext context;
    private CudaStream stream;
    private CudnnHandle cudnn;
    private CudaModule kernels;

    private CudaSession(int device) {
        this.device = device;
    }

    static CudaSession open(int device, byte[] kernels) {
        CudaSession session = new CudaSession(device);
        try {
            session.context = session.resources.add(CudaContext.retain(device));
            session.stream = session.resources.add(CudaStream.create());
            session.cudnn = session.resources.add(CudnnHandle.create(session.stream));
            session.kernels = session.resources.add(CudaModule.load(kernels));
            return session;
        } catch (RuntimeException | Error failure) {
            session.close();
            throw failure;
        }
    }

    int device() {
        return device;
    }

    CudaContext context() {
        return context;
    }

    CudaStream stream() {
        return stream;
    }

    CudnnHandle cudnn() {
        return cudnn;
    }

    CudaModule kernels() {
        return kernels;
    }

    /** Holds something as long as the session. */
    <T extends Resources.Resource> T hold(T resource) {
        return resources.add(resource);
    }

    /** A kernel's launch into one of the session's streams. */
    Launch launch(String kernel, KernelLaunch.Grid grid, KernelParams params, CudaStream stream) {
        return new KernelLaunch(kernels, kernel, grid, params, stream);
    }

    @Override
    public void close() {
        resources.close();
    }
}
