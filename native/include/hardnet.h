/* The C interface of the native library: the only thing Java sees.
 *
 * Feature maps are of what their step's element says, or uint8 where an operator says so, channels last: element
 * (n, y, x, c) of a map with C channels stands at ((n * H + y) * W + x) * C + c, without padding. All functions are
 * thread-safe unless they say otherwise. No function throws, exits, or keeps a pointer longer than it says.
 */
#ifndef HARDNET_H
#define HARDNET_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define HN_ABI_VERSION 7

#if defined(__GNUC__)
#define HN_API __attribute__((visibility("default")))
#else
#define HN_API
#endif

typedef enum hn_status {
    HN_OK = 0,
    HN_INVALID_ARGUMENT = 1, /* a step or a pointer is not what it must be; the message says which */
    HN_UNSUPPORTED_TIER = 2, /* the processor lacks the instructions of the tier asked for */
    HN_OUT_OF_MEMORY = 3,
    HN_THREAD_FAILURE = 4 /* the system refused a thread */
} hn_status;

/* Instruction-set tiers. A higher number is preferred where several are supported. */
typedef enum hn_tier {
    HN_TIER_PORTABLE = 0, /* what every processor of the platform has */
    HN_TIER_NEON = 1,     /* arm64 */
    HN_TIER_AVX2 = 2,     /* AVX2 and FMA */
    HN_TIER_AVX512 = 3    /* AVX-512 F, VL, DQ, BW */
} hn_tier;

typedef enum hn_kind {
    HN_CONV = 0,           /* dense convolution, bias, activation */
    HN_DEPTHWISE_CONV = 1, /* one kernel per channel, bias, activation */
    HN_MAX_POOL = 2,
    HN_AVERAGE_POOL = 3, /* divisor: the part of the window inside the padded map */
    HN_GLOBAL_AVERAGE_POOL = 4,
    HN_LINEAR = 5, /* dense layer over C x 1 x 1, bias, activation */
    HN_RESIZE = 6, /* bilinear, corners aligned, to any size */
    /* The index of the largest channel after HN_RESIZE, the lowest where several are: a uint8. At most 256 channels go
     * in, one comes out. A NaN is never the largest; where there is no other, the index is 0. */
    HN_RESIZE_ARG_MAX = 7,
    HN_ADD = 8, /* channel c plus channel out_c + c of 2 x out_c channels, activation */
    /* max(0, x * scale + shift), one scale and shift per output and channel: the input is read once for all outputs */
    HN_BATCH_NORM_RELU = 9,
    HN_L2_NORM = 10,        /* weight * x / (root of the sum over a pixel's channels of x * x, + 1e-10) */
    HN_SUM_TO_ONE = 11,     /* x / (sum over the pixels of a picture's channel, + 0.1) */
    HN_TRANSPOSED_CONV = 12, /* bias, activation; of the padded output, rows and columns from padding on */
    /* HN_CONV of 1 x 1 from in_c to out_c channels, then HN_DEPTHWISE_CONV of 3 x 3, to which the window belongs:
     * stride 1 or 2, padding 0 or 1. The same as both, one after the other, to the bit. */
    HN_CONV_DEPTHWISE = 13,
    HN_COPY = 14 /* the input as it is; for hn_write_rows and hn_read_rows only, no program runs it */
} hn_kind;

/* How an HN_CONV is computed. Winograd's transforms are for kernels of 3 x 3, stride 1, dilation 1; another convolution
 * that asks for one is computed directly. */
typedef enum hn_convolution {
    HN_CHOSEN = 0, /* as is expected to take least time */
    HN_DIRECT = 1,
    HN_WINOGRAD_2X2 = 2,
    HN_WINOGRAD_4X4 = 3
} hn_convolution;

/* What the maps of a step consist of. Sums are float32 in either case. */
typedef enum hn_element {
    HN_FLOAT32 = 0,
    /* The upper half of a float32, to which results are rounded: to nearest, to even in the middle; a NaN stays one.
     * The packed weights of dense and transposed convolutions and linear layers are too; biases, scales and weights of
     * a single channel stay float32. */
    HN_BFLOAT16 = 1
} hn_element;

typedef enum hn_activation { HN_NONE = 0, HN_RELU = 1, HN_RELU6 = 2 } hn_activation;

/* A range of channels of one map. The pixels of the map are pixel_stride elements apart. */
typedef struct hn_segment {
    const void *data; /* first channel of the range, at pixel (0, 0) of the first picture */
    int64_t pixel_stride;
    int32_t channels;
    int32_t reserved; /* 0 */
} hn_segment;

/* Where an output goes. */
typedef struct hn_output {
    void *data; /* first channel at pixel (0, 0) of the first picture */
    int64_t pixel_stride;
} hn_output;

/* One operator, ready to run. All sizes are positive; segments' channels add up to in_c. */
typedef struct hn_step {
    int32_t kind;       /* hn_kind */
    int32_t activation; /* hn_activation */
    int32_t n;
    int32_t in_c, in_h, in_w;
    int32_t out_c, out_h, out_w;
    /* Both square but for HN_CONV; kernel 1, stride 1, padding 0, dilation 1 where they mean nothing. */
    int32_t kernel_h, kernel_w, stride, padding_h, padding_w, dilation;
    int32_t segment_count;
    int32_t output_count;     /* 1; any number for HN_BATCH_NORM_RELU, all of one size */
    int32_t convolution;      /* hn_convolution; 0 for other kinds */
    int32_t inner_activation; /* hn_activation, before the depthwise half of HN_CONV_DEPTHWISE; 0 for other kinds */
    int32_t element;          /* hn_element */
    const hn_segment *segments;     /* the input; copied by hn_program_create */
    void *output;                   /* first channel at pixel (0, 0); of uint8 for HN_RESIZE_ARG_MAX */
    int64_t output_stride;          /* from pixel to pixel of the output, in elements of its type */
    const hn_output *extra_outputs; /* the outputs after the first; copied by hn_program_create */
    const void *weights;            /* what hn_pack_weights wrote, with the step's tier; null where that is nothing */
} hn_step;

typedef struct hn_program hn_program;

HN_API int32_t hn_abi_version(void);

/* Sizes of the structures as compiled, for the layout test. */
HN_API int32_t hn_sizeof_segment(void);
HN_API int32_t hn_sizeof_output(void);
HN_API int32_t hn_sizeof_step(void);

/* 1 when this library holds the tier and the processor can run it, else 0. */
HN_API int32_t hn_tier_supported(int32_t tier);

/* The best supported tier. */
HN_API int32_t hn_best_tier(void);

/* A short description of the processor's relevant instruction sets, for reports; static storage. */
HN_API const char *hn_processor(void);

/* For measuring the processor's peak: rounds of independent multiply-adds of float32 in the tier's vector registers, on
 * the caller's thread, without touching memory. Returns how many multiply-adds they were; -1 when the tier is not
 * supported or rounds is negative. */
HN_API int64_t hn_multiply_adds(int32_t tier, int64_t rounds);

/* For measuring the bandwidth of memory: the sum of count elements, each read once, in order, with the tier's vectors,
 * on the caller's thread. NaN when the tier is not supported, count is negative, or data null. */
HN_API float hn_sum(int32_t tier, const float *data, int64_t count);

/* Checks a step (its pointers may be null, those to segments and outputs too). On failure writes one sentence into
 * message. */
HN_API int32_t hn_check_step(int32_t tier, const hn_step *step, char *message, int64_t message_bytes);

/* How the step's convolution is computed, an hn_convolution other than HN_CHOSEN; 0 for other kinds, -1 when
 * hn_check_step refuses the step. Depends on the step's sizes only: its pointers may be null. */
HN_API int32_t hn_convolution_way(int32_t tier, const hn_step *step);

/* Bytes that hn_pack_weights writes for the step, a multiple of 64; 0 for operators without weights, -1 when
 * hn_check_step refuses the step. Depends on the step's sizes only: its pointers may be null. */
HN_API int64_t hn_packed_bytes(int32_t tier, const hn_step *step);

/* Writes weights and bias in the form the tier's kernel for this step reads. Weights stand in PyTorch's order: out_c x
 * in_c x kernel_h x kernel_w, or out_c x 1 x k x k, or out_c x in_c, or in_c x out_c x k x k for HN_TRANSPOSED_CONV;
 * bias: out_c.
 * HN_BATCH_NORM_RELU takes scales as weights and shifts as bias, output_count x in_c each; HN_L2_NORM takes in_c
 * weights and ignores the bias; HN_CONV_DEPTHWISE takes out_c x in_c and then out_c x 1 x 3 x 3 weights, and two biases
 * of out_c, in the same order. packed is 64-byte aligned. */
HN_API int32_t hn_pack_weights(int32_t tier, const hn_step *step, const float *weights, const float *bias,
                               void *packed);

/* Prepares steps for running one after the other on threads threads (the caller's and threads - 1 of its own, which
 * sleep between runs). Maps and weights stay the caller's and must outlive the program. The program holds scratch
 * memory for each thread, as much as the step that needs most: the same for all steps, so that it stays in the
 * thread's cache. */
HN_API int32_t hn_program_create(int32_t tier, const hn_step *steps, int32_t count, int32_t threads,
                                 hn_program **program, char *message, int64_t message_bytes);

/* Runs all steps. One run at a time per program; allocates nothing. The result does not depend on the number of
 * threads, bit for bit. */
HN_API int32_t hn_program_run(hn_program *program);

/* As hn_program_run, and writes each step's wall time in nanoseconds (count values). */
HN_API int32_t hn_program_profile(hn_program *program, int64_t *nanoseconds);

/* Between tensors of planes (float32, N x C x H x W, element (n, c, y, x) at ((n * C + c) * H + y) * W + x) and maps:
 * rows first to end of the n * out_h rows of the step's output, on the caller's thread, which never waits. So a call of
 * few rows is short enough for a tensor in memory that a garbage collector would move.
 *
 * hn_write_rows: from planes to the output of an HN_COPY, whose segments may be null.
 * hn_read_rows: what an HN_COPY or HN_RESIZE gives goes to planes instead of the output, which may be null; the same
 * bits as the step's in float32, not rounded to another element. Both return a status. */
HN_API int32_t hn_write_rows(int32_t tier, const hn_step *step, int64_t first, int64_t end, const float *planes);
HN_API int32_t hn_read_rows(int32_t tier, const hn_step *step, int64_t first, int64_t end, float *planes);

/* Stops the threads and frees the program; null is allowed. Not while it runs. */
HN_API void hn_program_destroy(hn_program *program);

/* Memory that a simulation pretends to have begins here, where no process has any, and is never touched. */
#define HN_SIMULATED_MEMORY (UINT64_C(1) << 56)

/* A set-associative cache; the least recently used line of a set makes room. bytes is a multiple of line_bytes * ways,
 * line_bytes a power of two. */
typedef struct hn_cache {
    int64_t bytes;
    int32_t line_bytes;
    int32_t ways;
} hn_cache;

/* What a simulated step did to the caches, in lines. */
typedef struct hn_traffic {
    int64_t accesses;     /* of loads and stores; one that lies in two lines counts twice */
    int64_t requests;     /* of those, not in the first level, so that the last is asked */
    int64_t read_misses;  /* of those, loads of what the last level lacks: read from memory */
    int64_t write_misses; /* and stores: read from memory, since lines are completed before they are written */
    int64_t write_backs;  /* written lines that left the caches: written to memory */
} hn_traffic;

typedef struct hn_simulation hn_simulation;

/* Prepares two empty caches with lines of the same size for the kernels of a tier. */
HN_API int32_t hn_simulation_create(int32_t tier, const hn_cache *first, const hn_cache *last,
                                    hn_simulation **simulation, char *message, int64_t message_bytes);

/* Passes every load and store of maps, weights and scratch memory that the step makes on a single thread through the
 * caches, which keep their content from step to step. All addresses in the step are at HN_SIMULATED_MEMORY or above,
 * and below one and a half times that; its tables of segments and outputs are real. Its element is
 * HN_FLOAT32. One call at a time per simulation. */
HN_API int32_t hn_simulation_run(hn_simulation *simulation, const hn_step *step, hn_traffic *traffic, char *message,
                                 int64_t message_bytes);

/* Frees the simulation; null is allowed. */
HN_API void hn_simulation_destroy(hn_simulation *simulation);

#ifdef __cplusplus
}
#endif

#endif
