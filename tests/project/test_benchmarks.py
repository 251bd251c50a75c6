"""The benchmarks work; no test checks how fast anything is."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from benchmarks import results
from benchmarks.__main__ import BENCHMARKS
from benchmarks.measure import Group, Timing, exponent
from tests.checkout import ROOT
from tests.optional import needs_posix


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "benchmarks", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


@needs_posix
@pytest.mark.slow
def test_all_of_them_work(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    done = run("--quick", "--json", str(path))
    assert (done.stderr, done.returncode) == ("", 0)
    content = json.loads(path.read_text())
    assert content["version"] == results.VERSION
    for group in content["groups"]:
        assert group["title"] in done.stdout
        assert group["timings"] or group["figures"]
        assert all(each["median"] > 0 for each in group["timings"].values())
    assert done.stdout.count("exponent of time") == 6


def test_two_runs_are_compared(tmp_path: Path) -> None:
    for name, seconds in (("before", 0.03), ("after", 0.02)):
        timings = {"floor": Timing(0.01, 0.0), "check": Timing(seconds, 0.001)}
        group = Group("Start", timings, {"MiB": 30.0})
        (tmp_path / name).write_text(results.to_json([group]))
    done = run("compare", str(tmp_path / "before"), str(tmp_path / "after"))
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert lines == [
        "before after change",
        "Start: check 3.00 2.00 -33 %",
        "Start: MiB 30.00 30.00 +0 %",
    ]


@pytest.mark.parametrize("arguments", [["no-such"], ["compare", "one"]])
def test_wrong_usage(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "usage" in done.stderr


@pytest.mark.parametrize("name", BENCHMARKS)
def test_each_says_what_it_is_about(name: str) -> None:
    assert import_module(f"benchmarks.{name}").__doc__


def test_the_exponent_of_growth() -> None:
    assert exponent([1, 10, 100], [3, 30, 300]) == pytest.approx(1)
    assert exponent([1, 10, 100], [3, 300, 30_000]) == pytest.approx(2)
