"""Measures the networks in PyTorch: latency by CUDA events and peak memory, in several ways to run them.

    python3 peers.py --out RECORDS.jsonl [--quick] [--modes eager,graph] [--cases measured|profiled] [--limit SECONDS]
    python3 peers.py --profile NETWORK SIZE PRECISION BATCH MODE     one inference in a profiler range, for ncu
"""

import argparse
import contextlib
import copy
import dataclasses
import functools
import gc
import pathlib
import signal
import statistics
import time

import torch

import cases
import networks
from folding import fold
from records import Records

WARM_UP_RUNS = 10
MEASURED_SECONDS = 0.5
LEAST_RUNS, MOST_RUNS = 20, 1000


@dataclasses.dataclass(frozen=True)
class Mode:
    """A way to run a network in PyTorch."""

    channels_last: bool = False
    folded: bool = False
    compiled: bool = False
    graph: bool = False


MODES = {
    "eager": Mode(),
    "channels_last": Mode(channels_last=True),
    "graph": Mode(folded=True, graph=True),
    "graph_channels_last": Mode(channels_last=True, folded=True, graph=True),
    "compile": Mode(channels_last=True, folded=True, compiled=True),
}
QUICK = {"float16": ("eager", "channels_last", "graph_channels_last"), "float32": ("eager", "graph")}
COMPILE_MODE = "max-autotune-no-cudagraphs"


@contextlib.contextmanager
def time_limit(seconds):
    def stop(*_):
        raise TimeoutError(f"stopped after {seconds} s")
    previous = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, previous)


def allow_precision(precision):
    """By the older switches: torch.compile reads them, and PyTorch refuses a mix with the newer ones."""
    torch.backends.cudnn.benchmark = True
    torch.backends.cudnn.allow_tf32 = precision == "tf32"
    torch.backends.cuda.matmul.allow_tf32 = precision == "tf32"


def placed(network, case, mode):
    """A copy of the network on the GPU and an input for it."""
    dtype = torch.float16 if case.precision == "float16" else torch.float32
    layout = torch.channels_last if mode.channels_last else torch.contiguous_format
    network = copy.deepcopy(network)
    network = (fold(network) if mode.folded else network).cuda().to(dtype=dtype, memory_format=layout)
    picture = torch.randn(case.shape(), device="cuda").to(dtype=dtype, memory_format=layout)
    return torch.compile(network, mode=COMPILE_MODE) if mode.compiled else network, picture


@functools.cache
def warm_up_stream():
    """One for all cases: PyTorch keeps a workspace of cuBLAS for each stream that a process ever used."""
    return torch.cuda.Stream()


def warm_up(run):
    """On a stream of its own, as capturing wants it."""
    stream = warm_up_stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(WARM_UP_RUNS):
            run()
    torch.cuda.current_stream().wait_stream(stream)
    torch.cuda.synchronize()


def captured(run):
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        outputs = run()
    graph.outputs = outputs
    graph.replay()
    torch.cuda.synchronize()
    return graph.replay


def median_millis(run):
    """The median over runs back to back, each between two CUDA events."""
    start = time.perf_counter()
    run()
    torch.cuda.synchronize()
    once = max(time.perf_counter() - start, 1e-5)
    events = []
    for _ in range(min(MOST_RUNS, max(LEAST_RUNS, int(MEASURED_SECONDS / once)))):
        before, after = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        before.record()
        run()
        after.record()
        events.append((before, after))
    torch.cuda.synchronize()
    return statistics.median(before.elapsed_time(after) for before, after in events)


def measure(network, case, mode):
    """Memory counts weights, input, maps and outputs at their peak, after cuDNN has tried its algorithms, above what the
    process held before."""
    gc.collect()
    before = torch.cuda.memory_allocated()
    network, picture = placed(network, case, mode)

    def run():
        return network(picture)

    warm_up(run)
    torch.cuda.empty_cache()
    torch.cuda.reset_peak_memory_stats()
    millis = median_millis(captured(run) if mode.graph else run)
    return {"deviceMillis": millis, "peakDeviceBytes": torch.cuda.max_memory_allocated() - before}


def modes(precision, quick):
    """Those to measure where none are asked for: compiling takes a time of its own."""
    return QUICK[precision] if quick else [name for name, mode in MODES.items() if not mode.compiled]


def measure_all(arguments):
    records = Records(arguments.out, "peer")
    chosen = cases.profiled if arguments.cases == "profiled" else cases.measured
    for case in chosen(arguments.quick):
        allow_precision(case.precision)
        network = networks.build(case.network)
        for name in arguments.modes or modes(case.precision, arguments.quick):
            with records.failures_noted(f"PyTorch {name}, {case}"), time_limit(arguments.limit):
                records.add(mode=name, **dataclasses.asdict(case), **measure(network, case, MODES[name]))
        torch.cuda.empty_cache()


def profile(network, size, precision, batch, mode):
    case = cases.Case(network, size, precision, int(batch))
    allow_precision(precision)
    placed_network, picture = placed(networks.build(network), case, MODES[mode])
    warm_up(lambda: placed_network(picture))
    torch.cuda.profiler.start()
    placed_network(picture)
    torch.cuda.synchronize()
    torch.cuda.profiler.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--quick", action="store_true", help="fewer cases and modes")
    parser.add_argument("--modes", type=lambda text: text.split(","), 
                        help=", ".join(MODES) + "; default: all but compile")
    parser.add_argument("--cases", choices=("measured", "profiled"), default="measured")
    parser.add_argument("--limit", type=int, default=60, help="seconds for one case in one mode")
    parser.add_argument("--profile", nargs=5, metavar=("NETWORK", "SIZE", "PRECISION", "BATCH", "MODE"))
    arguments = parser.parse_args()
    if not torch.cuda.is_available():
        raise SystemExit("PyTorch finds no GPU.")
    with torch.no_grad():
        if arguments.profile:
            profile(*arguments.profile)
        else:
            measure_all(arguments)


if __name__ == "__main__":
    main()
