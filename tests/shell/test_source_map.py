"""Where the characters of scalars are in their documents, for all styles of YAML and for JSON."""

from __future__ import annotations

import re
import time
import tracemalloc
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests import corpus
from tests.optional import needs
from tests.shell.generated_scalars import Document, json_document, scalar_of, yaml_document
from validator.finding import Span
from validator.parsing.limits import Limits
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence
from validator.parsing.reader import read
from validator.parsing.text import Text, decode
from validator.shell.source_map import SourceMap

BREAK = "\r\n|[\n\r\x85\u2028\u2029]"
ESCAPE = r"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|x..|u....|U........|[^xuU])|''"
# A character is replaced with one of the same sort, for others would change what is around it.
MARKS = ("Я", "\t", " ", "\u2028", "\u2029")


def mapped(document: Document) -> tuple[Scalar, SourceMap]:
    node = scalar_of(document)
    assert node is not None
    return node, SourceMap(document.text, node)


def sources(text: str, name: str = "a.yaml") -> list[str]:
    """What each character of the value of the key `k` is written as."""
    node, found = mapped(Document(text, ("k",), name))
    assert found.is_exact
    spans = [found.span(at, at + 1) for at in range(len(node.text))]
    return [text[start:end] for start, end in spans]


def check_places(document: Document, node: Scalar, found: SourceMap) -> None:
    """Each character is written at its place, and the places are in order."""
    assert found.is_exact
    spans = [found.span(at, at + 1) for at in range(len(node.text))]
    for character, (start, end) in zip(node.text, spans, strict=True):
        source = document.text[start:end]
        if source == character:
            continue
        if character in " \n" and re.fullmatch(BREAK, source):
            continue
        assert re.fullmatch(ESCAPE, source)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(node.start < span.start or node.plain for span in spans)


def check_by_change(document: Document, node: Scalar, found: SourceMap, index: int) -> None:
    """A change of the text at the place of a character changes that character and no other."""
    text, value = document.text, node.text
    start, end = found.span(index, index + 1)
    for mark in MARKS:
        if mark != value[index]:
            changed = scalar_of(document._replace(text=text[:start] + mark + text[end:]))
            if changed is not None and changed.text == value[:index] + mark + value[index + 1 :]:
                return
    pytest.fail(f"character {index} of {value!r} is not at {start}:{end} of {text!r}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Plain.
        ("k: ab c", ["a", "b", " ", "c"]),
        ("k: a \t\n  b\n   c # d\n", ["a", "\n", "b", "\n", "c"]),
        ("k: a\n\n  \n  b\n", ["a", "\n", "\n", "b"]),
        (
            "k: a \r\n b\r\r  c\x85 d\u2028\n e\u2029 f",
            ["a", "\r\n", "b", "\r", "c", "\x85", "d", "\u2028", "\n", "e", "\u2029", "f"],
        ),
        ("k: 12", ["1", "2"]),
        ("[{k: a b, z: 1}]"[1:-1], ["a", " ", "b"]),
        ("k: 😀é", ["😀", "é"]),
        # In quotes.
        ("k: 'a''''b'", ["a", "''", "''", "b"]),
        ("k: 'a  \n\n   b'", ["a", "\n", "b"]),
        ("k: ' \n a \n '", ["\n", "a", "\n"]),
        ("k: 'a\\n '", ["a", "\\", "n", " "]),
        ('k: "a\\n\\\\\\"\\x41\\u0416\\U0001F600\\ \\\t "', [
            "a", "\\n", "\\\\", '\\"', "\\x41", "\\u0416", "\\U0001F600", "\\ ", "\\\t", " ",
        ]),
        ('k: "a \\\n   b\\\n\n  \\ c"', ["a", " ", "b", "\n", "\\ ", "c"]),
        ('k: "a\\t \n b"', ["a", "\\t", "\n", "b"]),
        # Literal.
        ("k: |\n  a\n   b\n\n  c \n", ["a", "\n", " ", "b", "\n", "\n", "c", " ", "\n"]),
        ("k: |-\n  a\n\n", ["a"]),
        ("k: |+\n  a\n \n\n", ["a", "\n", "\n", "\n"]),
        ("k: |2-\n    a\n  b\n", [" ", " ", "a", "\n", "b"]),
        ("k: |-2 # c\n    a", [" ", " ", "a"]),
        ("k: | # |2\r\n  a\r\n  b\r\n", ["a", "\r\n", "b", "\r\n"]),
        ("k: |\n\n \n  a", ["\n", "\n", "a"]),
        ("k: |2\n    \n", [" ", " ", "\n"]),
        ("k: |+\n\n  \n", ["\n", "\n"]),
        ("k: |2\n  \ta\x85  b\u2028  c\rz: 1", ["\t", "a", "\x85", "b", "\u2028", "c", "\r"]),
        # Folded.
        ("k: >\n  a\n  b\n\n  c\n", ["a", "\n", "b", "\n", "c", "\n"]),
        ("k: >\n  a \n   b\n  c\n", ["a", " ", "\n", " ", "b", "\n", "c", "\n"]),
        ("k: >\n  a\n\n   b\n\n  c\n", ["a", "\n", "\n", " ", "b", "\n", "\n", "c", "\n"]),
        ("k: >-\n  a\n  \tb\n  c\n", ["a", "\n", "\t", "b", "\n", "c"]),
        ("k: >+\n\n  a\r\n  b\n\n", ["\n", "a", "\r\n", "b", "\n", "\n"]),
        ("k: >\n  a\u2028  b\n  c", ["a", "\u2028", "b", "\n", "c"]),
        # After an anchor or a tag.
        ("k: &a b", ["b"]),
        ("k: !!str &a |\n  b", ["b"]),
        ("k: &a # 'c'\n  'd'", ["d"]),
        ("k: ! \u3000\xa0b", ["\u3000", "\xa0", "b"]),
        ("k: ! \x85 \u2028 # c\x85 b", ["b"]),
        # Empty.
        ("k: ''", []),
        ("k:", []),
        ("k: >\n\n\n", []),
    ],
)  # fmt: skip
def test_yaml(text: str, expected: list[str]) -> None:
    assert sources(text) == expected


def test_json() -> None:
    text = '{"k": "a\\ud83d\\uDE00\\u00e9\\/ \\ud83d\\\\\u2028 \x85😀"}'
    expected = ["a", "\\ud83d\\uDE00", "\\u00e9", "\\/", " ", "\\ud83d", "\\\\"]
    assert sources(text, "a.json") == [*expected, "\u2028", " ", "\x85", "😀"]
    assert sources('{"k": 1.50}', "a.json") == list("1.50")


def test_spans_of_several_characters() -> None:
    text = "k: |\r\n    echo a\r\n\r\n    echo b\r\nz: 1\r\n"
    node, found = mapped(Document(text, ("k",), "a.yaml"))
    assert node.text == "echo a\n\necho b\n"

    def source(start: int, end: int) -> str:
        return text[slice(*found.span(start, end))]

    assert source(0, 6) == "echo a"
    assert source(0, 7) == "echo a\r\n"
    assert source(6, 8) == "\r\n\r\n"
    assert source(5, 12) == "a\r\n\r\n    echo"
    assert source(0, 15) == text[node.start + 7 : text.index("z")]
    assert found.span(0, 0) == Span(10, 10)
    assert found.span(8, 8) == Span(text.index("echo b"), text.index("echo b"))
    assert found.span(15, 15) == Span(text.index("z"), text.index("z"))


def test_a_range_outside_the_value() -> None:
    _, found = mapped(Document("k: abc", ("k",), "a.yaml"))
    for start, end in [(0, 4), (-1, 2), (2, 1)]:
        with pytest.raises(ValueError, match="is not in a value of 3 characters"):
            found.span(start, end)


def test_an_empty_value_is_where_the_scalar_is() -> None:
    text = "k: ''"
    _, found = mapped(Document(text, ("k",), "a.yaml"))
    assert found.is_exact
    assert found.span(0, 0) == Span(3, 5)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{"k": "a\\d"}', "a.json"),  # not JSON; the reader takes it for a backslash
        ('{"k": True}', "a.json"),
    ],
)
def test_what_is_not_as_written_has_the_whole_place(text: str, name: str) -> None:
    node, found = mapped(Document(text, ("k",), name))
    assert not found.is_exact
    assert found.span(1, 2) == node.span


@pytest.mark.parametrize(
    "source",
    [
        *("abc", "abd", "ab", "abcd", "", "*abc"),
        *("'abc", "'abc'", "'abcd'", "'ab''", '"ab\\', '"ab\\u12"', '"\\UFFFFFFFF"'),
        *("|", "|\nabc", "|\n  abc", "|\n  abcd", ">\n  ab\n  c", "|\n  ab", "|\n  abc\n  d"),
    ],
)
def test_another_text_is_not_mapped(source: str) -> None:
    """The map does not trust the node: only what is read again as the value is mapped."""
    node = Scalar("string", 0, len(source), "abc", plain=True)
    found = SourceMap(source, node)
    assert found.is_exact == (source in ("abc", "'abc'", "|\n  abc"))
    if found.is_exact:
        assert source[slice(*found.span(1, 2))] == "b"
    else:
        assert found.span(1, 2) == node.span


def test_a_byte_order_mark_is_not_counted() -> None:
    text = Text(decode("\ufeffk: 'ab'".encode())[0]).value
    _, found = mapped(Document(text, ("k",), "a.yaml"))
    assert found.span(0, 2) == Span(4, 6)


def test_places_that_a_second_byte_order_mark_shifts_are_not_taken() -> None:
    text = Text("\ufeff\ufeffk: 'aa'\n").value
    node, found = mapped(Document(text, ("k",), "a.yaml"))
    assert node.text == "aa"
    assert not found.is_exact


def test_an_alias_as_a_key_is_not_mapped() -> None:
    text = "a: &b '*b'\n*b : c\n"
    root = read(text, Limits()).root
    assert isinstance(root, Mapping)
    key, _ = root.members["*b"]
    found = SourceMap(text, key)
    assert not found.is_exact
    assert found.span(0, 1) == key.span


@settings(max_examples=400)
@given(st.integers(0, 2**32))
def test_every_character_of_yaml_is_at_its_place(seed: int) -> None:
    document = yaml_document(Random(seed))
    node = scalar_of(document)
    assume(node is not None)
    assert node is not None
    found = SourceMap(document.text, node)
    check_places(document, node, found)
    for index in range(len(node.text)):
        check_by_change(document, node, found, index)


@settings(max_examples=50)
@given(st.integers(0, 2**32))
def test_every_character_of_json_is_at_its_place(seed: int) -> None:
    document = json_document(Random(seed))
    node, found = mapped(document)
    check_places(document, node, found)
    for index in range(len(node.text)):
        check_by_change(document, node, found, index)


@pytest.mark.slow
def test_many_scalars() -> None:
    random = Random(1)
    read_scalars = 0
    for number in range(30_000):
        document = (json_document if number % 20 == 0 else yaml_document)(random)
        node = scalar_of(document)
        if node is None:
            continue
        read_scalars += 1
        found = SourceMap(document.text, node)
        check_places(document, node, found)
        for index in range(len(node.text)):
            check_by_change(document, node, found, index)
    assert read_scalars > 24_000


WORKFLOWS = corpus.FOLDER.with_name("corpus-workflows")


def scalars(root: Node | None) -> list[Scalar]:
    found, seen, stack = [], set[int](), [root] if root is not None else []
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Scalar):
            found.append(node)
        elif isinstance(node, Sequence):
            stack += node.items
        elif isinstance(node, Mapping):
            stack += [value for _, value in node.members.values()]
    return found


@corpus.needs_corpus
@needs("the corpus (../shared/corpus-workflows)", WORKFLOWS.is_dir())
@pytest.mark.parametrize("folder", [corpus.FOLDER, WORKFLOWS], ids=lambda folder: folder.name)
def test_real_files(folder: Path) -> None:
    count = 0
    for path in sorted(folder.glob("*.y*ml")):
        text = Text(decode(path.read_bytes())[0]).value
        for node in scalars(read(text, Limits(), path.name).root):
            found = SourceMap(text, node)
            check_places(Document(text, (), path.name), node, found)
            count += 1
    assert count > 100


LONG = [
    ("k: |\n", "  x\n", ""),
    ("k: |+\n", "\n", ""),
    ("k: |+\n", " \n", ""),
    ("k: |2\n", " ", "x\n"),
    ("k: >\n", "  x\n", ""),
    ("k: >\n", "   x\n\n", ""),
    ("k: 'a", "''", "'"),
    ("k: '", " ", "'"),
    ("k: '", " ", "\n\n'"),
    ("k: '", " x \n", "'"),
    ("k: '", "\n", " '"),
    ('k: "', "\\n", '"'),
    ('k: "', "\\\n", 'a"'),
    ('k: "', "\\ ", '\n"'),
    ('k: "', "a", '"'),
    ("k: x", " \n x", ""),
]


@pytest.mark.parametrize(("before", "repeated", "after"), LONG)
def test_a_long_scalar_is_mapped_in_linear_time(before: str, repeated: str, after: str) -> None:
    text = before + repeated * (400_000 // len(repeated)) + after
    _, found = mapped(Document(text, ("k",), "a.yaml"))
    started = time.process_time()
    assert found.is_exact
    # Each takes less than a second; in quadratic time it would be minutes.
    assert time.process_time() - started < 5


@pytest.mark.parametrize(("before", "repeated", "after"), LONG)
def test_a_long_scalar_takes_little_memory(before: str, repeated: str, after: str) -> None:
    text = before + repeated * (30_000 // len(repeated)) + after
    _, found = mapped(Document(text, ("k",), "a.yaml"))
    # What is compiled once does not count.
    assert mapped(Document(text, ("k",), "a.yaml"))[1].is_exact
    tracemalloc.start()
    try:
        assert found.is_exact
        # A copy of the value, and three numbers for each of its pieces.
        assert tracemalloc.get_traced_memory()[1] < 12 * len(text)
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("scalar", "at", "before"),
    [
        ("ls $A   \n  && pwd", 5, "ls $A"),
        ('"ls $A\n\n  rm"', 5, '"ls $A'),
        (">\n  ls\n  $A\n\n  b", 3, ">\n  ls\n  "),
        ("|\n  ls\n", 2, "|\n  ls"),
        ("ls", 2, "ls"),
        ("ls", 0, ""),
    ],
)
def test_what_is_inserted_follows_the_character_before_a_space(
    scalar: str, at: int, before: str
) -> None:
    text = f"k: {scalar}\n"
    root = read(text, Limits()).root
    assert isinstance(root, Mapping)
    node = root.members["k"][1]
    assert isinstance(node, Scalar)
    span = SourceMap(text, node).insertion(at)
    assert (span.start, span.end) == (3 + len(before), 3 + len(before))
