package dev.hardnet.backend.cpu;

/** What a native step computes; the order is that of hn_kind in native/include/hardnet.h. */
enum StepKind {
    CONV,
    DEPTHWISE_CONV,
    MAX_POOL,
    AVERAGE_POOL,
    GLOBAL_AVERAGE_POOL,
    LINEAR,
    RESIZE,
    RESIZE_ARG_MAX,
    ADD,
    BATCH_NORM_RELU,
    L2_NORM,
    SUM_TO_ONE,
    TRANSPOSED_CONV,
    CONV_DEPTHWISE,
    COPY
}
