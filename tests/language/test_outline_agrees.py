"""In a readable text, the cursor finds the same as the parser at each place."""

from collections.abc import Iterator

from tests.language.test_robust import FIXTURE_TEXTS, REAL_TEXTS
from validator.language.cursor.cursor import cursor
from validator.language.snapshot import View
from validator.parsing.nodes import Mapping, Node, Path, Scalar, Sequence

Expected = tuple[int, str, Path]
"""An offset, what contains a cursor there, and its path."""


def places(node: Node, path: Path, text: str) -> Iterator[Expected]:
    """An offset in each key, value and entry that is in its proper place."""
    if isinstance(node, Mapping):
        for name, (key, value) in node.members.items():
            if not node.start <= key.start < node.end or text[key.start] in "*?":
                continue
            yield key.start + 1, "key", path
            # Lines below a key may begin with a key themselves, half typed.
            if key.end <= value.start and value.end <= node.end and not _is_below(key, value, text):
                yield from value_places(value, "value", (*path, name), text)
    elif isinstance(node, Sequence):
        for item in node.items:
            if node.start <= item.start and item.end <= node.end:
                yield from value_places(item, "entry", path, text)


def value_places(node: Node, kind: str, path: Path, text: str) -> Iterator[Expected]:
    if not isinstance(node, Scalar):
        yield from places(node, (*path, 0) if kind == "entry" else path, text)
        return
    written = text[node.start : node.end]
    if written[:1] in ("|", ">"):
        first = next(iter(node.text.split()), "")
        at = text.find(first, node.start + 1)
        if first and at + 1 < node.end and "\n" in text[node.start : at]:
            yield at + 1, "script", ()
    elif (
        not written.startswith("{")
        and "\n" not in written
        and "\r" not in written
        and node.start < node.end
    ):
        yield node.start + 1, kind, path


def _is_below(key: Scalar, value: Node, text: str) -> bool:
    between = text[key.end : value.start]
    return isinstance(value, Scalar) and ("\n" in between or "\r" in between)


READABLE = [
    view
    for text in FIXTURE_TEXTS + REAL_TEXTS
    if not (view := View.of(text)).stale
    and len(text) < 70_000
    # The cursor treats an invalid mark as part of what follows, like the platform does.
    and "\ufeff" not in text[1:]
]


def test_it_agrees_in_all_files() -> None:
    asked = 0
    for view in READABLE:
        text = view.text.value
        for offset, kind, path in places(view.document.root, (), text):
            found = cursor(view.text, offset)
            asked += 1
            assert (found.kind, found.path) == (kind, path), text[:offset] + "‸" + text[offset:]
    assert asked > 500
