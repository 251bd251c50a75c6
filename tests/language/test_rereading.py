"""Reading only what was edited gives what reading the whole text gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.language import rereading
from validator.language.rereading import Reading, can_be_used, read_again
from validator.language.snapshot import View
from validator.language.text_change import between
from validator.parsing import reader
from validator.parsing.builder import Source
from validator.parsing.limits import Limits
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence
from validator.parsing.yaml import read_yaml

FIXTURES = Path(__file__).parents[2] / "fixtures"
LIMITS = Limits()
NAME = "automations.yaml"

TEXT = """\
services:
  db:
    name: Database
    commands:
      start: docker run db
# The tasks.
tasks:
  one:
    name: One
    command: make one

  two:
    name: Two
    command: |
      make two

      make more
  # The last one.
  three:
    name: Three
    command: make three
"""


def source(text: str, limits: Limits = LIMITS) -> Source:
    return reader.read(text, limits, NAME)


def again(old: str, new: str, limits: Limits = LIMITS) -> Source | None:
    """What is read of a text that was another before; None if all of it must be read."""
    found = source(old, limits)
    assert can_be_used(found)
    return read_again(new, limits, Reading(old, found, limits), between(old, new))


def tree(node: Node | None) -> object:
    """All that a node tree contains, to be compared."""
    if node is None:
        return None
    place = (type(node), node.kind, node.start, node.end, node.anchored)
    if isinstance(node, Scalar):
        return *place, node.text, node.plain
    if isinstance(node, Sequence):
        return *place, node.flow, [tree(item) for item in node.items]
    assert isinstance(node, Mapping)
    members = [(name, tree(key), tree(value)) for name, (key, value) in node.members.items()]
    return *place, node.flow, node.repeated, node.merged, members


def content(found: Source) -> object:
    doubtful = [tree(node) for node in found.doubtful]
    return found.problems, found.guessed, found.anchors, doubtful, tree(found.root)


def usable() -> list[str]:
    """The texts of fixtures with several tasks or services, and no mistake in their YAML."""
    texts = [path.read_bytes().decode("utf-8", "replace") for path in FIXTURES.rglob("*.yaml")]
    return [*sorted({text for text in texts if len(text) < 5_000 and _is_usable(text)}), TEXT]


def _is_usable(text: str) -> bool:
    found = source(text)
    root = found.root
    if not can_be_used(found) or not isinstance(root, Mapping):
        return False
    values = [value for _, value in root.members.values()]
    return any(len(each.members) > 1 for each in values if isinstance(each, Mapping))


USABLE = usable()
PIECES = st.sampled_from(
    [
        *["\n", " ", "  ", "    ", "\n  ", "\n    ", "\n   ", "\n\n", "\t", "\r", "\r\n", "\x85"],
        *["x", ":", ": ", "- ", "#", " #", "'", '"', "|", ">", "|+\n", "|2\n      a\n", "\\", "?"],
        *["? ", "[", "]", "{", "}", ",", "&a ", "*a", "!", "!!str ", "%", "%TAG ! !\n", "<<: "],
        *["---\n", "...\n", "tasks:\n", "services:\n", "  b:\n    name: x\n", "yes", "2020-01-01"],
        *["name: y", "\n  # c\n", "@", "`", "ä", "😀", "\u2028", "\ufeff", "\ud83d", "\x00"],
    ]
)


@st.composite
def edited(draw: st.DrawFn, text: str) -> str:
    """A text after an edit as people make them: typed, removed, or lines copied or moved."""
    kind = draw(st.sampled_from(["type", "type", "remove", "replace", "lines", "copy"]))
    if kind in ("lines", "copy"):
        lines = text.splitlines(keepends=True)
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(lines))] * 2)))
        end = min(end, start + 6)
        taken, rest = lines[start:end], lines if kind == "copy" else lines[:start] + lines[end:]
        at = draw(st.integers(0, len(rest)))
        return "".join(rest[:at] + taken * draw(st.integers(0, 1)) + rest[at:])
    start = draw(st.integers(0, len(text)))
    end = start if kind == "type" else min(len(text), start + draw(st.integers(1, 40)))
    new = "" if kind == "remove" else "".join(draw(st.lists(PIECES, min_size=1, max_size=3)))
    return text[:start] + new + text[end:]


@settings(max_examples=600)
@given(st.data())
def test_what_is_read_again_is_what_is_read_at_first(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(USABLE))
    found = source(text)
    for _ in range(8):
        new = data.draw(edited(text))
        part = read_again(new, LIMITS, Reading(text, found, LIMITS), between(text, new))
        if part is None:
            whole = source(new)
            if can_be_used(whole):
                text, found = new, whole
        else:
            assert content(part) == content(source(new))
            text, found = new, part


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name: One", "name: One more"),
        ("make two", "make two three"),
        ("make one", "|\n      make one:\n      # x: y"),
        ("    command: make one\n", ""),
        ("    command: make one\n", "    command: make one\n    description: D\n"),
        ("\n  two:", "\n  new:\n    name: New\n  two:"),
        ("  two:", "  other:"),
        ("  # The last one.\n", ""),
        ("make three\n", "make three"),
        ("make three\n", "make three\n  four:\n    name: Four\n"),
        (TEXT[TEXT.index("  two:") : TEXT.index("  # The last")], ""),
    ],
)
def test_an_edit_in_the_items_reads_only_them(
    old: str, new: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def recorded(text: str, limits: Limits, _parsed: str | None = None) -> Source:
        read.append(text)
        return read_yaml(text, limits)

    monkeypatch.setattr(rereading, "read_yaml", recorded)
    after = TEXT.replace(old, new, 1)
    found = again(TEXT, after)
    assert found is not None
    assert content(found) == content(source(after))
    assert [("Database" in each, each[:7] == "tasks:\n") for each in read] == [(False, True)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # What is before the second item of a section may begin anything.
        ("services:", "services :"),
        ("  db:", "  database:"),
        # It would be another section's, or no item's.
        ("make one\n", "make one\nother:\n"),
        # It ends the document.
        ("make one", '"make\n--- one"'),
        ("make one\n", "make one\n...\n"),
        # It concerns other items.
        ("make one", "&one make"),
        ("name: Two", "<<: {name: Two}"),
        ("  two:", "  three:"),
        # Readers disagree on its type.
        ("name: Two", "name: yes"),
        ("name: Two", "name: \ufeffTwo"),
    ],
)
def test_any_doubt_has_the_whole_text_read(old: str, new: str) -> None:
    assert again(TEXT, TEXT.replace(old, new, 1)) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("make one\n", "make one\n   other:\n"),
        ("make one\n", "make one\n    descr\n"),
        # It goes on in the next item.
        ("make one", '"make one'),
        ("make one", "[make one"),
        # A repeated key is reported besides.
        ("make two\n", "make two\n  one: [\n"),
        ("make two\n", "make two\n  one:\n    name: One\n    comm\n"),
        ("make two\n", "make two\n    x: *none\n"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_mistake_is_found_without_what_is_before(old: str, new: str, end: str) -> None:
    before, after = (each.replace("\n", end) for each in (TEXT, TEXT.replace(old, new, 1)))
    found = again(before, after)
    assert (found is None) == (end == "\r\n")
    if found is not None:
        assert found.root is None
        assert content(found) == content(source(after))


def test_what_is_before_a_mistake_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str | None] = []

    def recorded(text: str, limits: Limits, given: str | None = None) -> Source:
        parsed.append(given)
        return read_yaml(text, limits, given)

    monkeypatch.setattr(rereading, "read_yaml", recorded)
    assert again(TEXT, TEXT.replace("make two\n", "make two\n    descr\n"))
    alone, rest = parsed
    assert alone is None
    assert rest is not None
    first, last = rest.split("  two:")
    assert first.split() == ["services:", "tasks:", "one:"]
    assert [len(line) for line in first.splitlines()] == [
        len(line) for line in TEXT.partition("  two:")[0].splitlines()
    ]
    assert last.endswith("command: make three\n")


@pytest.mark.parametrize(
    "limits",
    [
        LIMITS._replace(max_bytes=4 * len(TEXT)),
        # With what is read again, there are more.
        LIMITS._replace(max_nodes=source(TEXT).nodes + 5),
        LIMITS._replace(max_key_characters=2_000_000),
    ],
)
def test_near_a_limit_the_whole_text_is_read(limits: Limits) -> None:
    after = TEXT.replace("One", "One more")
    assert again(TEXT, after, LIMITS) is not None
    assert again(TEXT, after, limits) is None


def test_other_limits_have_the_whole_text_read() -> None:
    earlier = Reading(TEXT, source(TEXT), LIMITS)
    after = TEXT.replace("One", "One more")
    other = LIMITS._replace(max_depth=3)
    assert read_again(after, other, earlier, between(TEXT, after)) is None


def test_a_broken_text_keeps_what_was_read_before() -> None:
    view = View.of(TEXT, NAME)
    assert view.source.root is not None
    broken = View.of(TEXT.replace("One", '"One'), NAME, view)
    assert broken.source.root is None
    after = View.of(TEXT.replace("One", '"One"'), NAME, broken)
    assert after.reading is not None
    assert after.reading.text == TEXT
    assert content(after.source) == content(source(after.text.value))


def test_a_view_reads_its_text_once() -> None:
    view = View.of(TEXT, NAME)
    assert view.read(TEXT, LIMITS, NAME) is view.source
    assert view.document.root is view.source.root
    assert view.read("a: b\n", LIMITS, NAME) is not view.source


def test_a_document_of_the_api_is_read_for_each_check() -> None:
    """A check turns its dates into strings."""
    text = "tasks:\n  a:\n    name: 2020-01-01\n"
    view = View.of(text, "status.yaml", kind="task")
    assert view.read(text, LIMITS, "status.yaml") is not view.source
