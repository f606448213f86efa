package dev.hardnet.backend.cuda;

import org.bytedeco.javacpp.Pointer;

/** An address in the GPU's memory, as the presets take it. */
final class Address extends Pointer {
    Address(long address) {
        super((Pointer) null);
        this.address = address;
    }
}
