// Control of the stand-in CUDA libraries, exported by libcuda.so.1.
//
// The stand-in libraries carry the names of NVIDIA's and execute on the processor, so that everything that calls CUDA
// and cuDNN can run in tests on a machine without a GPU. What passes with them proves sequences of calls, descriptors,
// offsets and lifetimes; it never proves speed, nor what a real library accepts.
#ifndef HARDNET_STANDIN_H
#define HARDNET_STANDIN_H

#include <stdint.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

// Begins to count anew and forgets a failure that is due; what is alive stays alive.
void standin_reset(void);

// Calls since the reset that may be made to fail: neither those that free, destroy or release, nor those that cannot
// fail, such as asking for a version.
int64_t standin_calls(void);

// The function of the call with this number, from 1; empty for a number that no call since the reset has.
const char *standin_call_name(int64_t call);

// Calls since the reset that free, destroy or release.
int64_t standin_releases(void);

// The call with this number from now on, from 1, does nothing and returns the status: 0 for the one that fits the
// function best. A call of 0 cancels it.
void standin_fail_at(int64_t call, int32_t status);

// 1 while a failure asked for has not happened yet.
int32_t standin_failure_is_due(void);

// Allocations, streams, events, graphs, modules, retained contexts, handles and descriptors that are alive.
int64_t standin_live_objects(void);

// Their kinds and how many of each, such as "2 device allocations, 1 stream"; valid until the next call on the thread.
const char *standin_live_text(void);

// Kernels and cuDNN executions asked for by a call of their own, captured ones included, since the reset.
int64_t standin_launches(void);

// Launches of graphs since the reset.
int64_t standin_graph_launches(void);

// The most bytes of device memory that were allocated at one time since the reset.
int64_t standin_memory_peak(void);

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop

#endif
