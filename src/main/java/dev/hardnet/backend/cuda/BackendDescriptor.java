package dev.hardnet.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_BACKEND_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_BOOLEAN;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_CHAR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_DOUBLE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_FLOAT;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_HANDLE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_INT64;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_VOID_PTR;
import static org.bytedeco.cuda.global.cudnn.cudnnBackendCreateDescriptor;
import static org.bytedeco.cuda.global.cudnn.cudnnBackendDestroyDescriptor;
import static org.bytedeco.cuda.global.cudnn.cudnnBackendFinalize;
import static org.bytedeco.cuda.global.cudnn.cudnnBackendGetAttribute;
import static org.bytedeco.cuda.global.cudnn.cudnnBackendSetAttribute;

import org.bytedeco.cuda.cudnn.cudnnBackendDescriptor_t;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** A node of cuDNN's graph interface: attributes are set, then it is finalized. */
final class BackendDescriptor implements Resources.Resource {
    private final String what;
    private final cudnnBackendDescriptor_t descriptor = new cudnnBackendDescriptor_t();

    private BackendDescriptor(String what) {
        this.what = what;
    }

    static BackendDescriptor create(int type, String what) {
        BackendDescriptor created = new BackendDescriptor(what);
        Cudnn.check(cudnnBackendCreateDescriptor(type, created.descriptor), "cudnnBackendCreateDescriptor of " + what);
        return created;
    }

    cudnnBackendDescriptor_t handle() {
        return descriptor;
    }

    /** Sets numbers that cuDNN calls int64_t. */
    BackendDescriptor longs(int attribute, long... values) {
        try (LongPointer content = new LongPointer(values)) {
            return set(attribute, CUDNN_TYPE_INT64, values.length, content);
        }
    }

    /** Sets an enumerated value, whose type is another one for each enumeration. */
    BackendDescriptor enumerated(int attribute, int type, int value) {
        try (IntPointer content = new IntPointer(new int[] {value})) {
            return set(attribute, type, 1, content);
        }
    }

    BackendDescriptor flag(int attribute, boolean value) {
        try (BytePointer content = new BytePointer(new byte[] {(byte) (value ? 1 : 0)})) {
            return set(attribute, CUDNN_TYPE_BOOLEAN, 1, content);
        }
    }

    BackendDescriptor characters(int attribute, byte[] text) {
        try (BytePointer content = new BytePointer(text)) {
            return set(attribute, CUDNN_TYPE_CHAR, text.length, content);
        }
    }

    BackendDescriptor number(int attribute, float value) {
        try (FloatPointer content = new FloatPointer(value)) {
            return set(attribute, CUDNN_TYPE_FLOAT, 1, content);
        }
    }

    BackendDescriptor number(int attribute, double value) {
        try (DoublePointer content = new DoublePointer(value)) {
            return set(attribute, CUDNN_TYPE_DOUBLE, 1, content);
        }
    }

    BackendDescriptor descriptors(int attribute, BackendDescriptor... values) {
        try (PointerPointer<Pointer> content = new PointerPointer<>(values.length)) {
            for (int i = 0; i < values.length; i++) {
                content.put(i, values[i].descriptor);
            }
            return set(attribute, CUDNN_TYPE_BACKEND_DESCRIPTOR, values.length, content);
        }
    }

    BackendDescriptor handle(int attribute, CudnnHandle handle) {
        return pointers(attribute, CUDNN_TYPE_HANDLE, handle.handle());
    }

    /** Sets addresses in the GPU's memory. */
    BackendDescriptor addresses(int attribute, long... addresses) {
        Pointer[] pointers = new Pointer[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            pointers[i] = new Address(addresses[i]);
        }
        return pointers(attribute, CUDNN_TYPE_VOID_PTR, pointers);
    }

    private BackendDescriptor pointers(int attribute, int type, Pointer... pointers) {
        try (PointerPointer<Pointer> content = new PointerPointer<>(pointers)) {
            return set(attribute, type, pointers.length, content);
        }
    }

    private BackendDescriptor set(int attribute, int type, long count, Pointer content) {
        Cudnn.check(cudnnBackendSetAttribute(descriptor, attribute, type, count, content),
                "cudnnBackendSetAttribute %d of %s".formatted(attribute, what));
        return this;
    }

    /** Ends the settings. */
    BackendDescriptor finished() {
        Cudnn.check(tryToFinish(), "cudnnBackendFinalize of " + what);
        return this;
    }

    /** Ends the settings, for a caller to whom a refusal is an answer: gives the status. */
    int tryToFinish() {
        return cudnnBackendFinalize(descriptor);
    }

    long readLong(int attribute) {
        try (LongPointer content = new LongPointer(1); LongPointer count = new LongPointer(1)) {
            get(attribute, CUDNN_TYPE_INT64, 1, count, content);
            return content.get();
        }
    }

    /** Reads enumerated values, at most so many. */
    int[] readEnumerated(int attribute, int type, int most) {
        try (IntPointer content = new IntPointer(most); LongPointer count = new LongPointer(1)) {
            get(attribute, type, most, count, content);
            int[] values = new int[(int) Math.min(most, count.get())];
            content.get(values);
            return values;
        }
    }

    /** Reads a text, of which cuDNN first tells the length. */
    byte[] readCharacters(int attribute) {
        try (LongPointer count = new LongPointer(1)) {
            get(attribute, CUDNN_TYPE_CHAR, 0, count, null);
            byte[] text = new byte[Math.toIntExact(count.get())];
            try (BytePointer content = new BytePointer(text.length)) {
                get(attribute, CUDNN_TYPE_CHAR, text.length, count, content);
                content.get(text);
                return text;
            }
        }
    }

    /** Fills descriptors that were created for it; says how many were filled. */
    int readDescriptors(int attribute, BackendDescriptor... into) {
        try (PointerPointer<Pointer> content = new PointerPointer<>(into.length);
                LongPointer count = new LongPointer(1)) {
            for (int i = 0; i < into.length; i++) {
                content.put(i, into[i].descriptor);
            }
            get(attribute, CUDNN_TYPE_BACKEND_DESCRIPTOR, into.length, count, content);
            return (int) Math.min(into.length, count.get());
        }
    }

    private void get(int attribute, int type, long most, LongPointer count, Pointer content) {
        Cudnn.check(cudnnBackendGetAttribute(descriptor, attribute, type, most, count, content),
                "cudnnBackendGetAttribute %d of %s".formatted(attribute, what));
    }

    @Override
    public void close() {
        cudnnBackendDestroyDescriptor(descriptor);
    }
}
