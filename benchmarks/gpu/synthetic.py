"""Reproducible random weights and inputs: the same numbers as `--weights synthetic:SEED` of the command line."""

import numpy as np

GOLDEN = 0x9E3779B97F4A7C15
MASK = 2 ** 64 - 1


def fnv1a64(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 & MASK
    return value


def uniform(key, count, seed):
    """`count` float32 numbers in [0, 1), by key and seed."""
    base = fnv1a64(key) ^ (seed * GOLDEN & MASK)
    with np.errstate(over="ignore"):
        z = np.uint64(base) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(GOLDEN)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z ^= z >> np.uint64(31)
    return (z >> np.uint64(40)).astype(np.float32) * np.float32(2 ** -24)


def weight(key, shape, seed):
    """The tensor of a state_dict key, float32."""
    count = int(np.prod(shape))
    u = uniform(key, count, seed)
    if key.endswith(".running_mean"):
        values = (u - np.float32(0.5)) * np.float32(0.2)
    elif key.endswith(".running_var") or (len(shape) == 1 and key.endswith(".weight")):
        values = np.float32(0.5) + u
    elif len(shape) == 1:
        values = (u - np.float32(0.5)) * np.float32(0.2)
    else:
        values = (u * np.float32(2) - np.float32(1)) * np.float32(np.sqrt(6 / (count / shape[0])))
    return values.reshape(shape)


def network_input(shape, seed):
    """The input of a network, N x 3 x H x W, float32 in [-2, 2)."""
    return ((uniform("input", int(np.prod(shape)), seed) - np.float32(0.5)) * np.float32(4)).reshape(shape)
