"""Folding, and expanding the selection around a cursor."""

from itertools import pairwise

import pytest

from tests.language.marked import cursor
from validator.language.features.folding import folds
from validator.language.features.selection import selection
from validator.language.snapshot import View
from validator.parsing.text import Text

FILE = """\
# one
# two

services:
  db:
    name: Database
    commands:
      start: |
        if x; then
          # not
          # these
          y
        fi

      ready: z
tasks:
  # alone
  a:
    name: A
    dependsOn:
    - b
    - c
  b: {}
  # first
  # second

# third
"""


def lines(text: str) -> list[tuple[int, int, str]]:
    """The first and last lines of all folds, and their kinds."""
    characters = Text(text)
    found = folds(characters)
    for each in found:
        assert each.span.start in characters.starts
    return [
        (
            characters.position(each.span.start).line,
            characters.position(each.span.end).line,
            each.kind,
        )
        for each in found
    ]


def test_folds() -> None:
    assert lines(FILE) == [
        (1, 2, "comment"),
        (4, 15, "region"),
        (5, 15, "region"),
        (7, 15, "region"),
        (8, 13, "region"),
        (16, 23, "region"),
        (18, 22, "region"),
        (20, 22, "region"),
        (24, 25, "comment"),
    ]


def test_folds_with_other_line_ends() -> None:
    assert lines(FILE.replace("\n", "\r\n")) == lines(FILE) == lines(FILE.replace("\n", "\r"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a: b\n", []),
        ("tasks:\n  a: [\n    b,\n    c\n  ]\nd:\n", [(1, 5), (2, 4)]),
        ('{\n  "a": {\n    "b": 1\n  }\n}\n', [(1, 4), (2, 3)]),
        ("- a: b\n  c: d\n- e\n", [(1, 2)]),
        ("a: |\n  x\n", [(1, 2)]),
        ("a: |\n\n\n", []),
    ],
)
def test_folds_of_odd_texts(text: str, expected: list[tuple[int, int]]) -> None:
    assert [each[:2] for each in lines(text)] == expected


def chain(marked: str) -> list[str]:
    view, at = cursor(marked)
    found = selection(view, at)
    for inside, around in pairwise(found):
        assert around.start <= inside.start <= inside.end <= around.end
        assert inside != around
    return [view.text.value[slice(*span)] for span in found]


def test_selection() -> None:
    text = '# x\ntasks:\n  a:\n    dependsOn: ["b-‸c", d]\n  e: {}\n'
    plain = text.replace("‸", "")
    assert chain(text) == [
        "b-c",
        '"b-c"',
        '["b-c", d]',
        'dependsOn: ["b-c", d]',
        'a:\n    dependsOn: ["b-c", d]',
        'a:\n    dependsOn: ["b-c", d]\n  e: {}',
        'tasks:\n  a:\n    dependsOn: ["b-c", d]\n  e: {}',
        plain,
    ]


def test_selection_in_a_script() -> None:
    found = chain("tasks:\n  a:\n    command: |\n      one two\n      thr‸ee four\n    name: A\n")
    assert found[:4] == [
        "three",
        "three four",
        "|\n      one two\n      three four",
        "command: |\n      one two\n      three four",
    ]


def test_selection_in_a_broken_text() -> None:
    assert chain("tasks:\n  a: [\n  b‸c: d\n") == ["bc", "bc: d", "tasks:\n  a: [\n  bc: d\n"]


def test_selection_outside() -> None:
    view = View.of("a: b")
    assert selection(view, 50) == selection(view, 4)
