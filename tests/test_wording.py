"""How names and values look in messages."""

from __future__ import annotations

import pytest

from validator.wording import parted, quoted


def test_a_text_of_many_lines_is_shown_by_its_first() -> None:
    assert quoted("\n\nfirst\nsecond") == "`first…`"
    assert quoted("x" * 61) == f"`{'x' * 59}…`"
    assert quoted("x" * 60) == f"`{'x' * 60}`"
    assert quoted("x" * 60 + "\ny") == f"`{'x' * 59}…`"


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("nothing helps", ("nothing helps", "")),
        ("wrong; write `x`", ("wrong", "write `x`")),
        ("wrong; it is a trigger; move it", ("wrong", "it is a trigger; move it")),
        ("`a; b` is wrong; write `c; d`", ("`a; b` is wrong", "write `c; d`")),
        ("`a; b` is `c; d`", ("`a; b` is `c; d`", "")),
    ],
)
def test_what_helps_comes_after_the_first_semicolon(message: str, parts: tuple[str, str]) -> None:
    assert parted(message) == parts
