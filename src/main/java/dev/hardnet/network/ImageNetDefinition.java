package dev.hardnet.network;

import dev.hardnet.InputSize;
import dev.hardnet.Task;

/** What classifiers trained on ImageNet share. */
interface ImageNetDefinition extends NetworkDefinition {
    @Override
    default Task task() {
        return Task.CLASSIFICATION;
    }

    @Override
    default int publishedClasses() {
        return 1000;
    }

    @Override
    default InputSize publishedSize() {
        return InputSize.square(224);
    }
}
