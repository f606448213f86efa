"""Holds networks.py to the authors' networks: keys, convolutions, outputs. Needs PyTorch (a CPU will do).

    python3 -m unittest test_networks        ground truth in ../../../shared, or HARDNET_SHARED
"""

import csv
import os
import pathlib
import unittest

import torch

import networks
import synthetic
from folding import fold
from goldens import Golden

REFERENCE = pathlib.Path(os.environ.get(
    "HARDNET_SHARED", pathlib.Path(__file__).resolve().parents[3] / "shared")) / "reference"


def with_synthetic_weights(name, seed):
    network = networks.build(name)
    state = {key: torch.from_numpy(synthetic.weight(key, tuple(value.shape), seed))
             for key, value in network.state_dict().items() if value.is_floating_point()}
    network.load_state_dict(state, strict=False)
    return network


def table(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def convolutions(network, height, width):
    """What a forward pass runs: sizes as in the reference's tables."""
    found = {}

    def note(name):
        def hook(conv, inputs, output):
            i, o = inputs[0].shape, output.shape
            found[name] = [str(v) for v in (
                i[1], i[2], i[3], o[1], o[2], o[3], conv.kernel_size[0], conv.stride[0], conv.padding[0],
                conv.dilation[0], conv.groups, int(conv.bias is not None))]
        return hook

    for name, module in network.named_modules():
        if isinstance(module, torch.nn.Conv2d):
            module.register_forward_hook(note(name))
    with torch.no_grad():
        network(torch.zeros(1, 3, height, width))
    return found


class NetworksTest(unittest.TestCase):
    def test_keys_and_shapes_are_those_of_the_authors(self):
        for name in networks.NETWORKS:
            with self.subTest(name):
                expected = {row["key"]: row["shape"]
                            for row in table(REFERENCE / "networks" / f"{name}.state_dict.tsv")}
                found = {key: "x".join(map(str, value.shape)) or "scalar"
                         for key, value in networks.build(name).state_dict().items()}
                self.assertEqual(expected, found)

    def test_parameters_are_as_many_as_the_authors(self):
        for row in table(REFERENCE / "networks" / "summary.tsv"):
            with self.subTest(row["network"]):
                found = sum(p.numel() for p in networks.build(row["network"]).parameters())
                self.assertEqual(int(row["parameters"]), found)

    def test_every_convolution_has_the_sizes_of_the_authors(self):
        for row in table(REFERENCE / "networks" / "summary.tsv"):
            with self.subTest(row["network"]):
                size = row["input"]
                path = REFERENCE / "networks" / f"{row['network']}.convs_{size}.tsv"
                expected = {conv.pop("layer"): list(conv.values()) for conv in table(path)}
                height, width = map(int, size.split("x"))
                self.assertEqual(expected, convolutions(networks.build(row["network"]), height, width))

    def test_outputs_are_the_golden_ones(self):
        for path in sorted((REFERENCE / "golden").glob("*.safetensors")):
            golden = Golden.of(path)
            with self.subTest(path.stem), torch.no_grad():
                outputs = with_synthetic_weights(golden.network, golden.seed)(torch.from_numpy(golden.input()))
                for comparison in golden.compare({key: value.numpy() for key, value in outputs.items()}):
                    self.assertLess(comparison["error"], 1e-5, comparison["output"])
    def test_folded_batch_norms_leave_the_outputs_as_they_are(self):
        for name, shape in (("hardnet39ds", (1, 3, 64, 64)), ("ssd300_hardnet68", (1, 3, 300, 300))):
            with self.subTest(name), torch.no_grad():
                network, picture = with_synthetic_weights(name, 1), torch.from_numpy(synthetic.network_input(shape, 1))
                before, after = network(picture), fold(network)(picture)
                self.assertFalse([m for m in network.modules() if isinstance(m, torch.nn.BatchNorm2d)])
                for key in before:
                    self.assertLess(torch.linalg.norm(after[key] - before[key]),
                                    1e-5 * torch.linalg.norm(before[key]), key)


if __name__ == "__main__":
    unittest.main()
