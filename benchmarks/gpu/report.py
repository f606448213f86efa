"""Joins what the parts found into acceptance.json and a text report.

    python3 report.py FOLDER        reads FOLDER/*.jsonl, writes FOLDER/acceptance.json and FOLDER/acceptance.txt
"""

import json
import pathlib
import sys

import records
from cases import Case

MEBIBYTE = 2 ** 20


def case_of(record):
    return Case(record["network"], record["size"], record["precision"], record["batch"])


def of_part(found, part):
    return [record for record in found if record["part"] == part and "failure" not in record]


def machine(found):
    joined = {}
    for record in of_part(found, "machine"):
        joined.update({key: value for key, value in record.items() if key != "part"})
    return joined


def goldens(found):
    outputs = of_part(found, "golden")
    worst = {}
    for record in outputs:
        before = worst.get(record["precision"], 0.0)
        worst[record["precision"]] = None if None in (before, record["error"]) else max(before, record["error"])
    return {"compared": len(outputs), "accepted": sum(record["accepted"] for record in outputs),
            "largestRelativeDifference": worst,
            "rejected": [without(record, "part") for record in outputs if not record["accepted"]]}


def without(record, *keys):
    return {key: value for key, value in record.items() if key not in keys}


def best(peers, key):
    """The peer's mode with the least of something, and how much; (None, None) where none tells it."""
    told = {mode: peer[key] for mode, peer in peers.items() if peer.get(key) is not None}
    mode = min(told, key=told.get, default=None)
    return mode, told.get(mode)


def ratio(ours, peer):
    return None if ours is None or not peer else round(ours / peer, 3)


CASE_KEYS = ("part", "network", "size", "batch", "precision")


def by_case(entries, who):
    """For each case the measurements by who made them."""
    joined = {}
    for record in entries:
        joined.setdefault(case_of(record), {})[who(record)] = without(record, *CASE_KEYS, "mode", "who")
    return joined


def compared(found, part_of_ours, part_of_peers, keys):
    """One row a case, with the ratio of ours to the best peer's for each key."""
    ours = by_case([r for r in of_part(found, part_of_ours) if r.get("who", "hardnet") == "hardnet"],
                   lambda record: "hardnet")
    peers = by_case([r for r in of_part(found, part_of_peers) if r.get("who") != "hardnet"],
                    lambda record: record.get("mode") or record["who"])
    rows = []
    for case in list(ours) + [case for case in peers if case not in ours]:
        own, others = ours.get(case, {}).get("hardnet", {}), peers.get(case, {})
        row = {"network": case.network, "size": case.size, "batch": case.batch, "precision": case.precision,
               "hardnet": own, "pytorch": others, "best": {}, "ratio": {}}
        for key in keys:
            mode, value = best(others, key)
            row["best"][key] = {"mode": mode, "value": value}
            row["ratio"][key] = ratio(own.get(key), value)
        rows.append(row)
    return rows


def with_dram_bytes(found):
    return [{**record, "dramBytes": record["readBytes"] + record["writtenBytes"]} if "readBytes" in record else record
            for record in found]


def build(found):
    """The content of acceptance.json."""
    found = with_dram_bytes(found)
    result = {"machine": machine(found), "goldens": goldens(found),
              "latency": compared(found, "latency", "peer", ("deviceMillis", "peakDeviceBytes")),
              "dram": compared(found, "dram", "dram", ("dramBytes", "kernels")),
              "memcheck": [without(record, "part") for record in of_part(found, "memcheck")],
              "failures": [record for record in found if "failure" in record]}
    return {"accepted": is_accepted(found, result), **result}


def is_accepted(found, result):
    """Right outputs and sound memory; how fast is for the reader to judge."""
    failed = any("failure" in record and record["part"] in ("golden", "memcheck") for record in found)
    return (not failed and result["goldens"]["compared"] > 0 and not result["goldens"]["rejected"]
            and len(result["memcheck"]) > 0 and all(check["errors"] == 0 for check in result["memcheck"]))


def table(head, rows):
    """Columns as wide as they need; the first to the left, the others to the right."""
    cells = [head, *rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    return ["  ".join(cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths)))
            .rstrip() for row in cells]


def number(value, form, scale=1):
    return "-" if value is None else format(value / scale if scale != 1 else value, form)


def difference(error):
    return "not a number" if error is None else format(error, ".1e")


def name(row):
    return f"{row['network']} {row['batch']}x3x{row['size']} {row['precision']}"


def latency_table(rows):
    lines = []
    for row in rows:
        millis, memory = row["best"]["deviceMillis"], row["best"]["peakDeviceBytes"]
        lines.append([name(row), number(row["hardnet"].get("deviceMillis"), ".3f"), number(millis["value"], ".3f"),
                      millis["mode"] or "-", number(row["ratio"]["deviceMillis"], ".2f"),
                      number(row["hardnet"].get("peakDeviceBytes"), ".1f", MEBIBYTE),
                      number(memory["value"], ".1f", MEBIBYTE), number(row["ratio"]["peakDeviceBytes"], ".2f")])
    return table(["latency and memory", "ms", "PyTorch ms", "by", "ratio", "MiB", "PyTorch MiB", "ratio"], lines)


def dram_table(rows):
    lines = []
    for row in rows:
        moved, kernels = row["best"]["dramBytes"], row["best"]["kernels"]
        lines.append([name(row), number(row["hardnet"].get("dramBytes"), ".1f", MEBIBYTE),
                      number(moved["value"], ".1f", MEBIBYTE), moved["mode"] or "-",
                      number(row["ratio"]["dramBytes"], ".2f"), number(row["hardnet"].get("kernels"), "d"),
                      number(kernels["value"], "d")])
    return table(["DRAM of one inference", "MiB", "PyTorch MiB", "by", "ratio", "kernels", "PyTorch kernels"], lines)


def ways_table(rows):
    """What the device accepted: how many convolutions took which way."""
    lines = [[name(row), row["hardnet"]["convolutions"]] for row in rows if row["hardnet"].get("convolutions")]
    return table(["ways of convolution", ""], lines) if lines else []


def failure_lines(failures):
    """One line for each part and reason."""
    alike = {}
    for failure in failures:
        alike.setdefault((failure["part"], failure["failure"]), []).append(failure["what"])
    for (part, reason), whats in alike.items():
        more = f" and {len(whats) - 1} more" if len(whats) > 1 else ""
        yield f"{part}, {whats[0]}{more}: {reason}"


def text(result):
    """The report for people."""
    about, outputs = result["machine"], result["goldens"]
    lines = [f"Acceptance run of {about.get('date', 'an unknown date')}",
             f"GPU {about.get('device', 'unknown')}, driver {about.get('driver', 'unknown')}, "
             f"nvcc {about.get('nvcc', 'unknown')}, PyTorch {about.get('torch', 'none')}", "",
             f"Goldens: {outputs['accepted']} of {outputs['compared']} outputs accepted"]
    lines += [f"  {precision}: largest relative difference {difference(error)}"
              for precision, error in outputs["largestRelativeDifference"].items()]
    lines += [f"  REJECTED {r['golden']} {r['precision']} {r['output']}: relative difference {difference(r['error'])}, "
              f"same arg-max {r['sameArgMax']:.4f}" for r in outputs["rejected"]]
    lines += [f"Memcheck: {check['network']} {check['size']} {check['precision']}: {check['errors']} errors"
              for check in result["memcheck"]]
    for rows, as_table in ((result["latency"], latency_table), (result["latency"], ways_table),
                           (result["dram"], dram_table)):
        written = as_table(rows) if rows else []
        lines += ["", *written] if written else []
    lines += ["", "Ratios are ours / the best of PyTorch in the same precision: below 1 is better."]
    if result["failures"]:
        lines += ["", f"Not done ({len(result['failures'])}):"]
        lines += [f"  {line}" for line in failure_lines(result["failures"])]
    verdict = "accepted" if result["accepted"] else "NOT accepted"
    return "\n".join([*lines, "", f"Outputs and memory: {verdict}."]) + "\n"


def main():
    folder = pathlib.Path(sys.argv[1])
    found = [record for path in sorted(folder.glob("*.jsonl")) for record in records.read(path)]
    result = build(found)
    (folder / "acceptance.json").write_text(json.dumps(result, indent=2) + "\n")
    report = text(result)
    (folder / "acceptance.txt").write_text(report)
    print(report, end="")
    return 0 if result["accepted"] else 1


if __name__ == "__main__":
    sys.exit(main())
