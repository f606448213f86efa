"""Runs `hardnet run --device cuda` on the inputs of golden files and compares the outputs with them.

    python3 goldens.py --hardnet LAUNCHER --goldens FOLDER --out RECORDS.jsonl [--quick] [--device cuda]
"""

import argparse
import dataclasses
import pathlib
import tempfile

import numpy as np

import processes
import safetensors_file
import synthetic
from records import Records

# The largest relative difference ||out - golden|| / ||golden||; float32 allows for Winograd's transforms, the others for
# factors of 11 bits through a hundred layers (on a processor up to 0.0093 in float16).
TOLERANCES = {"float32": 1e-4, "tf32": 2e-2, "float16": 2e-2}
# With random weights the largest two values are often near each other, so that rounding swaps some.
SAME_ARG_MAX = {"float32": 0.999, "tf32": 0.95, "float16": 0.95}
# One for each kind of network and each kind of input.
QUICK = ("hardnet39ds_2x3x160x192_seed2", "hardnet68_1x3x224x224_seed1", "hardnet85_1x3x224x224_seed1",
         "fchardnet70_1x3x120x200_seed2", "centernet_hardnet85_1x3x128x192_seed1", "ssd300_hardnet85_1x3x300x300_seed1",
         "ssd512_hardnet68_1x3x512x512_seed1")
EVERY_16TH = "_every_16th_prior"
CLASS_AXIS = {"logits": 1, "conf": -1}


@dataclasses.dataclass(frozen=True)
class Golden:
    """A golden file: NETWORK_NxCxHxW_seedS.safetensors."""

    path: pathlib.Path
    network: str
    shape: tuple
    seed: int

    @staticmethod
    def of(path):
        network, shape, seed = path.stem.rsplit("_", 2)
        return Golden(path, network, tuple(map(int, shape.split("x"))), int(seed[len("seed"):]))

    def input(self):
        return synthetic.network_input(self.shape, self.seed)

    def compare(self, outputs):
        """For each output its relative difference, None where it is no number, and the share of equal arg-maxes."""
        return [self.compared(key, golden, outputs) for key, golden in safetensors_file.read(self.path).items()]

    @staticmethod
    def compared(key, golden, outputs):
        name = key[:-len(EVERY_16TH)] if key.endswith(EVERY_16TH) else key
        found = outputs[name][:, ::16] if name != key else outputs[name]
        if found.shape != golden.shape:
            raise ValueError(f"'{name}' has the sizes {found.shape}; expected {golden.shape}")
        error = np.linalg.norm((found - golden).astype(np.float64)) / np.linalg.norm(golden.astype(np.float64))
        same = 1.0
        if name in CLASS_AXIS:
            axis = CLASS_AXIS[name]
            same = np.mean(found.argmax(axis) == golden.argmax(axis))
        return {"output": name, "error": float(error) if np.isfinite(error) else None, "sameArgMax": float(same)}


def accepted(comparison, precision):
    """Whether an output is near enough to the golden one; NaN or infinity anywhere leaves no error to tell."""
    error = comparison["error"]
    return error is not None and error <= TOLERANCES[precision] and comparison["sameArgMax"] >= SAME_ARG_MAX[precision]


def run(launcher, device, golden, precision, folder):
    given, made = folder / "input.safetensors", folder / "output.safetensors"
    safetensors_file.write(given, {"input": golden.input()})
    command = [launcher, "run", "--network", golden.network, "--weights", f"synthetic:{golden.seed}",
               "--device", device, "--input", str(given), "--output", str(made)]
    if device != "cpu":
        command += ["--precision", precision]
    processes.output(command)
    return safetensors_file.read(made)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hardnet", required=True)
    parser.add_argument("--goldens", required=True, type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--quick", action="store_true", help="fewer goldens, float32 and float16 only")
    arguments = parser.parse_args()
    records = Records(arguments.out, "golden")
    precisions = ("float32", "float16") if arguments.quick else tuple(TOLERANCES)
    goldens = [Golden.of(path) for path in sorted(arguments.goldens.glob("*.safetensors"))
               if path.stem in QUICK or not arguments.quick]
    with tempfile.TemporaryDirectory() as folder:
        for precision in ("float32",) if arguments.device == "cpu" else precisions:
            for golden in goldens:
                with records.failures_noted(f"{golden.path.stem} {precision}"):
                    outputs = run(arguments.hardnet, arguments.device, golden, precision, pathlib.Path(folder))
                    for comparison in golden.compare(outputs):
                        records.add(golden=golden.path.stem, precision=precision,
                                    accepted=accepted(comparison, precision), **comparison)


if __name__ == "__main__":
    main()
