"""Read a text again after an edit: of a long file, only the tasks or services that were edited.

What stands in an item in block style can be read alone: its lines begin where the parser expects a
key, and the next item does too. So the edited items are parsed as a file of their own, and the
nodes of all others are taken from the earlier text. If they can't be read, the text is parsed from
there on, to find the mistake. Whatever may concern more than these items, such as an anchor, makes
`read_again` give up, and the whole text is read.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from validator.kinds import SECTIONS
from validator.language.text_change import Change
from validator.parsing.builder import Source
from validator.parsing.limits import MAX_POINTER_CHARACTERS, Limits
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence
from validator.parsing.yaml import read_yaml

_Node = TypeVar("_Node", bound=Node)
_Members = dict[str, tuple[Scalar, Node]]

# A line that ends a document, where the parser sees the beginning of a line.
_END = "[\r\n\x85\u2028\u2029](?:---|\\.\\.\\.)"
_OTHER_BREAKS = "\r\x85\u2028\u2029"
# What concerns more than the value it is in: merge keys share values, and the reader counts `%TAG`.
_BEYOND = ("<<", "%TAG", "\ufeff")


class Reading(NamedTuple):
    """A text, and what was read of it within limits."""

    text: str
    source: Source
    limits: Limits


class _Part(NamedTuple):
    """Items of a section that follow one another, by their numbers, and the place of their lines.

    `margin` is the number of spaces before the keys of the section's items.
    """

    section: str
    first: int
    after: int
    start: int
    end: int
    margin: int


def can_be_used(source: Source) -> bool:
    """Whether something of what was read may be taken over after an edit."""
    found = (source.problems, source.doubtful, source.guessed, source.anchors)
    return isinstance(source.root, Mapping) and not any(found)


def read_again(text: str, limits: Limits, earlier: Reading, change: Change) -> Source | None:
    """What was read of a text that differs from an earlier one by a change.

    The same as reading the whole text gives; None if the whole text has to be read. `can_be_used`
    holds for the source of the earlier text.
    """
    root = earlier.source.root
    if not isinstance(root, Mapping) or root.flow or limits != earlier.limits:
        return None
    if any(each in text for each in _BEYOND) or 4 * len(text) > limits.max_bytes:
        return None
    part = _edited(earlier.text, root, change)
    if part is None:
        return None
    by = change.new_end - change.old_end
    end = part.end + by
    source = _alone(text[part.start : end], part, limits, at_end=end == len(text))
    if source is None or source.root is None:
        return None if source is None else _with_mistake(text, limits, earlier, part)
    nodes = earlier.source.nodes + source.nodes
    if not _is_within(limits, nodes):
        return None
    assert isinstance(source.root, Mapping)
    edited = _moved(source.root, part.start - len(_header(part.section)))
    found = _replaced(root, part, _items(edited, part.section), by)
    return None if found is None else Source(found, (), nodes=nodes)


def _is_within(limits: Limits, nodes: int) -> bool:
    """Whether this number of nodes exceeds no limit, whatever their keys.

    Replaced nodes are counted too, so after very many edits there are too many.
    """
    return nodes <= limits.max_nodes and nodes * limits.max_key_characters <= MAX_POINTER_CHARACTERS


def _edited(text: str, root: Mapping, change: Change) -> _Part | None:
    """The items that a change of a text touches, if it touches nothing else.

    The key of the first one is not touched, so it still begins an item.
    """
    sections = list(root.members.items())
    number = bisect_left([key.start for _, (key, _) in sections], change.start) - 1
    if number < 0:
        return None
    name, (_, holder) = sections[number]
    end = len(text)
    if number + 1 < len(sections):
        end = sections[number + 1][1][0].start
    if name not in SECTIONS or not isinstance(holder, Mapping) or holder.flow:
        return None
    if change.old_end > end or not all(_begins_line(text, key, 0) for _, (key, _) in sections):
        return None
    keys = [key for key, _ in holder.members.values()]
    first = bisect_left([key.end for key in keys], change.start) - 1
    if first < 0:
        return None
    margin = keys[0].start - text.rfind("\n", 0, keys[0].start) - 1
    after = bisect_left([key.start for key in keys], change.old_end + margin)
    if after < len(keys):
        end = keys[after].start - margin
    ends = [keys[first], *keys[after : after + 1]]
    if margin < 1 or not all(_begins_line(text, key, margin) for key in ends):
        return None
    return _Part(name, first, after, keys[first].start - margin, end, margin)


def _begins_line(text: str, key: Node, margin: int) -> bool:
    """Whether a key is the first of its line, after a number of spaces."""
    start = key.start - margin
    return text[max(start - 1, 0) : key.start].lstrip("\n") == " " * margin


def _header(section: str) -> str:
    return f"{section}:\n"


def _items(root: Mapping, section: str) -> Mapping:
    _, holder = root.members[section]
    assert isinstance(holder, Mapping)
    return holder


def _alone(lines: str, part: _Part, limits: Limits, *, at_end: bool) -> Source | None:
    """What is read of the lines of some items, with the key of their section above them.

    None if the whole text has to be read; without a tree if the lines can't be read.
    """
    if not (at_end or lines.endswith("\n")) or re.search(_END, lines):
        return None
    text = _header(part.section) + lines
    source = read_yaml(text, limits)
    root = source.root
    if root is None:
        return source
    if not can_be_used(source) or not isinstance(root, Mapping) or root.flow:
        return None
    holder = root.members[part.section][1] if [*root.members] == [part.section] else None
    if not isinstance(holder, Mapping) or holder.flow:
        return None
    keys = [key for key, _ in holder.members.values()]
    return source if all(_begins_line(text, key, part.margin) for key in keys) else None


def _with_mistake(text: str, limits: Limits, earlier: Reading, part: _Part) -> Source | None:
    """What is read of a text that can't be read because of the edited items.

    The parser stops there, so it need not see what the items before contain.
    """
    root = earlier.source.root
    assert isinstance(root, Mapping)
    before = text[: part.start]
    if any(each in before for each in _OTHER_BREAKS):
        return None
    sections = [key for _, (key, _) in root.members.items() if key.start < part.start]
    items = [key for key, _ in _items(root, part.section).members.values()][: part.first]
    if not all(_begins_line(text, key, part.margin) for key in items):
        return None
    pieces, at = [text[: sections[0].start]], sections[0].start
    for key in (*sections, *items):
        # A key that is repeated is a mistake too.
        end = text.index(":", key.end) + 1
        pieces += [_spaces(text[at : key.start]), text[key.start : end]]
        at = end
    pieces += [_spaces(text[at : part.start]), text[part.start :]]
    source = read_yaml(text, limits, "".join(pieces))
    within = _is_within(limits, earlier.source.nodes + source.nodes)
    return source if source.root is None and within else None


def _spaces(text: str) -> str:
    """As many spaces as characters, in lines of the same lengths."""
    return "\n".join([" " * len(line) for line in text.split("\n")])


def _replaced(root: Mapping, part: _Part, edited: Mapping, by: int) -> Mapping | None:
    """The tree with other items in place of a part; None if two have the same key."""
    found = Mapping(root.start, flow=False)
    below = False
    for name, (key, value) in root.members.items():
        if name == part.section:
            assert isinstance(value, Mapping)
            holder = _with_items(value, part, edited, by)
            if holder is None:
                return None
            found.members[name] = (key, holder)
            below = True
        else:
            found.members[name] = (_moved(key, by), _moved(value, by)) if below else (key, value)
    found.end = _end(found)
    return found


def _with_items(holder: Mapping, part: _Part, edited: Mapping, by: int) -> Mapping | None:
    members = list(holder.members.items())
    found = Mapping(holder.start, flow=False)
    found.members = dict(members[: part.first])
    found.members |= edited.members
    found.members |= _moved_members(members[part.after :], by)
    found.end = _end(found)
    kept = len(members) - (part.after - part.first)
    return found if len(found.members) == kept + len(edited.members) else None


def _end(node: Mapping) -> int:
    """The end of a mapping in block style: that of its last key or value."""
    key, value = next(reversed(node.members.values()))
    return max(key.end, value.end)


def _moved_members(members: Iterable[tuple[str, tuple[Scalar, Node]]], by: int) -> _Members:
    return {name: (_moved_scalar(key, by), _moved(value, by)) for name, (key, value) in members}


def _moved(node: _Node, by: int) -> _Node:
    """A copy of a tree whose places are further on by a number of characters."""
    if not by:
        return node
    moved: Node
    if isinstance(node, Scalar):
        moved = _moved_scalar(node, by)
    elif isinstance(node, Mapping):
        moved = Mapping(node.start + by, flow=node.flow)
        moved.end = node.end + by
        moved.members = _moved_members(node.members.items(), by)
    else:
        assert isinstance(node, Sequence)
        moved = Sequence(node.start + by, flow=node.flow)
        moved.end = node.end + by
        moved.items = [_moved(item, by) for item in node.items]
    return moved  # type: ignore[return-value]


def _moved_scalar(node: Scalar, by: int) -> Scalar:
    return Scalar(node.kind, node.start + by, node.end + by, node.text, plain=node.plain)
