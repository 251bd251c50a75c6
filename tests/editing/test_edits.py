"""Individual edits: what they change, and that they change nothing else."""

import pytest

from validator.editing import edits, moving
from validator.editing.composition import apply
from validator.finding import Edit
from validator.parsing.limits import Limits
from validator.parsing.nodes import Mapping, Scalar, Sequence
from validator.parsing.reader import read


def mapping(text: str, *path: str) -> Mapping:
    """The mapping at a path of keys."""
    node = read(text, Limits()).root
    for key in path:
        assert isinstance(node, Mapping)
        node = node.members[key][1]
    assert isinstance(node, Mapping)
    return node


def scalar(text: str, key: str = "k") -> Scalar:
    node = mapping(text).members[key][1]
    assert isinstance(node, Scalar)
    return node


def sequence(text: str, key: str = "k") -> Sequence:
    node = mapping(text).members[key][1]
    assert isinstance(node, Sequence)
    return node


def applied(text: str, made: tuple[Edit, ...] | None) -> str | None:
    return None if made is None else apply(text, list(made))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("k: old # c\n", "k: new # c\n"),
        ("k: 'old'\n", "k: 'new'\n"),
        ('k: "old"\n', 'k: "new"\n'),
        ("k: &x old\n", "k: &x new\n"),
        ("{k: old}\n", "{k: new}\n"),
        ("k: |\n  old\n", None),
        ("k: new\n", None),
    ],
)
def test_rename(text: str, expected: str | None) -> None:
    assert applied(text, edits.rename(scalar(text), "new", text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("k: 1.0 # c\n", 'k: "1.0" # c\n'), ("k: yes\r\n", 'k: "yes"\r\n'), ("k: '1'\n", None)],
)
def test_put_in_quotes(text: str, expected: str | None) -> None:
    assert applied(text, edits.put_in_quotes(scalar(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("k: a\n", "k: [a]\n"),
        ("k: a, b-c # d\n", "k: [a, b-c] # d\n"),
        ("k: 'a b'\n", "k: ['a b']\n"),
        ("k: 'a, b'\n", "k: [a, b]\n"),
        ("k: 'a, b c'\n", "k: ['a, b c']\n"),
        ("k: a b\n", None),
        ("k: a:b\n", None),
        ("k: |\n  a\n", None),
        ("k: 'a\n  b'\n", None),
    ],
)
def test_put_in_list(text: str, expected: str | None) -> None:
    assert applied(text, edits.put_in_list(scalar(text), text)) == expected


@pytest.mark.parametrize(
    ("text", "index", "expected"),
    [
        ("k: [a, b, c]\n", 0, "k: [b, c]\n"),
        ("k: [a, b, c]\n", 1, "k: [a, c]\n"),
        ("k: [a, b , c ] # d\n", 2, "k: [a, b ] # d\n"),
        ("k: [a]\n", 0, "k: []\n"),
        ("k: ['a' ,\n  b]\n", 1, "k: ['a']\n"),
        ("k: [a, # first\n  b]\n", 1, None),
        ("k: [a, # first\n  b]\n", 0, None),
        ("k:\n  - a\n  - b\nz: 1\n", 0, "k:\n  - b\nz: 1\n"),
        # A comment is kept, or the entry is.
        ("k:\n  - a\n  - b # c\nz: 1\n", 1, "k:\n  - a\n  # c\nz: 1\n"),
        ("k:\n  - a\n  - b # c", 1, "k:\n  - a\n  # c"),
        ("k:\r\n  - a\r\n  - # d\r\n    b\r\n", 1, None),
        ("k:\n  - a\n  - | # c\n    b\n", 1, None),
        ("k:\n  - a\n  - b: 1\n    # c\n    c: 1\n", 1, None),
        ("k:\n  - a\n  - 'b #c'\n", 1, "k:\n  - a\n"),
        ("k:\n  - a\n  - &x-y b\n", 1, None),
        ("k:\n  - a # automation-validator: ignore[x]\n  - b\n", 0, None),
        ("k:\r\n- a\r\n- b\r\n", 1, "k:\r\n- a\r\n"),
        ("k:\n- a\n- b", 1, "k:\n- a"),
        ("k:\r\n- a\r\n- b", 1, "k:\r\n- a"),
        ("k:\n- a\n# about b\n- 'b'  \n- c\n", 1, "k:\n- a\n# about b\n- c\n"),
        ("k: [é日, 🚀]\n", 0, "k: [🚀]\n"),
        ("j: [&x a]\nk: [b, *x]\n", 1, None),
        ("j: [&x a]\nk: [*x, b]\n", 1, "j: [&x a]\nk: [*x]\n"),
        ("j: [&x a]\nk: [*x]\n", 0, None),
        ("j:\n- &x a\nk:\n- *x\n", 0, None),
    ],
)
def test_remove_entry(text: str, index: int, expected: str | None) -> None:
    entries = sequence(text)
    assert applied(text, edits.remove_entry(entries, entries.items[index], text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "s:\n  commands:\n    start: a\n  ready: b # c\n  z: 1\n",
            "s:\n  commands:\n    start: a\n    ready: b # c\n  z: 1\n",
        ),
        (
            "s:\n  ready: b\n  commands:\n    start: a\n",
            "s:\n  commands:\n    start: a\n    ready: b\n",
        ),
        (
            "s:\r\n  commands:\r\n      start: a\r\n  ready: |\r\n    one\r\n\r\n      two\r\n",
            (
                "s:\r\n  commands:\r\n      start: a\r\n      ready: |\r\n"
                "        one\r\n\r\n          two\r\n"
            ),
        ),
        (
            "s:\n  commands:\n    start: |\n      a\n  ready: b",
            "s:\n  commands:\n    start: |\n      a\n    ready: b",
        ),
        ("s:\n  ready: b\n  z: 1\n", "s:\n  commands:\n    ready: b\n  z: 1\n"),
        ("s:\n    ready: b\n", "s:\n    commands:\n      ready: b\n"),
        ("s:\n  z: 1\n  ready: b", "s:\n  z: 1\n  commands:\n    ready: b"),
        # Comments right above move with the field, others stay.
        (
            "s:\n  commands:\n    start: a\n  z: 1\n   # c\n  # d\n  # e\n  ready: b\n",
            "s:\n  commands:\n    start: a\n    # d\n    # e\n    ready: b\n  z: 1\n   # c\n",
        ),
        ("s:\n  # d\n  ready: b\n", "s:\n  commands:\n    # d\n    ready: b\n"),
        (
            "s:\n  commands:\n    start: a # c\n  # d\n  ready: b",
            "s:\n  commands:\n    start: a # c\n    # d\n    ready: b",
        ),
        # Empty lines at the end that count.
        ("s:\n  commands:\n    start: |+\n      a\n\n  ready: b\n", None),
        ("s:\n  commands:\n    start: a\n  ready: |+\n    a\n\n  z: 1\n", None),
        ("s: {commands: {start: a}, ready: b}\n", None),
        ("s:\n  commands: {start: a}\n  ready: b\n", None),
        ("s:\n  commands:\n    ready: a\n  ready: b\n", None),
        ("s:\n  commands:\n  ready: b\n", None),
    ],
)
def test_move_into(text: str, expected: str | None) -> None:
    holder = mapping(text, "s")
    assert (
        applied(text, moving.move_into(holder, "ready", "commands", "ready", [], text)) == expected
    )


def test_move_into_under_another_name() -> None:
    text = "s:\n  command: a\n"
    made = moving.move_into(mapping(text, "s"), "command", "commands", "start", [], text)
    assert applied(text, made) == "s:\n  commands:\n    start: a\n"
