"""DRAM bytes and kernels of one inference, ours and PyTorch's, read by Nsight Compute.

    python3 dram.py --hardnet LAUNCHER --out RECORDS.jsonl [--quick] [--ncu ncu]

Caches are left as the kernel before left them, since what stays in them is what an inference saves.
"""

import argparse
import csv
import dataclasses
import importlib.util
import os
import pathlib
import subprocess
import sys
import tempfile

import cases
import safetensors_file
import synthetic
from processes import complaint
from records import Records

READ, WRITTEN = "dram__bytes_read.sum", "dram__bytes_write.sum"
PEER_MODES = {"float16": ("eager", "graph_channels_last"), "float32": ("eager", "graph")}
# Tells the CUDA backend to mark each run as a profiler range.
RANGE_OPTION = "-Dhardnet.cuda.profile=true"


class NothingProfiled(RuntimeError):
    """The process ran, and no kernel fell into a profiler range."""


@dataclasses.dataclass(frozen=True)
class Kernel:
    name: str
    read: int
    written: int


def parse(text):
    """The kernels of `ncu --csv --page raw --print-units base`, in their order."""
    lines = text.splitlines()
    header = next((i for i, line in enumerate(lines) if line.startswith('"ID"')), None)
    if header is None:
        return []
    rows = [row for row in csv.DictReader(lines[header:]) if row["ID"].isdigit()]
    return [Kernel(row["Kernel Name"], number(row[READ]), number(row[WRITTEN])) for row in rows]


def number(text):
    return int(float(text.replace(",", "")))


def reason(text):
    """Why ncu measured nothing, in its own words."""
    if "ERR_NVGPUCTRPERM" in text:
        return "ncu may not read the GPU's counters here (ERR_NVGPUCTRPERM)"
    errors = [line.strip() for line in text.splitlines() if "==ERROR==" in line]
    return errors[0] if errors else "ncu measured no kernel"


def last_inference(kernels):
    """The kernels of the last inference of a process that ran several alike: the longest repeated end."""
    names = [kernel.name for kernel in kernels]
    for length in range(len(names) // 2, 0, -1):
        if names[-length:] == names[-2 * length:-length]:
            return kernels[-length:]
    raise NothingProfiled("no kernel sequence is repeated, so that one inference cannot be told from its preparation")


def profiled(ncu, command, options, environment=None):
    with tempfile.TemporaryDirectory() as folder:
        log = pathlib.Path(folder, "ncu.csv")
        done = subprocess.run(
            [ncu, "--csv", "--page", "raw", "--print-units", "base", "--metrics", f"{READ},{WRITTEN}",
             "--target-processes", "all", "--graph-profiling", "node", "--cache-control", "none",
             "--clock-control", "none", "--log-file", str(log), *options, *command],
            capture_output=True, text=True, env={**os.environ, **(environment or {})})
        text = log.read_text() if log.exists() else done.stdout + done.stderr
    kernels = parse(text)
    if kernels:
        return kernels
    if done.returncode or "==ERROR==" in text:
        said = complaint(done.stderr)
        raise RuntimeError(reason(text + done.stdout + done.stderr) + (f"; {said}" if said else ""))
    raise NothingProfiled(reason(text))


def ours(ncu, launcher, case):
    with tempfile.TemporaryDirectory() as folder:
        given = str(pathlib.Path(folder, "input.safetensors"))
        safetensors_file.write(given, {"input": synthetic.network_input(case.shape(), 1)})
        command = [launcher, "run", "--network", case.network, "--weights", "synthetic:1", "--device", "cuda",
                   "--precision", case.precision, "--tune", "--input", given,
                   "--output", str(pathlib.Path(folder, "output.safetensors"))]
        try:
            options = " ".join(filter(None, (os.environ.get("HARDNET_JAVA_OPTS"), RANGE_OPTION)))
            return profiled(ncu, command, ["--profile-from-start", "off"], {"HARDNET_JAVA_OPTS": options})
        except NothingProfiled:
            return last_inference(profiled(ncu, command, []))


def peers(ncu, case, mode):
    script = str(pathlib.Path(__file__).with_name("peers.py"))
    return profiled(ncu, [sys.executable, script, "--profile", case.network, case.size, case.precision,
                          str(case.batch), mode], ["--profile-from-start", "off"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hardnet", required=True)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--ncu", default="ncu")
    parser.add_argument("--quick", action="store_true", help="fewer cases")
    arguments = parser.parse_args()
    records = Records(arguments.out, "dram")

    def note(who, case, measure):
        with records.failures_noted(f"DRAM of {who}, {case}"):
            kernels = measure()
            records.add(who=who, **dataclasses.asdict(case), kernels=len(kernels),
                        readBytes=sum(kernel.read for kernel in kernels),
                        writtenBytes=sum(kernel.written for kernel in kernels))

    for case in cases.profiled(arguments.quick):
        note("hardnet", case, lambda: ours(arguments.ncu, arguments.hardnet, case))
        for mode in PEER_MODES[case.precision] if importlib.util.find_spec("torch") else ():
            note(mode, case, lambda: peers(arguments.ncu, case, mode))


if __name__ == "__main__":
    main()
