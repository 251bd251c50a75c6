"""Find the keys and dashes that contain a place in a document, by indentation.

Only the lines from the place up to the document's outer level are read.
"""

from __future__ import annotations

from typing import NamedTuple

from validator.language.cursor import lines
from validator.language.cursor.lines import Element
from validator.parsing.nodes import Path
from validator.parsing.text import Text


class Holder(NamedTuple):
    """A line, and the element in it that contains more deeply indented lines."""

    number: int
    line: str
    element: Element


def holders_of(text: Text, number: int, column: int, *, dash: bool) -> list[Holder]:
    """The keys and dashes that contain a column of a line, from the outermost on.

    The key of a list may be in the same column as the list's dashes.
    """
    keys, dashes = column + dash, column
    sibling = True
    found: list[Holder] = []
    tabs = "\t" in text.line(number)[:column]
    while number > 1 and keys > 0:
        number -= 1
        # Most lines are indented further; skip them early.
        if (found or not sibling) and text.value.startswith(" " * keys, text.starts[number - 1]):
            continue
        line = text.line(number)
        # YAML does not indent with tabs: such a line can't contain one indented with spaces.
        if lines.is_blank(line) or (not tabs and "\t" in line[: lines.indentation(line)]):
            continue
        if lines.is_marker(line):
            break
        indent = lines.indentation(line)
        if indent >= keys:
            if indent == keys and sibling and not found and line[indent] not in "]}":
                # Brackets that it opens may still be open.
                elements = lines.elements(line)
                sibling = elements[-1].kind == "text"
                if opens_brackets(line, elements[-1]):
                    found.append(Holder(number, line, elements[-1]))
            continue
        for element in reversed(lines.elements(line)):
            if element.kind == "text" and element.text[:1] in ("]", "}"):
                break
            if element.column >= (dashes if element.kind == "dash" else keys):
                continue
            found.append(Holder(number, line, element))
            dashes = element.column
            keys = element.column + (element.kind == "dash")
    return found[::-1]


def opens_brackets(line: str, element: Element) -> bool:
    """Whether the value of a key, or text without one, begins with a bracket."""
    at = element.column if element.kind == "text" else element.end
    return element.kind != "dash" and lines.value(line, at)[0] == "brackets"


def path_of(holders: list[Holder]) -> Path:
    """The keys, and 0 for each entry of a list."""
    path: list[str | int] = []
    for _, line, element in holders:
        if element.kind == "dash":
            path.append(0)
        elif element.kind == "key" or not opens_brackets(line, element):
            path.append(element.text)
    return tuple(path)


def without_merges(path: Path) -> Path:
    """The path of something below a merge key: of the place where it is merged into."""
    merged: list[str | int] = []
    before: str | int = ""
    for step in path:
        if step != "<<" and not (before == "<<" and isinstance(step, int)):
            merged.append(step)
        before = step
    return tuple(merged)
