"""Build the node tree of a document step by step, without recursion and within limits.

The parsers in `yaml` and `json` drive it, with offsets in characters.
"""

from __future__ import annotations

from validator.finding import Note, Problem, Span
from validator.parsing.limits import (
    LONG_POINTERS,
    MAX_POINTER_CHARACTERS,
    Limits,
    long_key,
    too_many,
)
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence, pointer
from validator.tuples import NamedTuple
from validator.wording import quoted

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import NoReturn


class Source(NamedTuple):
    """A document's node tree (None if it is empty or can't be read) and its problems.

    `guessed` are the places of values whose type the syntax leaves open, such as `True` in JSON;
    `doubtful` are the scalars to which YAML readers give different types, such as `y`. `anchors`
    says whether there are anchors, and so maybe values in several places. `nodes` is the number of
    values and keys of a YAML text.
    """

    root: Node | None
    problems: tuple[Problem, ...]
    guessed: frozenset[Span] = frozenset()
    doubtful: tuple[Scalar, ...] = ()
    anchors: bool = False
    nodes: int = 0


class Stop(Exception):
    """Stop reading; the problem is already recorded."""


class _Frame:
    """A collection that is being read, and the key whose value comes next.

    `room` is the maximum number of characters of a key in it.
    """

    __slots__ = (
        "anchor",
        "first",
        "height",
        "key",
        "merge_key",
        "merged",
        "node",
        "nodes_before",
        "room",
        "template",
    )

    def __init__(
        self, node: Mapping | Sequence, anchor: str | None, nodes_before: int, room: int
    ) -> None:
        self.node = node
        self.anchor = anchor
        self.nodes_before = nodes_before
        self.room = room
        self.height = 1
        self.key: Node | None = None
        self.merge_key: Scalar | None = None
        self.merged: list[Mapping] = []
        self.first: dict[str, Scalar] = {}
        self.template = False


class Anchored:
    """A node with an anchor, and the numbers of nodes and levels that an alias of it adds.

    `characters` is the number of characters it adds, computed when the first alias is read.
    """

    __slots__ = ("characters", "height", "node", "nodes")

    def __init__(self, node: Node, nodes: int, height: int) -> None:
        self.node = node
        self.nodes = nodes
        self.height = height
        self.characters: int | None = None


class TreeBuilder:
    """Build the nodes of a text, and collect its problems."""

    def __init__(self, text: str, limits: Limits) -> None:
        self.text = text
        self.limits = limits
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.stack: list[_Frame] = []
        self.anchors: dict[str, Anchored | None] = {}
        self.nodes = 0
        self.alias_nodes = 0
        self.pointer_characters = 0

    def report(self, rule: str, message: str, span: Span, *notes: Note) -> None:
        self.problems.append(Problem(rule, message, span, notes=notes))

    def open(
        self, node: Mapping | Sequence, start: int, end: int, anchor: str | None = None
    ) -> None:
        """Begin a collection; its bracket, or its beginning, is from `start` to `end`."""
        if anchor is not None:
            node.anchored = True
            self.anchors[anchor] = None
        room = self.limits.max_key_characters
        if self.stack:
            holder = self.stack[-1]
            room = holder.room - (len(holder.key.text) if isinstance(holder.key, Scalar) else 0)
        self.stack.append(_Frame(node, anchor, self.nodes, room))
        self.nodes += 1
        if self.nodes > self.limits.max_nodes:
            self.too_many(Span(start, end))

    def check_depth(self, start: int) -> None:
        """Stop if a collection that begins here would be nested too deep."""
        if len(self.stack) >= self.limits.max_depth:
            self.too_deep(Span(start, start + 1))

    def close(self, end: int) -> None:
        """End the innermost collection; `end` is the end of its closing bracket, if it has one."""
        frame = self.stack.pop()
        node: Node = frame.node
        if self.stack:
            # The pointers of all its values repeat its key.
            key = self.stack[-1].room - frame.room
            self.pointer_characters += key * (self.nodes - frame.nodes_before)
            if self.pointer_characters > MAX_POINTER_CHARACTERS:
                self.long_pointers(node)
        if isinstance(node, (Mapping, Sequence)) and node.flow:
            node.end = end
        if isinstance(node, Mapping):
            for mapping in frame.merged:
                self.count_alias(len(mapping.members), node.span)
                for name, member in mapping.members.items():
                    node.members.setdefault(name, member)
            node.repeated = frozenset(frame.first)
            node.merged = tuple(frame.merged)
        if frame.template:
            node = self.template(node)
        if frame.anchor is not None:
            nodes = self.nodes - frame.nodes_before
            self.anchors[frame.anchor] = Anchored(node, nodes, frame.height)
        self.attach(node, frame.height)

    def too_deep(self, span: Span) -> None:
        message = f"nested deeper than {self.limits.max_depth} levels, so the rest is not read"
        self.report("too-deep", message, span)
        raise Stop

    def too_many(self, here: Span) -> NoReturn:
        self.report("too-large", too_many(self.limits), here)
        raise Stop

    def long_pointers(self, node: Node) -> None:
        self.report("too-large", LONG_POINTERS, Span(node.start, node.start + 1))
        raise Stop

    def count_alias(self, nodes: int, span: Span) -> None:
        self.nodes += nodes
        self.alias_nodes += nodes
        if self.alias_nodes > self.limits.max_alias_nodes:
            self.too_much(self.limits.max_alias_nodes, "values", span)

    def too_much(self, most: int, what: str, span: Span) -> None:
        message = f"aliases expand to more than {most:,} {what}, so the rest is not read"
        self.report("alias-expansion", message, span)
        raise Stop

    def attach(self, node: Node, height: int, aliased: Span | None = None) -> None:
        """Add a finished node to its list, or as key or value to its mapping."""
        if not self.stack:
            self.root = node
            return
        frame = self.stack[-1]
        if height >= frame.height:
            frame.height = height + 1
        parent = frame.node
        if isinstance(parent, Sequence):
            if node.start == node.end and aliased is None and not parent.flow:
                node.start = max(self.text.rfind("-", parent.start, node.end), parent.start)
            parent.items.append(node)
        elif frame.key is None:
            if isinstance(node, Scalar) and len(node.text) > frame.room:
                # The JSON pointers of all values below it would repeat it.
                self.report("too-large", long_key(self.limits), node.span)
                raise Stop
            frame.key = node
        else:
            key, frame.key = frame.key, None
            if node.start == node.end and aliased is None:
                node.start, node.end = key.start, key.end
            self.member(frame, key, node, aliased)
        if not parent.flow:
            end = node.end if aliased is None else aliased.end
            if end > parent.end:
                parent.end = end

    def member(self, frame: _Frame, key: Node, value: Node, aliased: Span | None) -> None:
        assert isinstance(frame.node, Mapping)
        if not isinstance(key, Scalar):
            if frame.node.flow and isinstance(key, Mapping) and key.start == frame.node.start + 1:
                frame.template = True
                return
            what = "a list" if isinstance(key, Sequence) else "a mapping"
            self.report("yaml-syntax", f"a key must be a string, not {what}", key.span)
            return
        if key.kind == "merge":
            if frame.merge_key is not None:
                self.repeated(frame.merge_key, key, "give one `<<` a list: `<<: [*a, *b]`")
            self.merge(frame, key, value, aliased)
            return
        members = frame.node.members
        earlier = members.get(key.text)
        if earlier is not None:
            first = frame.first.setdefault(key.text, earlier[0])
            section = len(self.stack) == 1
            advice = "put all of it under one" if section else "remove or rename one"
            self.repeated(first, key, advice)
        members[key.text] = (key, value)

    def repeated(self, first: Scalar, key: Scalar, advice: str) -> None:
        path: list[str | int] = []
        for frame in self.stack[:-1]:
            if isinstance(frame.node, Sequence):
                path.append(len(frame.node.items))
            elif isinstance(frame.key, Scalar):
                path.append(frame.key.text)
        message = f"the key {quoted(key.text)} is repeated; {advice}"
        note = Note(first.span, "it is first given here")
        at = pointer((*path, key.text))
        self.problems.append(Problem("duplicate-key", message, key.span, at, (note,)))

    def merge(self, frame: _Frame, key: Scalar, value: Node, aliased: Span | None) -> None:
        frame.merge_key = key
        values = value.items if isinstance(value, Sequence) else [value]
        for each in values:
            if isinstance(each, Mapping):
                frame.merged.append(each)
            else:
                message = "a merge key `<<` takes a mapping, or a list of mappings"
                self.report("yaml-syntax", message, aliased or each.span)

    def template(self, node: Node) -> Scalar:
        """The string that `{{ name }}` was meant to be; in YAML it is a mapping in a mapping."""
        text = self.text[node.start : node.end]
        while self.problems and self.problems[-1].span.start > node.start:
            # Problems inside of it are not separate mistakes.
            self.problems.pop()
        message = f"{quoted(text)} is a mapping to YAML; put quotes around the value"
        self.report("yaml-syntax", message, node.span)
        return Scalar("string", node.start, node.end, text, plain=True)
