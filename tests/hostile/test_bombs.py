"""Documents designed to use up time or memory, checked by the command under hard limits."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile import reading_bombs
from tests.hostile.bombs import BOMBS
from tests.optional import NEEDS
from validator.rules import OPTIONAL

resource = pytest.importorskip("resource", reason=f"{NEEDS}limits of resources, as POSIX has them")

SECONDS = 30
"""Processor time, as promised in docs/explanation/robustness.md."""

MEMORY = 1_000_000_000
"""Bytes of address space, as promised in docs/explanation/robustness.md."""


def limit(seconds: int = SECONDS) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("bomb", "rule"), BOMBS.items(), ids=lambda each: getattr(each, "__name__", each)
)
def test_time_and_memory_are_bounded(bomb: Callable[[], str], rule: str, tmp_path: Path) -> None:
    meet(bomb(), rule, tmp_path / "automations.yaml")


@pytest.mark.slow
@pytest.mark.parametrize("name", reading_bombs.BOMBS)
def test_time_and_memory_are_bounded_for_what_is_read_past(name: str, tmp_path: Path) -> None:
    bomb, rule = reading_bombs.BOMBS[name]
    meet(bomb(), rule, tmp_path / name)


def meet(text: str, rule: str, path: Path) -> None:
    """Check a text by the command, within the limits: it must report the rule, and end normally."""
    path.write_text(text, encoding="utf-8", newline="")
    asked = ["--select", rule] if rule in OPTIONAL else []
    done = subprocess.run(
        [sys.executable, "-m", "validator", "check", path, "--format", "json", *asked],
        capture_output=True,
        text=True,
        preexec_fn=limit,
    )
    assert done.stderr == ""
    (document,) = json.loads(done.stdout)["files"]
    findings = document["findings"]
    assert done.returncode == any(finding["severity"] == "error" for finding in findings)
    assert len(findings) <= 1_001
    rules = {finding["rule"] for finding in findings}
    assert (rule in rules) if rule != "none" else not rules


@pytest.mark.parametrize("code", ["while True: pass", f"bytearray({MEMORY})"])
def test_what_takes_more_is_stopped(code: str) -> None:
    """Otherwise the test above could not fail."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, preexec_fn=lambda: limit(seconds=1)
    )
    assert done.returncode != 0
