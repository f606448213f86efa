"""Holds the report, and the readers of other tools' output, to made-up records. Needs Python alone.

    python3 -m unittest test_report
"""

import json
import pathlib
import tempfile
import unittest

import cases
import dram
import memcheck
import processes
import records
import report

CASE = {"network": "hardnet68", "size": "224x224", "batch": 1, "precision": "float16"}
GOLDEN = {"part": "golden", "golden": "hardnet68_1x3x224x224_seed1", "precision": "float16", "output": "logits",
          "error": 5e-4, "sameArgMax": 1.0, "accepted": True}
CHECKED = {"part": "memcheck", "network": "hardnet39ds", "size": "64x64", "precision": "float16", "errors": 0}
OURS = {"part": "latency", **CASE, "deviceMillis": 0.5, "arenaBytes": 2 ** 20, "peakDeviceBytes": 40 * 2 ** 20}
EAGER = {"part": "peer", **CASE, "mode": "eager", "deviceMillis": 4.0, "peakDeviceBytes": 50 * 2 ** 20}
GRAPH = {"part": "peer", **CASE, "mode": "graph", "deviceMillis": 1.0, "peakDeviceBytes": 80 * 2 ** 20}
FOUND = [{"part": "machine", "date": "2026-01-01T00:00:00+00:00"}, {"part": "machine", "device": "A GPU"},
         GOLDEN, CHECKED, OURS, EAGER, GRAPH]


class ReportTest(unittest.TestCase):
    def test_a_ratio_is_ours_to_the_best_peer_of_each_kind(self):
        row, = report.build(FOUND)["latency"]
        self.assertEqual({"mode": "graph", "value": 1.0}, row["best"]["deviceMillis"])
        self.assertEqual({"mode": "eager", "value": 50 * 2 ** 20}, row["best"]["peakDeviceBytes"])
        self.assertEqual({"deviceMillis": 0.5, "peakDeviceBytes": 0.8}, row["ratio"])

    def test_peers_of_another_precision_or_batch_are_not_compared(self):
        rows = report.build([OURS, {**GRAPH, "precision": "float32"}, {**GRAPH, "batch": 8}])["latency"]
        self.assertEqual(3, len(rows))
        self.assertEqual([None] * 3, [row["ratio"]["deviceMillis"] for row in rows])

    def test_what_was_not_measured_is_a_dash(self):
        lines = report.text(report.build([OURS])).splitlines()
        self.assertIn("hardnet68 1x3x224x224 float16  0.500           -   -      -  40.0            -      -", lines)

    def test_the_ways_of_convolution_are_told_where_they_are_known(self):
        lines = report.text(report.build([{**OURS, "convolutions": "60 graph, 8 legacy"}])).splitlines()
        self.assertIn("hardnet68 1x3x224x224 float16  60 graph, 8 legacy", lines)
        self.assertNotIn("ways of convolution", report.text(report.build([OURS])))

    def test_dram_bytes_are_read_and_written_ones(self):
        ours = {"part": "dram", "who": "hardnet", **CASE, "kernels": 60, "readBytes": 30, "writtenBytes": 10}
        peer = {"part": "dram", "who": "eager", **CASE, "kernels": 240, "readBytes": 50, "writtenBytes": 30}
        row, = report.build([ours, peer])["dram"]
        self.assertEqual({"dramBytes": 0.5, "kernels": 0.25}, row["ratio"])

    def test_right_outputs_and_sound_memory_are_accepted(self):
        self.assertTrue(report.build(FOUND)["accepted"])

    def test_a_rejected_output_is_not_accepted_and_named(self):
        result = report.build(FOUND + [{**GOLDEN, "output": "wh", "error": 0.1, "accepted": False}])
        self.assertFalse(result["accepted"])
        self.assertIn("REJECTED hardnet68_1x3x224x224_seed1 float16 wh: relative difference 1.0e-01",
                      report.text(result))

    def test_no_golden_and_no_memcheck_are_not_accepted(self):
        self.assertFalse(report.build([record for record in FOUND if record != GOLDEN])["accepted"])
        self.assertFalse(report.build([record for record in FOUND if record != CHECKED])["accepted"])

    def test_errors_of_memcheck_are_not_accepted(self):
        self.assertFalse(report.build(FOUND + [{**CHECKED, "errors": 2}])["accepted"])

    def test_an_output_that_is_no_number_is_the_largest_difference(self):
        strange = {**GOLDEN, "error": None, "accepted": False}
        for order in ((GOLDEN, strange), (strange, GOLDEN)):
            result = report.build(list(order))
            self.assertEqual({"float16": None}, result["goldens"]["largestRelativeDifference"])
            self.assertIn("  float16: largest relative difference not a number\n", report.text(result))

    def test_failures_for_one_reason_are_one_line(self):
        failures = [{"part": "peer", "what": f"compile, {size}", "failure": "stopped after 60 s"}
                    for size in (224, 512)]
        result = report.build(FOUND + failures)
        self.assertEqual(failures, result["failures"])
        self.assertIn("\nNot done (2):\n  peer, compile, 224 and 1 more: stopped after 60 s\n", report.text(result))
        self.assertTrue(result["accepted"])

    def test_failures_for_several_reasons_are_several_lines(self):
        self.assertEqual(["peer, a: x", "peer, b: y", "dram, a: x"], list(report.failure_lines(
            [{"part": part, "what": what, "failure": why} for part, what, why in
             (("peer", "a", "x"), ("peer", "b", "y"), ("dram", "a", "x"))])))

    def test_a_report_of_nothing_is_written_all_the_same(self):
        self.assertIn("Goldens: 0 of 0 outputs accepted", report.text(report.build([])))
        self.assertIn("NOT accepted", report.text(report.build([])))

    def test_a_failure_inside_a_part_is_noted_and_the_part_goes_on(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "part.jsonl")
            notes = records.Records(path, "peer")
            with notes.failures_noted("first"):
                raise RuntimeError("out of memory\nand more")
            notes.add(mode="eager")
            path.write_text(path.read_text() + json.dumps({"part": "peer"})[:5])
            self.assertEqual([{"part": "peer", "what": "first", "failure": "out of memory"},
                              {"part": "peer", "mode": "eager"}], records.read(path))


class CasesTest(unittest.TestCase):
    def test_every_case_is_measured_once_and_the_quick_ones_first(self):
        every, quick = cases.measured(False), cases.measured(True)
        self.assertEqual(42, len(every))
        self.assertEqual(42, len(set(every)))
        self.assertEqual(quick, every[:len(quick)])


class ReadersTest(unittest.TestCase):
    LOG = "\n".join((
        "==PROF== Connected to process 12",
        '"ID","Process ID","Kernel Name","dram__bytes_read.sum","dram__bytes_write.sum"',
        '"","","","byte","byte"',
        '"0","12","conv","1,024","256"',
        '"1","12","norm","64.00","0"',
        "==PROF== Disconnected"))

    def test_the_kernels_of_ncu_are_read_without_the_row_of_units(self):
        self.assertEqual([dram.Kernel("conv", 1024, 256), dram.Kernel("norm", 64, 0)], dram.parse(self.LOG))

    def test_forbidden_counters_are_told(self):
        self.assertEqual("ncu may not read the GPU's counters here (ERR_NVGPUCTRPERM)",
                         dram.reason("==ERROR== ERR_NVGPUCTRPERM - The user does not have permission"))

    def test_the_last_inference_is_the_longest_repeated_end(self):
        kernels = [dram.Kernel(name, i, 0) for i, name in enumerate("pabbcabbc")]
        self.assertEqual(kernels[5:], dram.last_inference(kernels))

    def test_kernels_that_never_repeat_are_no_inference(self):
        with self.assertRaises(dram.NothingProfiled):
            dram.last_inference([dram.Kernel("a", 0, 0), dram.Kernel("b", 0, 0)])

    def test_a_complaint_is_the_first_line_that_is_no_warning(self):
        self.assertEqual("It failed.", processes.complaint("WARNING: old\n\n It failed.\n\tat here\n"))
        self.assertIsNone(processes.complaint("WARNING: old\n"))

    def test_errors_of_memcheck_are_summed_over_processes(self):
        self.assertEqual(3, memcheck.errors("ERROR SUMMARY: 1 error\nERROR SUMMARY: 2 errors"))
        self.assertIsNone(memcheck.errors("Device not supported"))


if __name__ == "__main__":
    unittest.main()
