// The stand-in driver refuses what the real one refuses, records while capturing, and fails when asked to.
#include "standin_device.h"

#include "../cuda/params.h"

#include <cmath>
#include <cstring>
#include <limits>

namespace {

constexpr size_t BYTES = 1000;
const char IMAGE[] = "an image";

// A stream that captures, and the kernel that copies.
struct Launcher {
    CUstream stream = nullptr;
    CUmodule module = nullptr;
    CUfunction kernel = nullptr;

    explicit Launcher(const char *name = "hn_norm_f32") {
        cuStreamCreate(&stream, CU_STREAM_NON_BLOCKING);
        cuModuleLoadData(&module, IMAGE);
        cuModuleGetFunction(&kernel, module, name);
    }
    ~Launcher() {
        cuModuleUnload(module);
        cuStreamDestroy_v2(stream);
    }
    Launcher(const Launcher &) = delete;
    Launcher &operator=(const Launcher &) = delete;

    CUresult launch(hn_params params, unsigned int threads = 256) {
        void *parameters[] = {&params};
        const CUresult status =
            cuLaunchKernel(kernel, 1, 1, 1, threads, 1, 1, 0, stream, parameters, nullptr);
        memset(&params, 0, sizeof params);
        return status;
    }
};

// Copies pixels from one place to another.
hn_params copy_of(const float *from, float *to, int32_t pixels) {
    hn_params params = {};
    params.n = params.in_c = params.out_c = params.in_h = params.out_h = 1;
    params.in_w = params.out_w = params.in_row = pixels;
    params.in[0].map = {const_cast<float *>(from), pixels, pixels, 1};
    params.out[0].map = {to, pixels, pixels, 1};
    params.out[0].channels = 1;
    params.targets = 1;
    params.low = -std::numeric_limits<float>::infinity();
    params.high = std::numeric_limits<float>::infinity();
    return params;
}

void calls_need_an_initialised_driver_and_a_current_context() {
    CUdeviceptr address = 0;
    int count = 0;
    CHECK_STATUS(CUDA_ERROR_NOT_INITIALIZED, cuDeviceGetCount(&count));
    CHECK_STATUS(CUDA_SUCCESS, cuInit(0));
    CHECK_STATUS(CUDA_SUCCESS, cuDeviceGetCount(&count));
    CHECK(count == 1, "%d devices", count);
    CHECK_STATUS(CUDA_ERROR_INVALID_CONTEXT, cuMemAlloc_v2(&address, BYTES));
    CUcontext context = nullptr;
    CHECK_STATUS(CUDA_SUCCESS, cuDevicePrimaryCtxRetain(&context, 0));
    CHECK_STATUS(CUDA_SUCCESS, cuCtxSetCurrent(context));
    CHECK_STATUS(CUDA_SUCCESS, cuMemAlloc_v2(&address, BYTES));
    CHECK_STATUS(CUDA_SUCCESS, cuMemFree_v2(address));
    CHECK_STATUS(CUDA_SUCCESS, cuDevicePrimaryCtxRelease_v2(0));
    CHECK_STATUS(CUDA_ERROR_CONTEXT_IS_DESTROYED, cuMemAlloc_v2(&address, BYTES));
    CHECK_STATUS(CUDA_ERROR_INVALID_CONTEXT, cuDevicePrimaryCtxRelease_v2(0));
}

void the_device_describes_itself() {
    char name[20] = "";
    int major = 0;
    int minor = 1;
    CHECK_STATUS(CUDA_SUCCESS, cuDeviceGetName(name, sizeof name, 0));
    CHECK(strcmp(name, "Stand-in") == 0, "%s", name);
    CHECK_STATUS(CUDA_SUCCESS, cuDeviceGetAttribute(&major, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, 0));
    CHECK_STATUS(CUDA_SUCCESS, cuDeviceGetAttribute(&minor, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, 0));
    CHECK(major == 9 && minor == 0, "%d.%d", major, minor);
    CHECK_STATUS(CUDA_ERROR_INVALID_DEVICE, cuDeviceGetName(name, sizeof name, 1));
}

void new_memory_holds_nan() {
    const CurrentContext context;
    const DeviceArray<float> array(10);
    for (float value : array.values()) {
        CHECK(std::isnan(value), "%f", value);
    }
}

void copies_stay_within_one_allocation() {
    const CurrentContext context;
    const DeviceArray<uint8_t> array(BYTES);
    const DeviceArray<uint8_t> other(BYTES);
    std::vector<uint8_t> host(2 * BYTES, 7);
    CHECK_STATUS(CUDA_SUCCESS, cuMemcpyHtoD_v2(array.address() + 1, host.data(), BYTES - 1));
    CHECK_STATUS(CUDA_ERROR_INVALID_VALUE, cuMemcpyHtoD_v2(array.address() + 1, host.data(), BYTES));
    CHECK_STATUS(CUDA_ERROR_INVALID_VALUE, cuMemcpyHtoD_v2(array.address() - 1, host.data(), 1));
    CHECK_STATUS(CUDA_ERROR_INVALID_VALUE, cuMemcpyDtoH_v2(host.data(), array.address(), BYTES + 1));
    CHECK_STATUS(CUDA_ERROR_INVALID_VALUE, cuMemcpyDtoH_v2(other.data(), array.address(), 1));
    CHECK_STATUS(CUDA_ERROR_INVALID_VALUE, cuMemsetD8_v2(array.address(), 0, BYTES + 1));
    CHECK_STATUS(CUDA_SUCCESS, cuMemsetD8_v2(array.address(), 3, BYTES));
    CHECK(array.values() == std::vector<uint8_t>(BYTES, 3), "other bytes");
}

void memory_is_freed_once() {
    const CurrentContext context;
    CUdeviceptr address = 0;
    CHECK_STATUS(CUDA_ERROR_INVALID_VALUE, cuMemAlloc_v2(&address, 0));
    CHECK_STATUS(CUDA_ERROR_OUT_OF_MEMORY, cuMemAlloc_v2(&address, size_t{9} << 30));
    CHECK_STATUS(CUDA_SUCCESS, cuMemAlloc_v2(&address, BYTES));
    CHECK_STATUS(CUDA_ERROR_INVALID_VALUE, cuMemFree_v2(address + 8));
    CHECK_STATUS(CUDA_ERROR_INVALID_VALUE, cuMemFreeHost(reinterpret_cast<void *>(static_cast<uintptr_t>(address))));
    CHECK_STATUS(CUDA_SUCCESS, cuMemFree_v2(address));
    CHECK_STATUS(CUDA_ERROR_INVALID_VALUE, cuMemFree_v2(address));
}

void a_broken_guard_zone_is_noticed() {
    const CurrentContext context;
    CUdeviceptr address = 0;
    cuMemAlloc_v2(&address, BYTES);
    reinterpret_cast<uint8_t *>(static_cast<uintptr_t>(address))[BYTES] = 0;
    const DeviceArray<uint8_t> array(BYTES);
    CHECK_STATUS(CUDA_ERROR_ILLEGAL_ADDRESS, cuMemsetD8_v2(array.address(), 0, BYTES));
    CHECK_STATUS(CUDA_ERROR_ILLEGAL_ADDRESS, cuMemFree_v2(address));
    CHECK_STATUS(CUDA_SUCCESS, cuMemsetD8_v2(array.address(), 0, BYTES));
}

void modules_hold_the_kernels_by_name() {
    const CurrentContext context;
    CUmodule module = nullptr;
    CUfunction function = nullptr;
    CHECK_STATUS(CUDA_ERROR_INVALID_IMAGE, cuModuleLoadData(&module, "BROKEN image"));
    CHECK_STATUS(CUDA_ERROR_INVALID_IMAGE, cuModuleLoadData(&module, ""));
    CHECK_STATUS(CUDA_SUCCESS, cuModuleLoadData(&module, IMAGE));
    CHECK_STATUS(CUDA_ERROR_NOT_FOUND, cuModuleGetFunction(&function, module, "hn_nothing_f32"));
    CHECK_STATUS(CUDA_SUCCESS, cuModuleGetFunction(&function, module, "hn_norm_f32"));
    CHECK_STATUS(CUDA_SUCCESS, cuModuleUnload(module));
    CHECK_STATUS(CUDA_ERROR_INVALID_HANDLE, cuModuleUnload(module));
    hn_params params = {};
    void *parameters[] = {&params};
    CHECK_STATUS(CUDA_ERROR_INVALID_HANDLE,
                 cuLaunchKernel(function, 1, 1, 1, 256, 1, 1, 0, nullptr, parameters, nullptr));
}

void kernels_run_when_launched() {
    const CurrentContext context;
    Launcher launcher;
    const DeviceArray<float> from({1, 2, 3});
    const DeviceArray<float> to(3);
    CHECK_STATUS(CUDA_SUCCESS, launcher.launch(copy_of(from.data(), to.data(), 3)));
    CHECK(to.values() == from.values(), "other values");
}

void kernels_stay_within_their_memory() {
    const CurrentContext context;
    Launcher launcher;
    const DeviceArray<float> from({1, 2, 3});
    const DeviceArray<float> to(4);
    CHECK_STATUS(CUDA_ERROR_ILLEGAL_ADDRESS, launcher.launch(copy_of(from.data(), to.data(), 4)));
    CHECK_STATUS(CUDA_ERROR_ILLEGAL_ADDRESS, launcher.launch(copy_of(to.data(), from.data(), 4)));
    CHECK_STATUS(CUDA_ERROR_ILLEGAL_ADDRESS, launcher.launch(copy_of(nullptr, to.data(), 3)));
    const auto *odd = reinterpret_cast<const float *>(reinterpret_cast<const uint8_t *>(from.data()) + 2);
    CHECK_STATUS(CUDA_ERROR_MISALIGNED_ADDRESS, launcher.launch(copy_of(odd, to.data(), 2)));
    hn_params scaled = copy_of(from.data(), to.data(), 3);
    const float host_scale = 2;
    scaled.out[0].scale = &host_scale;
    CHECK_STATUS(CUDA_ERROR_ILLEGAL_ADDRESS, launcher.launch(scaled));
    CHECK_STATUS(CUDA_ERROR_INVALID_VALUE, launcher.launch(copy_of(from.data(), to.data(), 3), 128));
}

void convolutions_stay_within_their_workspace() {
    const CurrentContext context;
    const DeviceArray<float> from({1, 2, 3});
    const DeviceArray<float> to(3);
    const DeviceArray<float> weights({1, 0, 0, 0});
    const DeviceArray<float> workspace(2 * 3);
    hn_params params = copy_of(from.data(), to.data(), 3);
    params.kernel_h = params.kernel_w = params.stride = params.dilation = 1;
    params.weight = weights.data();
    params.workspace = workspace.data();
    for (const char *name : {"hn_conv_f32", "hn_conv_narrow_f32", "hn_conv_wide_f32", "hn_conv_sum_f32"}) {
        Launcher launcher(name);
        params.splits = 2;
        CHECK_STATUS(CUDA_SUCCESS, launcher.launch(params));
        params.splits = 3;
        CHECK_STATUS(CUDA_ERROR_ILLEGAL_ADDRESS, launcher.launch(params));
    }
}

void a_pack_table_is_followed() {
    const CurrentContext context;
    Launcher launcher;
    const DeviceArray<float> first({1, 2});
    const DeviceArray<float> second({3, 4});
    const DeviceArray<float> to(4);
    const DeviceArray<hn_pack> table({{first.data(), 2, 1}, {second.data(), 2, 1}});
    hn_params params = copy_of(nullptr, to.data(), 2);
    params.in[0].packs = table.data();
    params.in_c = params.out_c = params.out[0].channels = 2;
    CHECK_STATUS(CUDA_SUCCESS, launcher.launch(params));
    CHECK(to.values() == std::vector<float>({1, 2, 3, 4}), "other values");
    params.in_c = 3;
    CHECK_STATUS(CUDA_ERROR_ILLEGAL_ADDRESS, launcher.launch(params));
}

void captured_work_is_done_by_the_graph_only() {
    const CurrentContext context;
    Launcher launcher;
    CUgraph graph = nullptr;
    CUgraphExec exec = nullptr;
    CUstreamCaptureStatus capturing = CU_STREAM_CAPTURE_STATUS_NONE;
    const DeviceArray<float> from(std::vector<float>({1, 2, 3}));
    const DeviceArray<float> between(3);
    const DeviceArray<float> to(3);
    std::vector<float> host(3);
    CHECK_STATUS(CUDA_SUCCESS, cuStreamBeginCapture_v2(launcher.stream, CU_STREAM_CAPTURE_MODE_THREAD_LOCAL));
    CHECK_STATUS(CUDA_SUCCESS, cuStreamIsCapturing(launcher.stream, &capturing));
    CHECK(capturing == CU_STREAM_CAPTURE_STATUS_ACTIVE, "%d", capturing);
    CHECK_STATUS(CUDA_SUCCESS, launcher.launch(copy_of(from.data(), between.data(), 3)));
    CHECK_STATUS(CUDA_SUCCESS, launcher.launch(copy_of(between.data(), to.data(), 3)));
    CHECK_STATUS(CUDA_SUCCESS, cuMemcpyDtoHAsync_v2(host.data(), to.address(), 12, launcher.stream));
    CHECK_STATUS(CUDA_SUCCESS, cuStreamEndCapture(launcher.stream, &graph));
    CHECK(std::isnan(to.values()[0]), "the capture did the work");

    size_t nodes = 0;
    CHECK_STATUS(CUDA_SUCCESS, cuGraphGetNodes(graph, nullptr, &nodes));
    CHECK(nodes == 3, "%zu nodes", nodes);
    CHECK_STATUS(CUDA_SUCCESS, cuGraphInstantiateWithFlags(&exec, graph, 0));
    CHECK_STATUS(CUDA_SUCCESS, cuGraphDestroy(graph));
    standin_reset();
    CHECK_STATUS(CUDA_SUCCESS, cuGraphLaunch(exec, launcher.stream));
    CHECK(host == std::vector<float>({1, 2, 3}), "other values");
    CHECK(standin_launches() == 0 && standin_graph_launches() == 1, "other counts");
    CHECK_STATUS(CUDA_SUCCESS, cuGraphExecDestroy(exec));
    CHECK_STATUS(CUDA_ERROR_INVALID_VALUE, cuGraphLaunch(exec, launcher.stream));
}

void a_graph_notices_memory_that_is_gone() {
    const CurrentContext context;
    Launcher launcher;
    CUgraph graph = nullptr;
    CUgraphExec exec = nullptr;
    CUdeviceptr address = 0;
    cuMemAlloc_v2(&address, BYTES);
    cuStreamBeginCapture_v2(launcher.stream, CU_STREAM_CAPTURE_MODE_GLOBAL);
    CHECK_STATUS(CUDA_SUCCESS, cuMemsetD8Async(address, 0, BYTES, launcher.stream));
    cuStreamEndCapture(launcher.stream, &graph);
    cuGraphInstantiateWithFlags(&exec, graph, 0);
    CHECK_STATUS(CUDA_SUCCESS, cuGraphLaunch(exec, launcher.stream));
    cuMemFree_v2(address);
    CHECK_STATUS(CUDA_ERROR_ILLEGAL_ADDRESS, cuGraphLaunch(exec, launcher.stream));
    cuGraphExecDestroy(exec);
    cuGraphDestroy(graph);
}

// Each of them also makes the capture invalid.
template <class Call> void check_refused_during_capture(const Call &call) {
    Launcher launcher;
    CUgraph graph = nullptr;
    cuStreamBeginCapture_v2(launcher.stream, CU_STREAM_CAPTURE_MODE_THREAD_LOCAL);
    CHECK_STATUS(CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED, call(launcher.stream));
    CHECK_STATUS(CUDA_ERROR_STREAM_CAPTURE_INVALIDATED, cuStreamEndCapture(launcher.stream, &graph));
    CHECK(graph == nullptr, "a graph");
}

void captures_refuse_what_needs_the_device() {
    const CurrentContext context;
    const DeviceArray<float> array(10);
    CUdeviceptr address = 0;
    float host[10];
    check_refused_during_capture([](CUstream stream) { return cuStreamSynchronize(stream); });
    check_refused_during_capture([](CUstream) { return cuCtxSynchronize(); });
    check_refused_during_capture([&](CUstream) { return cuMemAlloc_v2(&address, BYTES); });
    check_refused_during_capture([&](CUstream) { return cuMemFree_v2(array.address()); });
    check_refused_during_capture([&](CUstream) { return cuMemcpyDtoH_v2(host, array.address(), sizeof host); });
}

// A stream that joins a capture, and the moments at which it does and at which its work is waited for.
struct Fork {
    CUstream side = nullptr;
    CUevent fork = nullptr;
    CUevent join = nullptr;

    Fork() {
        cuStreamCreate(&side, CU_STREAM_NON_BLOCKING);
        cuEventCreate(&fork, CU_EVENT_DISABLE_TIMING);
        cuEventCreate(&join, CU_EVENT_DISABLE_TIMING);
    }
    ~Fork() {
        cuEventDestroy_v2(join);
        cuEventDestroy_v2(fork);
        cuStreamDestroy_v2(side);
    }
};

void work_of_a_joined_stream_is_part_of_the_capture() {
    const CurrentContext context;
    Launcher launcher;
    const Fork forked;
    CUgraph graph = nullptr;
    CUgraphExec exec = nullptr;
    const DeviceArray<uint8_t> array(BYTES);
    cuStreamBeginCapture_v2(launcher.stream, CU_STREAM_CAPTURE_MODE_THREAD_LOCAL);
    CHECK_STATUS(CUDA_SUCCESS, cuEventRecord(forked.fork, launcher.stream));
    CHECK_STATUS(CUDA_SUCCESS, cuStreamWaitEvent(forked.side, forked.fork, 0));
    CHECK_STATUS(CUDA_SUCCESS, cuMemsetD8Async(array.address(), 7, BYTES, forked.side));
    CHECK_STATUS(CUDA_SUCCESS, cuEventRecord(forked.join, forked.side));
    CHECK_STATUS(CUDA_SUCCESS, cuStreamWaitEvent(launcher.stream, forked.join, 0));
    CHECK_STATUS(CUDA_SUCCESS, cuStreamEndCapture(launcher.stream, &graph));
    CHECK(array.values()[0] != 7, "the capture did the work");
    cuGraphInstantiateWithFlags(&exec, graph, 0);
    CHECK_STATUS(CUDA_SUCCESS, cuGraphLaunch(exec, launcher.stream));
    CHECK(array.values()[0] == 7, "the graph did not do the work of the other stream");
    cuGraphExecDestroy(exec);
    cuGraphDestroy(graph);
    CHECK_STATUS(CUDA_SUCCESS, cuMemsetD8Async(array.address(), 8, BYTES, forked.side));
    CHECK(array.values()[0] == 8, "the other stream still captures");
}

void a_capture_must_wait_for_all_that_a_joined_stream_does() {
    const CurrentContext context;
    Launcher launcher;
    const Fork forked;
    CUgraph graph = nullptr;
    const DeviceArray<uint8_t> array(BYTES);
    cuStreamBeginCapture_v2(launcher.stream, CU_STREAM_CAPTURE_MODE_THREAD_LOCAL);
    cuEventRecord(forked.fork, launcher.stream);
    cuStreamWaitEvent(forked.side, forked.fork, 0);
    cuEventRecord(forked.join, forked.side);
    cuMemsetD8Async(array.address(), 7, BYTES, forked.side);
    cuStreamWaitEvent(launcher.stream, forked.join, 0);
    CHECK_STATUS(CUDA_ERROR_STREAM_CAPTURE_UNJOINED, cuStreamEndCapture(launcher.stream, &graph));
    CHECK(graph == nullptr, "a graph");
}

void a_capture_cannot_wait_for_what_it_did_not_record() {
    const CurrentContext context;
    const Fork forked;
    check_refused_during_capture([&](CUstream stream) {
        cuEventRecord(forked.fork, forked.side);
        return cuStreamWaitEvent(stream, forked.fork, 0);
    });
}

void destroyed_handles_are_refused() {
    const CurrentContext context;
    const DeviceArray<uint8_t> array(BYTES);
    CUstream stream = nullptr;
    CUevent event = nullptr;
    cuStreamCreate(&stream, CU_STREAM_DEFAULT);
    cuEventCreate(&event, CU_EVENT_DEFAULT);
    CHECK_STATUS(CUDA_SUCCESS, cuStreamDestroy_v2(stream));
    CHECK_STATUS(CUDA_ERROR_INVALID_HANDLE, cuStreamDestroy_v2(stream));
    CHECK_STATUS(CUDA_ERROR_INVALID_HANDLE, cuStreamSynchronize(stream));
    CHECK_STATUS(CUDA_ERROR_INVALID_HANDLE, cuMemsetD8Async(array.address(), 0, 1, stream));
    CHECK_STATUS(CUDA_ERROR_INVALID_HANDLE, cuEventRecord(event, stream));
    CHECK_STATUS(CUDA_SUCCESS, cuEventDestroy_v2(event));
    CHECK_STATUS(CUDA_ERROR_INVALID_HANDLE, cuEventDestroy_v2(event));
    CHECK_STATUS(CUDA_ERROR_INVALID_HANDLE, cuEventSynchronize(event));
}

void events_tell_the_time_between_them() {
    const CurrentContext context;
    CUevent start = nullptr;
    CUevent end = nullptr;
    float milliseconds = -1;
    cuEventCreate(&start, CU_EVENT_DEFAULT);
    cuEventCreate(&end, CU_EVENT_DEFAULT);
    CHECK_STATUS(CUDA_SUCCESS, cuEventRecord(start, nullptr));
    CHECK_STATUS(CUDA_ERROR_INVALID_HANDLE, cuEventElapsedTime_v2(&milliseconds, start, end));
    CHECK_STATUS(CUDA_SUCCESS, cuEventRecord(end, nullptr));
    CHECK_STATUS(CUDA_SUCCESS, cuEventSynchronize(end));
    CHECK_STATUS(CUDA_SUCCESS, cuEventElapsedTime_v2(&milliseconds, start, end));
    CHECK(milliseconds >= 0, "%f", milliseconds);
    cuEventDestroy_v2(start);
    cuEventDestroy_v2(end);
}

void the_call_asked_for_fails_and_no_other() {
    const CurrentContext context;
    CUdeviceptr first = 0;
    CUdeviceptr second = 0;
    standin_reset();
    standin_fail_at(2, 0);
    CHECK_STATUS(CUDA_SUCCESS, cuMemAlloc_v2(&first, BYTES));
    CHECK(standin_failure_is_due() == 1, "not due");
    CHECK_STATUS(CUDA_SUCCESS, cuMemFree_v2(first));
    CHECK_STATUS(CUDA_ERROR_OUT_OF_MEMORY, cuMemAlloc_v2(&second, BYTES));
    CHECK(second == 0 && standin_failure_is_due() == 0, "it did something");
    CHECK_STATUS(CUDA_SUCCESS, cuMemAlloc_v2(&first, BYTES));
    CHECK(standin_calls() == 3 && standin_releases() == 1, "other counts");
    CHECK(strcmp(standin_call_name(2), "cuMemAlloc_v2") == 0, "%s", standin_call_name(2));
    CHECK(strcmp(standin_call_name(4), "") == 0, "%s", standin_call_name(4));
    standin_fail_at(1, CUDA_ERROR_LAUNCH_FAILED);
    CHECK_STATUS(CUDA_ERROR_LAUNCH_FAILED, cuStreamSynchronize(nullptr));
    CHECK_STATUS(CUDA_SUCCESS, cuMemFree_v2(first));
}

void what_is_alive_is_told() {
    const CurrentContext context;
    CHECK(strcmp(standin_live_text(), "1 retained context") == 0, "%s", standin_live_text());
    const DeviceArray<uint8_t> one(BYTES);
    standin_reset();
    {
        const DeviceArray<uint8_t> two(BYTES);
        CHECK(standin_live_objects() == 3, "%s", standin_live_text());
        CHECK(strstr(standin_live_text(), "2 device allocations") != nullptr, "%s", standin_live_text());
    }
    CHECK(standin_memory_peak() == 2 * BYTES, "%lld", static_cast<long long>(standin_memory_peak()));
}

} // namespace

int main() {
    calls_need_an_initialised_driver_and_a_current_context();
    the_device_describes_itself();
    new_memory_holds_nan();
    copies_stay_within_one_allocation();
    memory_is_freed_once();
    a_broken_guard_zone_is_noticed();
    modules_hold_the_kernels_by_name();
    kernels_run_when_launched();
    kernels_stay_within_their_memory();
    convolutions_stay_within_their_workspace();
    a_pack_table_is_followed();
    captured_work_is_done_by_the_graph_only();
    a_graph_notices_memory_that_is_gone();
    captures_refuse_what_needs_the_device();
    work_of_a_joined_stream_is_part_of_the_capture();
    a_capture_must_wait_for_all_that_a_joined_stream_does();
    a_capture_cannot_wait_for_what_it_did_not_record();
    destroyed_handles_are_refused();
    events_tell_the_time_between_them();
    the_call_asked_for_fails_and_no_other();
    what_is_alive_is_told();
    CHECK(standin_live_objects() == 0, "%s", standin_live_text());
    return exit_status();
}
