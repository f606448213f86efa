"""What is measured: networks at input sizes, in precisions and batches."""

import dataclasses
import itertools

PRECISIONS = ("float32", "tf32", "float16")
BATCHES = (1, 8)
INPUTS = (("fchardnet70", "1024x2048"), ("hardnet68", "224x224"), ("hardnet68", "1024x1024"),
          ("hardnet85", "224x224"), ("hardnet85", "1024x1024"), ("centernet_hardnet85", "512x512"),
          ("ssd512_hardnet68", "512x512"))
# Those that --quick measures first, in float32 too.
QUICK_BOTH = (("fchardnet70", "1024x2048"), ("hardnet68", "224x224"), ("hardnet85", "224x224"))
# Both ends of the range: one where launches weigh most, one where memory does.
PROFILED = (("hardnet68", "224x224"), ("fchardnet70", "1024x2048"), ("hardnet85", "1024x1024"))


@dataclasses.dataclass(frozen=True)
class Case:
    """One network at one input size, N x 3 x H x W, in one precision."""

    network: str
    size: str
    precision: str
    batch: int

    def shape(self):
        return (self.batch, 3, *map(int, self.size.split("x")))

    def __str__(self):
        return f"{self.network} {self.batch}x3x{self.size} {self.precision}"


def measured(quick):
    """Of latency and memory; the quick ones first, so that a part stopped early has measured those."""
    some = [Case(*which, precision, 1) for which in QUICK_BOTH for precision in ("float16", "float32")]
    some += [Case(*which, "float16", 1) for which in INPUTS if which not in QUICK_BOTH]
    some.append(Case("hardnet68", "224x224", "float16", 8))
    if quick:
        return some
    every = [Case(*which, precision, batch)
             for batch, precision, which in itertools.product(BATCHES, PRECISIONS, INPUTS)]
    return some + [case for case in every if case not in some]


def profiled(quick):
    """Of DRAM traffic and kernel counts."""
    if quick:
        return [Case(*which, "float16", 1) for which in PROFILED[:2]]
    return [Case(*which, precision, 1) for precision, which in itertools.product(("float16", "float32"), PROFILED)]
