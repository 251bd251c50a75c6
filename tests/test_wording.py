"""How names and values look in messages."""

from __future__ import annotations

from validator.wording import quoted


def test_a_text_of_many_lines_is_shown_by_its_first() -> None:
    assert quoted("\n\nfirst\nsecond") == "`first…`"
    assert quoted("x" * 61) == f"`{'x' * 59}…`"
    assert quoted("x" * 60) == f"`{'x' * 60}`"
    assert quoted("x" * 60 + "\ny") == f"`{'x' * 59}…`"
