"""Results of scripts are remembered within a number of characters."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from validator.shell.remembered import Remembered, remember


@pytest.fixture(autouse=True)
def few() -> Iterator[None]:
    before = Remembered.most
    remember(2_000)
    yield
    remember(before)


def lengths() -> tuple[Remembered, list[str]]:
    """A function of scripts, and the scripts that it was called for."""
    called: list[str] = []

    def length(script: str) -> int:
        called.append(script)
        return len(script)

    return Remembered(length), called


def test_a_function_is_called_once_for_the_same_script() -> None:
    length, called = lengths()
    assert [length(each) for each in ("make", "make test", "make")] == [4, 9, 4]
    assert called == ["make", "make test"]


def test_a_script_that_is_used_again_is_remembered() -> None:
    length, called = lengths()
    for number in range(100):
        assert length("make") == 4
        length(f"make {number}")
    assert called.count("make") == 1


def test_the_scripts_that_are_remembered_have_no_more_characters_than_allowed() -> None:
    length, called = lengths()
    scripts = [f"make {number}" for number in range(100)]
    for each in scripts * 2:
        length(each)
    # All of them have more characters than that, with what each takes besides.
    assert called == scripts * 2
    assert len(length._older) + len(length._younger) < 50


def test_a_long_script_displaces_no_others() -> None:
    length, called = lengths()
    long = "x" * 1_000
    for script in ("make", long, long, "make"):
        length(script)
    assert called == ["make", long, long]


def test_more_can_be_remembered() -> None:
    length, called = lengths()
    remember(1_000_000)
    scripts = ["x" * 1_000, *(f"make {number}" for number in range(100))]
    for each in scripts * 2:
        length(each)
    assert called == scripts
