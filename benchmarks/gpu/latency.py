"""Runs `hardnet bench --device cuda` over the cases.

    python3 latency.py --hardnet LAUNCHER --out RECORDS.jsonl [--quick] [--device cuda]
"""

import argparse
import dataclasses
import json
import pathlib

import cases
import processes
from records import Records

SECONDS = "0.5"
# 'medianMillis' counts the transfers; 'deviceMillis' is by CUDA events, without them.
KEPT = ("deviceMillis", "medianMillis", "arenaBytes", "peakDeviceBytes", "convolutions", "backend")


def command(launcher, case, device):
    words = [launcher, "bench", "--network", case.network, "--size", case.size, "--batch", str(case.batch),
             "--device", device, "--seconds", SECONDS, "--json"]
    return words if device == "cpu" else words + ["--precision", case.precision, "--tune"]


def bench(launcher, case, device):
    result = json.loads(processes.output(command(launcher, case, device)))
    return {key: result[key] for key in KEPT if result.get(key) is not None}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hardnet", required=True)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--quick", action="store_true", help="fewer cases")
    arguments = parser.parse_args()
    records = Records(arguments.out, "latency")
    for case in cases.measured(arguments.quick):
        with records.failures_noted(f"hardnet bench, {case}"):
            records.add(**dataclasses.asdict(case), **bench(arguments.hardnet, case, arguments.device))


if __name__ == "__main__":
    main()
