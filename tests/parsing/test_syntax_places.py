"""Syntax errors are reported at the mistake: on its line, or on an adjacent one."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rules.test_rules import FIXTURES, GOOD
from validator import check_text

TEXTS = [
    text
    for path in GOOD
    if path.parent.name != "encoding" and not (text := path.read_text("utf-8")).startswith("{")
]
MARKS = ":-[]{}\"',#|>&*!%@`\t"


def mutations(text: str, number: int, chance: random.Random) -> Iterator[tuple[int, str]]:
    """Texts with one typo each, and the 1-based line that it is on."""
    lines = text.split("\n")
    for _ in range(number):
        at = chance.randrange(len(lines))
        line = lines[at]
        if not line.strip():
            continue
        column = chance.randrange(len(line))
        kind = chance.randrange(4)
        if kind == 0 and line[column] in MARKS:
            changed = line[:column] + line[column + 1 :]
        elif kind == 1:
            changed = line[:column] + chance.choice(MARKS) + line[column:]
        elif kind == 2:
            changed = " " * chance.choice([1, 2, 3]) + line
        else:
            changed = line.removeprefix(" " * chance.choice([1, 2]))
        if changed != line:
            yield at + 1, "\n".join([*lines[:at], changed, *lines[at + 1 :]])


def reported(text: str) -> int | None:
    """The line of a syntax error; None for a text that is YAML."""
    for finding in check_text(text).findings:
        if finding.rule == "yaml-syntax":
            assert finding.place is not None
            return finding.place.start.line
    return None


def share_near(number: int) -> tuple[int, float]:
    """The number of syntax errors, and the share reported within a line of the typo."""
    chance = random.Random(13)
    near = [
        abs(line - slip) <= 1
        for text in TEXTS
        for slip, mutated in mutations(text, number, chance)
        if (line := reported(mutated)) is not None
    ]
    return len(near), sum(near) / len(near)


# With fewer, the share is a matter of chance.
@pytest.mark.parametrize("number", [100, pytest.param(200, marks=pytest.mark.slow)])
def test_a_syntax_error_is_reported_near_the_slip(number: int) -> None:
    seen, share = share_near(number)
    assert seen > 20 * number
    assert share >= 0.95


@pytest.mark.parametrize(
    "path", sorted((FIXTURES / "yaml-syntax").glob("*.yaml")), ids=lambda p: p.stem
)
def test_a_text_cut_anywhere_has_findings_inside_it(path: Path) -> None:
    text = path.read_text("utf-8")
    for end in range(len(text) + 1):
        for cut in (text[:end], text[:end] + "\n", text[end:]):
            for finding in check_text(cut).findings:
                assert finding.place is not None
                assert finding.place.end.offset <= len(cut)
