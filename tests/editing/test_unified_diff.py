"""Diffs made from edits, as other programs apply them; and composed batches of edits."""

from __future__ import annotations

import random
import shutil
import subprocess
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.editing.composition import apply, compose
from validator.editing.unified_diff import unified_diff
from validator.finding import Edit, Span

LINES = [f"line {number}\n" for number in range(20)]
STARTS = [0, *accumulate(map(len, LINES))]


def diff(text: str, *edits: Edit) -> str:
    return "".join(unified_diff(text, edits))


def test_a_change_with_its_context() -> None:
    at = STARTS[10]
    assert diff("".join(LINES), Edit(Span(at, at + 4), "row")) == (
        "@@ -8,7 +8,7 @@\n"
        " line 7\n line 8\n line 9\n"
        "-line 10\n+row 10\n"
        " line 11\n line 12\n line 13\n"
    )


def test_lines_put_in_and_taken_out() -> None:
    text = "".join(LINES)
    inserted = Edit(Span(STARTS[3], STARTS[3]), "new\n")
    removed = Edit(Span(STARTS[5], STARTS[6]), "")
    assert diff(text, inserted, removed) == (
        "@@ -1,9 +1,9 @@\n"
        " line 0\n line 1\n line 2\n+new\n line 3\n line 4\n-line 5\n line 6\n line 7\n line 8\n"
    )


def test_changes_far_from_each_other_are_hunks_of_their_own() -> None:
    text = "".join(LINES)
    edits = [Edit(Span(STARTS[at], STARTS[at]), "x") for at in (0, 7, 15)]
    headers = [line for line in diff(text, *edits).splitlines() if line.startswith("@@")]
    assert headers == ["@@ -1,11 +1,11 @@", "@@ -13,7 +13,7 @@"]


def test_neighbouring_lines_are_one_change() -> None:
    edits = [Edit(Span(at, at + 1), "x") for at in (0, 2)]
    assert diff("a\nb\nc\n", *edits) == "@@ -1,3 +1,3 @@\n-a\n-b\n+x\n+x\n c\n"


@pytest.mark.parametrize(
    ("text", "edit", "expected"),
    [
        ("", Edit(Span(0, 0), "a\n"), "@@ -0,0 +1 @@\n+a\n"),
        ("a\n", Edit(Span(0, 2), ""), "@@ -1 +0,0 @@\n-a\n"),
        ("a", Edit(Span(1, 1), "\n"), "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"),
        ("a\n", Edit(Span(1, 2), ""), "@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n"),
        (
            "a\nb",
            Edit(Span(0, 1), "c"),
            "@@ -1,2 +1,2 @@\n-a\n+c\n b\n\\ No newline at end of file\n",
        ),
        ("a\r\nb\r\n", Edit(Span(3, 4), "c"), "@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n"),
        ("a\nb\n", Edit(Span(4, 4), "c\n"), "@@ -1,2 +1,3 @@\n a\n b\n+c\n"),
    ],
)
def test_ends_of_texts_and_lines(text: str, edit: Edit, expected: str) -> None:
    assert diff(text, edit) == expected


def test_a_byte_order_mark_is_a_part_of_the_first_line() -> None:
    found = "".join(unified_diff("a\nb\n", [Edit(Span(2, 3), "c")], mark=True))
    assert found == "@@ -1,2 +1,2 @@\n \ufeffa\n-b\n+c\n"


def test_edits_that_change_nothing_are_no_diff() -> None:
    assert diff("a\nb\n", Edit(Span(0, 1), "a")) == ""


def some_edits(chance: random.Random, text: str) -> list[Edit]:
    made: list[Edit] = []
    at = 0
    while at <= len(text) and chance.random() < 0.7:
        start = chance.randint(at, len(text))
        end = min(start + chance.choice([0, 0, 1, 2, 6]), len(text))
        new = "".join(chance.choices(["a", "b", "\n", "\r\n"], k=chance.randint(0, 3)))
        made.append(Edit(Span(start, end), new))
        at = end + 1
    return made


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_git_applies_what_was_generated(tmp_path: Path) -> None:
    """Two batches of edits, composed, of three hundred texts at once."""
    chance = random.Random(1)
    expected: dict[str, bytes] = {}
    patch = ""
    for number in range(300):
        text = "".join(chance.choices(["a", "b", "c", "\n", "\n", "\r\n"], k=number // 3 + 1))
        mark = number % 5 == 0
        first = some_edits(chance, text)
        after = apply(text, first)
        second = some_edits(chance, after)
        edits = compose(len(text), first, second)
        after = apply(after, second)
        assert apply(text, list(edits)) == after
        hunks = "".join(unified_diff(text, edits, mark=mark))
        assert hunks or text == after
        name = f"{number}.yaml"
        (tmp_path / name).write_bytes(("\ufeff" * mark + text).encode())
        if hunks and (after or mark):
            patch += f"--- {name}\n+++ {name}\n{hunks}"
            expected[name] = ("\ufeff" * mark + after).encode()
    assert len(expected) > 200
    subprocess.run(
        ["git", "-c", "core.autocrlf=false", "apply", "-p0", "--whitespace=nowarn", "-"],
        input=patch.encode(),
        cwd=tmp_path,
        check=True,
    )
    for name, content in expected.items():
        assert (tmp_path / name).read_bytes() == content, name


TEXTS = st.text(alphabet="ab\n", max_size=12)


@given(TEXTS, st.randoms(use_true_random=False))
def test_composed_edits_do_what_their_batches_do(text: str, chance: random.Random) -> None:
    first = some_edits(chance, text)
    middle = apply(text, first)
    second = some_edits(chance, middle)
    composed = compose(len(text), first, second)
    assert apply(text, list(composed)) == apply(middle, second)
    ends = [0, *(edge for each in composed for edge in each.span)]
    assert ends == sorted(ends)


def test_nothing_composed_with_edits_is_these() -> None:
    edits = (Edit(Span(1, 2), "x"), Edit(Span(3, 3), "y"))
    assert compose(5, (), edits) == edits
    assert compose(5, edits, ()) == edits
