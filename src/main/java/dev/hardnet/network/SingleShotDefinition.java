package dev.hardnet.network;

import dev.hardnet.Task;

/** What single-shot detectors trained on COCO share: the heads of {@link PriorHeads}. */
interface SingleShotDefinition extends NetworkDefinition {
    @Override
    default Task task() {
        return Task.DETECTION;
    }

    /** COCO's 80 classes and the background. */
    @Override
    default int publishedClasses() {
        return 81;
    }

    @Override
    default String classWeight() {
        return "conf.0.weight";
    }

    @Override
    default int rowsPerClass() {
        return PriorHeads.PRIORS;
    }
}
