"""Time and memory of each use of texts that repeat one thing; and the tool that measures them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.hostile import growth
from tests.hostile.bombs import LARGEST, SEEN
from tests.hostile.growth import Measure, exponent, measure, row
from tests.hostile.repetitions import REPETITIONS, largest

NOTHING = Measure(0.2, 50e6, 0, "")


# The uses of a fix and an editor; test_bombs.py checks the same texts as a hook does, and a diff
# needs all that a fix needs. `python -m tests.hostile.growth --bounds` measures all uses of all
# texts, which takes hours.
CHOSEN = "diff,fix all,graph html,documentSymbol"


def beyond_bounds(kind: str, uses: str, size: int) -> str:
    """The uses of a text of a kind that do not end as they should, within the bounds."""
    arguments = ["--bounds", "--kinds", kind, "--uses", uses, "--sizes", str(size)]
    return subprocess.run(
        [sys.executable, "-m", "tests.hostile.growth", *arguments],
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.mark.slow
@pytest.mark.parametrize("kind", SEEN)
def test_a_text_that_hurt_is_bounded(kind: str) -> None:
    assert beyond_bounds(kind, CHOSEN, LARGEST) == ""


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(REPETITIONS.keys() - SEEN.keys()))
def test_fixes_of_any_text_are_bounded(kind: str) -> None:
    assert beyond_bounds(kind, "fix", LARGEST // 5) == ""


@pytest.mark.parametrize("kind", REPETITIONS)
def test_a_text_is_about_as_long_as_asked_for(kind: str) -> None:
    """Otherwise the exponents would be meaningless."""
    short, long = len(REPETITIONS[kind](20_000)), len(REPETITIONS[kind](80_000))
    assert long <= 100_000
    assert long > 2 * short or kind == "aliases_just_allowed"


def test_a_text_is_as_large_as_is_read() -> None:
    assert len(largest("long_value", 100_000)) > 99_000
    assert len(largest("empty_values", LARGEST)) < LARGEST * 0.9


def forever(_path: str, _text: str) -> None:
    while True:
        pass


def greedy(_path: str, _text: str) -> None:
    bytearray(growth.MEMORY)


def failing(_path: str, _text: str) -> None:
    raise RecursionError("too deep")


@pytest.mark.parametrize(
    ("use", "problem"),
    [
        (forever, "ended by signal"),
        (greedy, "MemoryError"),
        (failing, "RecursionError: too deep"),
        (lambda *_: 3, "internal error"),
        (lambda *_: 1, ""),
    ],
)
def test_what_does_not_end_as_it_should_is_noticed(
    use: Callable[[str, str], object], problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the tests above could not fail."""
    monkeypatch.setattr(growth, "SECONDS", 1)
    found = measure(use, "a.yaml", "")
    assert found.problem.startswith(problem)
    assert bool(found.problem) == bool(problem)


def test_an_exponent() -> None:
    assert exponent([100, 200, 400], [1, 2, 4]) == pytest.approx(1)
    assert exponent([100, 200, 400], [1, 4, 16]) == pytest.approx(2)


@pytest.mark.parametrize(
    ("last", "mark"),
    [
        (Measure(2.2, 51e6, 0, ""), " "),
        (Measure(8.2, 51e6, 0, ""), "!"),
        (Measure(2.2, 450e6, 0, ""), "!"),
        (Measure(2.2, 51e6, 16e6, ""), "!"),
        (Measure(2.2, 51e6, 0, "ended by signal 9"), "!"),
    ],
)
def test_what_grows_faster_than_the_text_is_marked(last: Measure, mark: str) -> None:
    first = Measure(0.7, 101e6, 1e6, "")
    middle = Measure(1.2, 101e6, 4e6 if last.output else 0, "")
    assert row("kind", "use", [100, 200, 400], [first, middle, last], NOTHING)[0] == mark
