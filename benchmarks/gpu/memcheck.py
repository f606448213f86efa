"""Runs a small inference under compute-sanitizer's memcheck.

    python3 memcheck.py --hardnet LAUNCHER --out RECORDS.jsonl [--sanitizer compute-sanitizer]
"""

import argparse
import pathlib
import re
import subprocess

from processes import complaint
from records import Records

PRECISIONS = ("float16", "float32")
SUMMARY = re.compile(r"ERROR SUMMARY: (\d+) error")


def errors(text):
    """The number of errors of a log; None where it tells none."""
    found = SUMMARY.findall(text)
    return sum(map(int, found)) if found else None


def check(sanitizer, launcher, precision):
    done = subprocess.run(
        [sanitizer, "--tool", "memcheck", "--target-processes", "all", launcher, "bench", "--network", "hardnet39ds",
         "--size", "64x64", "--seconds", "0", "--device", "cuda", "--precision", precision],
        capture_output=True, text=True)
    count = errors(done.stdout + done.stderr)
    if count is None or (done.returncode and count == 0):
        raise RuntimeError(complaint(done.stderr) or complaint(done.stdout) or "it said nothing")
    return count


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hardnet", required=True)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--sanitizer", default="compute-sanitizer")
    arguments = parser.parse_args()
    records = Records(arguments.out, "memcheck")
    for precision in PRECISIONS:
        with records.failures_noted(f"memcheck {precision}"):
            records.add(network="hardnet39ds", size="64x64", precision=precision,
                        errors=check(arguments.sanitizer, arguments.hardnet, precision))


if __name__ == "__main__":
    main()
