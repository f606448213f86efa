"""Notes what the acceptance run ran on: GPU, driver, versions.

    python3 machine.py --hardnet LAUNCHER --out RECORDS.jsonl
"""

import argparse
import datetime
import json
import pathlib
import platform
import re

from processes import output
from records import Records


def gpu():
    fields = ("name", "driver_version", "memory.total", "clocks.max.sm", "clocks.max.memory", "persistence_mode")
    first = output(["nvidia-smi", f"--query-gpu={','.join(fields)}", "--format=csv,noheader"]).splitlines()[0]
    return dict(zip(("device", "driver", "memory", "maxSmClock", "maxMemoryClock", "persistence"),
                    first.split(", ")))


def cuda():
    return {"nvcc": re.search(r"release ([\d.]+)", output(["nvcc", "--version"])).group(1)}


def torch_versions():
    import torch
    return {"torch": torch.__version__, "torchCuda": torch.version.cuda,
            "torchCudnn": torch.backends.cudnn.version()}


def hardnet(launcher):
    return {"hardnet": json.loads(output([launcher, "doctor", "--json"]))}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hardnet", required=True)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    arguments = parser.parse_args()
    records = Records(arguments.out, "machine")
    records.add(date=datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
                python=platform.python_version(), kernel=platform.release())
    for what, find in (("nvidia-smi", gpu), ("nvcc", cuda), ("PyTorch", torch_versions),
                       ("hardnet doctor", lambda: hardnet(arguments.hardnet))):
        with records.failures_noted(what):
            records.add(**find())


if __name__ == "__main__":
    main()
