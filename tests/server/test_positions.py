"""Positions of the protocol, compared with the encodings of Python."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.finding import Span
from validator.server.positions import Position, Positions

ENCODINGS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}

encodings = st.sampled_from(sorted(ENCODINGS))
texts = st.builds(
    str.__add__,
    st.sampled_from(["", "\ufeff"]),
    st.lists(
        st.sampled_from(
            ["a", "é", "日", "😀", "\u2028", "\x85", "\t", "\r", "\n", "\r\n", "\ufeff"]
        )
    ).map("".join),
)
numbers = st.integers(0, 40)
positions = st.builds(Position, line=numbers, character=numbers)


def lines_of(text: str) -> list[str]:
    return re.split(r"\r\n|\n|\r", text)


def units(text: str, encoding: str) -> int:
    codec, width = ENCODINGS[encoding]
    return len(text.encode(codec)) // width


def naive_offset(text: str, position: Position, encoding: str) -> int:
    """The offset in the whole text, including the mark, by counting character after character."""
    ends = [*(found.span() for found in re.finditer(r"\r\n|\n|\r", text)), (len(text), len(text))]
    if position["line"] >= len(ends):
        return len(text)
    at = ends[position["line"] - 1][1] if position["line"] else 0
    end = ends[position["line"]][0]
    used = 0
    while at < end and used + units(text[at], encoding) <= position["character"]:
        used += units(text[at], encoding)
        at += 1
    return at


@given(texts, encodings, positions)
def test_an_offset_is_where_counting_leads(text: str, encoding: str, position: Position) -> None:
    mark = len(text) - len(text.removeprefix("\ufeff"))
    expected = max(naive_offset(text, position, encoding) - mark, 0)
    assert Positions(text, encoding).offset(position) == expected


@given(texts, encodings)
def test_every_offset_has_its_position(text: str, encoding: str) -> None:
    there = Positions(text, encoding)
    value = there.text.value
    for offset in range(len(value) + 1):
        position = there.position(offset)
        if value[offset - 1 : offset + 1] == "\r\n" and offset:
            assert there.offset(position) == offset - 1
        else:
            assert there.offset(position) == offset


@given(texts, encodings)
def test_lines_end_where_editors_end_them(text: str, encoding: str) -> None:
    there = Positions(text, encoding)
    last = there.position(len(there.text.value))
    assert last["line"] == len(lines_of(text)) - 1
    assert last["character"] == units(lines_of(text)[-1], encoding)


@given(texts, encodings, positions, positions, texts)
def test_an_edit_is_made_where_it_is_meant(
    text: str, encoding: str, one: Position, other: Position, new: str
) -> None:
    start, end = sorted(naive_offset(text, each, encoding) for each in (one, other))
    replaced = Positions(text, encoding).replaced({"start": one, "end": other}, new)
    assert replaced == text[:start] + new + text[end:]


@given(texts, encodings, numbers, numbers)
def test_a_span_has_its_range(text: str, encoding: str, one: int, other: int) -> None:
    there = Positions(text, encoding)
    span = Span(*sorted((min(one, len(there.text.value)), min(other, len(there.text.value)))))
    back = there.span(there.range(span))
    content = there.text.value[span.start : span.end]
    assert there.text.value[back.start : back.end].strip("\r\n") == content.strip("\r\n")


@pytest.mark.parametrize(("encoding", "character"), [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)])
def test_the_middle_of_a_character_is_its_beginning(encoding: str, character: int) -> None:
    there = Positions("a😀b", encoding)
    assert there.position(2) == Position(line=0, character=1 + character)
    assert [
        there.offset(Position(line=0, character=1 + each)) for each in range(character + 1)
    ] == [
        *[1] * character,
        2,
    ]


def test_a_lone_surrogate_is_one_unit() -> None:
    assert Positions("a\ud800b", "utf-16").position(2) == Position(line=0, character=2)


@pytest.mark.parametrize("encoding", sorted(ENCODINGS))
def test_positions_on_a_long_line(encoding: str) -> None:
    """Requested in any order: what is cached for the line is the same."""
    line = "aé日😀" * 2_000
    found = Positions(f"x\n{line}\ny", encoding)
    for offset in (7_999, 0, 8_000, 1_000, 3_456, 1_001, 999):
        expected = Position(line=1, character=units(line[:offset], encoding))
        assert found.position(2 + offset) == expected
        assert found.offset(expected) == 2 + offset
