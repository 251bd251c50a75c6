"""Words are searched in the pieces of a long text as in all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator.model import automations
from validator.parsing import reader
from validator.parsing.limits import Limits
from validator.rules import WORDS
from validator.rules.words import words_in

FIXTURES = Path(__file__).parents[2] / "fixtures"
ALL = {word for words in WORDS.values() for word in words}


def test_no_word_has_a_line_break() -> None:
    assert not [word for word in ALL if "\n" in word]


@pytest.mark.parametrize(
    "path", sorted(FIXTURES.rglob("*.yaml")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_the_words_in_a_document_are_those_in_its_text(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    root = reader.read(text, Limits(), path.name).root
    if root is not None:
        expected = {word for word in ALL if word in text}
        assert words_in(automations.build(text, root)) == expected


def test_items_on_one_line() -> None:
    text = "tasks: {a: {command: docker run x}, b: {command: docker rm x}} # sleep\n"
    root = reader.read(text, Limits(), "a.yaml").root
    assert root is not None
    assert words_in(automations.build(text, root)) == {word for word in ALL if word in text}
