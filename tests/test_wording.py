"""Names that were meant, and how long they are looked for."""

from __future__ import annotations

from difflib import get_close_matches

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator import wording
from validator.wording import Candidates, closest, is_typo, quoted

NAMES = st.text(alphabet="ab-", min_size=1, max_size=8)


@given(NAMES, st.lists(NAMES, min_size=1, unique_by=lambda name: name.replace("-", "")))
def test_the_closest_name_is_that_of_difflib(name: str, names: list[str]) -> None:
    folded = {each.replace("-", ""): each for each in names}
    found = get_close_matches(name.replace("-", ""), folded, n=1, cutoff=0.75)
    assert closest(name, names) == (folded[found[0]] if found else None)


def test_one_name_can_be_left_out() -> None:
    names = Candidates(["build", "builds", "build-s", "other"])
    assert names.closest("build") == "build"
    assert names.closest("build", but="build") in ("builds", "build-s")
    assert names.closest("builds", but="builds") == "build-s"
    assert Candidates(["build"]).closest("build", but="build") is None


def test_names_are_looked_for_as_long_as_it_takes_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "_MOST_COMPARED", 2 * 4 * 12)
    names = Candidates(["abc", "abcd", "other"])
    wanted = ["abcc", "abcc", "abce", "abcf", "abcc"]
    assert [names.closest(name) for name in wanted] == ["abc", "abc", "abc", None, "abc"]


def test_of_too_many_names_none_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "_MOST_COMPARED", 2 * 4 * 12)
    two, three = ["abcc", "abce", "abcc"], ["abcc", "abce", "abcf"]
    assert Candidates(["abc", "abcd", "other"], two).closest("abcc") == "abc"
    assert Candidates(["abc", "abcd", "other"], three).closest("abcc") is None


def test_a_long_name_is_no_slip_of_the_hand() -> None:
    long = "a" * 1_000_000
    assert closest(long, [long + "b", "abc"]) is None
    assert closest("abcde", [long, "abcd"]) == "abcd"
    assert not is_typo(long, long + "b")


def test_a_text_of_many_lines_is_shown_by_its_first() -> None:
    assert quoted("\n\nfirst\nsecond") == "`first…`"
    assert quoted("x" * 61) == f"`{'x' * 59}…`"
    assert quoted("x" * 60) == f"`{'x' * 60}`"
    assert quoted("x" * 60 + "\ny") == f"`{'x' * 59}…`"
