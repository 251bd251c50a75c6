"""YAML text to a node tree, within stated bounds, with what is wrong on the way.

Nodes are made from the parser's events, one by one and without recursion, so that depth and
alias expansion are bounded before anything large exists.
"""

import re
from itertools import islice
from typing import Any, NamedTuple

from yaml import YAMLError
from yaml.constructor import SafeConstructor
from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.resolver import Resolver

from validator.finding import Note, Problem, Span
from validator.nodes import KINDS, Mapping, Node, Scalar, Sequence, pointer
from validator.text import forbidden_character
from validator.wording import did_you_mean, quoted

_RESOLVERS: dict[str, list[tuple[str, re.Pattern[str]]]] = Resolver.yaml_implicit_resolvers
# The only unquoted words that are no text; all else that is none begins with no letter.
_WORDS = {
    spelling: "null" if word == "null" else "boolean"
    for word in ("null", *SafeConstructor.bool_values)
    for spelling in (word, word.title(), word.upper())
}
_BEGINS_A_NUMBER = frozenset("0123456789+-.")
_DOUBTFUL_CHARACTERS = frozenset("yYnN=")
_GOES_ON = frozenset("0123456789._")
_PROPERTIES = r"(?:[&!]\S*(?:\s+(?:#[^\r\n]*)?)*)+"
_JSON = re.compile(r"[ \t\n\r]*[{\[]")
# The parser compares each directive with all before it.
_MOST_TAG_DIRECTIVES = 100
_TAG_DIRECTIVE = re.compile(r"(?:^|(?<=[\r\n\x85\u2028\u2029]))%TAG")
_COLLECTION_TAGS: dict[type, str] = {
    MappingStartEvent: "tag:yaml.org,2002:map",
    SequenceStartEvent: "tag:yaml.org,2002:seq",
}


class Limits(NamedTuple):
    """The bounds of what is read of a document.

    Its size in bytes, its depth in levels of nesting, the number of its nodes (values and keys),
    the number of nodes that aliases and merge keys may add to it, the number of characters that
    aliases may add to it, and the number of characters of a key together with the keys around it.
    """

    max_bytes: int = 5_000_000
    max_depth: int = 64
    max_nodes: int = 250_000
    max_alias_nodes: int = 100_000
    max_alias_characters: int = 1_000_000
    max_key_characters: int = 1_024


class Source(NamedTuple):
    """A document's node tree, None where it is empty or can't be read, and its problems.

    `guessed` are the places of values whose type the syntax does not say, such as `True` in JSON;
    `doubtful` are the scalars about whose type YAML readers disagree, such as `y`.
    """

    root: Node | None
    problems: tuple[Problem, ...]
    guessed: frozenset[Span] = frozenset()
    doubtful: tuple[Scalar, ...] = ()


class Stop(Exception):
    """Reading ends here; the problem is already recorded."""


class _Frame:
    """A collection that is being read, and the key whose value comes next.

    `room` is how many characters a key in it may have.
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


class _Anchored:
    """A node that has an anchor, and how many nodes and levels an alias of it adds.

    `characters` is how many characters it adds, counted when the first alias is read.
    """

    __slots__ = ("characters", "height", "node", "nodes")

    def __init__(self, node: Node, nodes: int, height: int) -> None:
        self.node = node
        self.nodes = nodes
        self.height = height
        self.characters: int | None = None


class Reader:
    """Makes nodes of a text, and collects what is wrong with it."""

    def __init__(self, text: str, limits: Limits) -> None:
        self.text = text
        self.limits = limits
        self.problems: list[Problem] = []
        self.doubtful: list[Scalar] = []
        self.suspicious = "?" in text or "\\/" in text
        self.root: Node | None = None
        self.stack: list[_Frame] = []
        self.anchors: dict[str, _Anchored | None] = {}
        self.declared: dict[str, Span] = {}
        self.nodes = 0
        self.alias_nodes = 0
        self.alias_characters = 0
        self.pointer_characters = 0

    def read(self) -> None:
        next_event = CParser(self.text).get_event
        documents = 0
        while True:
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                self.attach(self.scalar(event), 0)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self.open(event, kind)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self.close(event)
            elif kind is AliasEvent:
                self.alias(event)
            elif kind is DocumentStartEvent:
                documents += 1
                self.begin_document(event, documents)
            elif kind is StreamEndEvent:
                return

    def report(self, rule: str, message: str, span: Span, *notes: Note) -> None:
        self.problems.append(Problem(rule, message, span, notes=notes))

    def scalar(self, event: Any) -> Scalar:
        start, end = event.start_mark.index, event.end_mark.index
        text, tag, style = event.value, event.tag, event.style
        plain = not style
        if event.anchor is not None or tag is not None:
            start = self.after_properties(start, end)
        if style in ("|", ">"):
            end = start + len(self.text[start:end].rstrip())
        if tag is None:
            kind = kind_of(text) if plain else "string"
        else:
            kind = self.tagged_kind(tag, text, event)
        node = Scalar(kind, start, end, text, plain=plain)
        # Few values have such a kind, or begin with a digit, or are that short.
        if kind != "string" or text < ":" or len(text) == 1:
            self.check_kind(node, tag)
        # Not a call for each value: they are what a file has most of.
        self.nodes += 1
        if self.nodes > self.limits.max_nodes:
            self.too_many(event)
        if event.anchor is not None:
            node.anchored = True
            self.declare(event)
            self.anchors[event.anchor] = _Anchored(node, 1, 0)
        if self.suspicious and (style == '"' or "?" in text):
            self.check_for_go(node, style)
        return node

    def check_kind(self, node: Scalar, tag: str | None) -> None:
        """Note a value about whose kind YAML readers disagree."""
        if node.text in ("true", "false", ""):
            return
        # A boolean in any spelling, a date, or one character; few documents have such a value.
        may_be = node.text in _DOUBTFUL_CHARACTERS or node.text[0].isdigit()
        plain = node.plain and tag is None and may_be
        if node.kind == "boolean" or (node.kind == "string" and plain):
            from validator.yaml_readers import is_doubtful

            if is_doubtful(node.text):
                self.doubtful.append(node)

    def check_for_go(self, node: Scalar, style: str) -> None:
        """Report a scalar that PyYAML reads, and the platform's YAML reader does not."""
        from validator import syntax

        if style == '"' and "\\/" in self.text[node.start : node.end]:
            self.problems += syntax.slash_escape(self.text, node)
        elif node.plain and "?" in node.text and self.stack and self.stack[-1].node.flow:
            self.problems.append(syntax.question_mark(node))

    def after_properties(self, start: int, end: int) -> int:
        found = re.compile(_PROPERTIES).match(self.text, start, end)
        return found.end() if found else start

    def tagged_kind(self, tag: str, text: str, event: Any) -> str:
        if tag == "tag:yaml.org,2002:str":
            return "string"
        kind = KINDS.get(tag)
        natural = kind_of(text)
        if tag == "!" and natural == "string":
            return natural
        if kind == natural or (kind == "number" and natural == "integer"):
            return kind
        span = self.tag_span(event)
        shown = self.text[span.start : span.end]
        if kind is None:
            message = (
                f"the tag {quoted(shown)} is not supported here; remove it, or put quotes around "
                "the value"
            )
        else:
            message = f"the value does not fit its tag {quoted(shown)}; remove the tag"
        self.report("unsupported-tag", message, span)
        return "string"

    def tag_span(self, event: Any) -> Span:
        start, end = event.start_mark.index, event.end_mark.index
        found = re.compile(r"(?:&\S*\s+)?(!\S*)").match(self.text, start, end)
        return Span(*found.span(1)) if found else Span(start, end)

    def open(self, event: Any, kind: type) -> None:
        start, flow = event.start_mark.index, bool(event.flow_style)
        if event.anchor is not None or event.tag is not None:
            start = min(self.after_properties(start, len(self.text)), event.end_mark.index - flow)
        if len(self.stack) >= self.limits.max_depth:
            self.too_deep(Span(start, start + 1))
        if event.tag not in (None, "!", _COLLECTION_TAGS[kind]):
            span = self.tag_span(event)
            tag = self.text[span.start : span.end]
            self.report(
                "unsupported-tag", f"the tag {quoted(tag)} is not supported here; remove it", span
            )
        node = (Mapping if kind is MappingStartEvent else Sequence)(start, flow=flow)
        if event.anchor is not None:
            node.anchored = True
            self.declare(event)
            self.anchors[event.anchor] = None
        room = self.limits.max_key_characters
        if self.stack:
            holder = self.stack[-1]
            room = holder.room - (len(holder.key.text) if isinstance(holder.key, Scalar) else 0)
        self.stack.append(_Frame(node, event.anchor, self.nodes, room))
        self.nodes += 1
        if self.nodes > self.limits.max_nodes:
            self.too_many(event)

    def too_many(self, event: Any) -> None:
        message = f"holds more than {self.limits.max_nodes:,} values; the rest is not read"
        self.report("too-large", message, Span(event.start_mark.index, event.end_mark.index))
        raise Stop

    def long_pointers(self, node: Node) -> None:
        self.report("too-large", LONG_POINTERS, Span(node.start, node.start + 1))
        raise Stop

    def too_deep(self, span: Span) -> None:
        message = f"nested deeper than {self.limits.max_depth} levels; the rest is not read"
        self.report("too-deep", message, span)
        raise Stop

    def close(self, event: Any) -> None:
        frame = self.stack.pop()
        node: Node = frame.node
        if self.stack:
            # The pointers of all that it holds repeat its key.
            key = self.stack[-1].room - frame.room
            self.pointer_characters += key * (self.nodes - frame.nodes_before)
            if self.pointer_characters > MAX_POINTER_CHARACTERS:
                self.long_pointers(node)
        if isinstance(node, (Mapping, Sequence)) and node.flow:
            node.end = event.end_mark.index
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
            self.anchors[frame.anchor] = _Anchored(node, nodes, frame.height)
        self.attach(node, frame.height)

    def declare(self, event: Any) -> None:
        """Note where an anchor is given, and report one that is given again."""
        name = event.anchor
        at = self.text.find(f"&{name}", event.start_mark.index)
        span = Span(at, at + 1 + len(name))
        first = self.declared.setdefault(name, span)
        if first is not span:
            message = (
                f"the anchor {quoted('&' + name)} is given again; give it another name, for some "
                "YAML readers reject the file"
            )
            self.report("duplicate-anchor", message, span, Note(first, "it is first given here"))

    def template(self, node: Node) -> Scalar:
        """The text that `{{ name }}` was meant to be; to YAML, it is a mapping in a mapping."""
        text = self.text[node.start : node.end]
        while self.problems and self.problems[-1].span.start > node.start:
            # What is wrong inside of it is no mistake of its own.
            self.problems.pop()
        message = f"{quoted(text)} is a mapping to YAML; put quotes around the value"
        self.report("yaml-syntax", message, node.span)
        return Scalar("string", node.start, node.end, text, plain=True)

    def alias(self, event: Any) -> None:
        span = Span(event.start_mark.index, event.end_mark.index)
        name = event.anchor
        if name not in self.anchors:
            # Needed only for a misspelt name.
            from validator.likeness import Vocabulary

            near = Vocabulary(self.anchors, invented=True).nearest(name).names
            advice = (
                did_you_mean(f"*{each}" for each in near)
                if near
                else "put quotes around it if it is text"
            )
            message = f"the alias {quoted('*' + name)} has no anchor before it; {advice}"
            self.report("yaml-syntax", message, span)
            raise Stop
        anchored = self.anchors[name]
        if anchored is None:
            self.report(
                "recursive-alias",
                f"the alias {quoted('*' + name)} stands inside the value that it stands for",
                span,
            )
            raise Stop
        self.count_alias(anchored.nodes, span)
        self.count_characters(anchored, span)
        if len(self.stack) + anchored.height > self.limits.max_depth:
            self.too_deep(span)
        node = anchored.node
        frame = self.stack[-1] if self.stack else None
        if (
            frame is not None
            and frame.key is None
            and isinstance(frame.node, Mapping)
            and isinstance(node, Scalar)
        ):
            # As a key, it stands where the alias stands.
            node = Scalar(node.kind, *span, node.text, plain=node.plain)
        self.attach(node, anchored.height, aliased=span)

    def count_alias(self, nodes: int, span: Span) -> None:
        self.nodes += nodes
        self.alias_nodes += nodes
        if self.alias_nodes > self.limits.max_alias_nodes:
            self.too_much(self.limits.max_alias_nodes, "values", span)

    def count_characters(self, anchored: _Anchored, span: Span) -> None:
        if anchored.characters is None:
            anchored.characters = _characters(anchored.node)
        self.alias_characters += anchored.characters
        if self.alias_characters > self.limits.max_alias_characters:
            self.too_much(self.limits.max_alias_characters, "characters", span)

    def too_much(self, most: int, what: str, span: Span) -> None:
        message = f"aliases expand to more than {most:,} {what}; the rest is not read"
        self.report("alias-expansion", message, span)
        raise Stop

    def attach(self, node: Node, height: int, aliased: Span | None = None) -> None:
        """Put a finished node where it belongs: into its list, or as key or value."""
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
                # The JSON pointers of all that it holds would repeat it.
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
            self.report("yaml-syntax", f"a key must be text, not {what}", key.span)
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

    def begin_document(self, event: Any, number: int) -> None:
        if number > 1:
            self.report(
                "multiple-documents",
                "a second document begins here; keep one document in a file",
                Span(event.start_mark.index, event.end_mark.index),
            )
            raise Stop
        if event.version == (1, 2):
            from validator import syntax

            self.problems.append(syntax.version_directive(self.text, event.start_mark.index))


def _characters(root: Node) -> int:
    """The number of characters of the scalars in a tree, those behind aliases each time."""
    count, stack = 0, [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Scalar):
            count += len(node.text)
        elif isinstance(node, Sequence):
            stack += node.items
        elif isinstance(node, Mapping):
            for name, (_, value) in node.members.items():
                count += len(name)
                stack.append(value)
    return count


def kind_of(text: str) -> str:
    """The kind of an unquoted scalar (see `Node.kind`).

    By the rules of YAML 1.1, but for what all of the platform's readers take for a number: `1e3`.
    """
    first = text[:1]
    if first.isalpha():
        return _WORDS.get(text, "string")
    for tag, pattern in _RESOLVERS.get(first, ()):
        if pattern.match(text):
            return KINDS[tag]
    # A path such as `./build` is none, and few documents have what may be one.
    if first in _BEGINS_A_NUMBER and (first.isdigit() or text[1:2] in _GOES_ON):
        from validator.yaml_readers import go_number

        return go_number(text) or "string"
    return "string"


MAX_POINTER_CHARACTERS = 50_000_000
"""The number of characters that the JSON pointers of a document's values have together."""

LONG_POINTERS = (
    "the keys around these values are too long for so many values: their JSON pointers have more "
    f"than {MAX_POINTER_CHARACTERS:,} characters; the rest is not read"
)


def long_key(limits: Limits) -> str:
    """The message on a key that is longer than it may be."""
    return (
        "this key, together with the keys around it, has more than "
        f"{limits.max_key_characters:,} characters; the rest is not read"
    )


def too_large(limits: Limits) -> Problem:
    """The problem of a document that is larger than it may be."""
    message = f"larger than {limits.max_bytes:,} bytes; it is not read"
    return Problem("too-large", message, Span(0, 0))


def _size(text: str, bound: int) -> int:
    """The number of bytes of a text in UTF-8, or any number on the same side of the bound."""
    if 4 * len(text) <= bound or len(text) > bound:
        return len(text)
    return len(text.encode("utf-8", "surrogatepass"))


def is_json(path: str | None) -> bool:
    """Whether a file is to be read as JSON, by its name."""
    return path is not None and path.lower().endswith(".json")


def _is_yaml(path: str | None) -> bool:
    return path is not None and path.lower().endswith((".yaml", ".yml"))


def read(text: str, limits: Limits, path: str | None = None) -> Source:
    """The node tree of a YAML or JSON text, without a byte order mark.

    By the name of its file a text is JSON (`.json`) or YAML (`.yaml`, `.yml`); any other text is
    JSON where it can be read as such, and else YAML. Never raises for what the text contains:
    YAML is read up to its first syntax error, JSON past those that can be read past, and both up
    to a limit that is exceeded; the problems say where.
    """
    if _size(text, limits.max_bytes) > limits.max_bytes:
        return Source(None, (too_large(limits),))
    found = None
    if is_json(path) or (_JSON.match(text) and not _is_yaml(path)):
        found = _read_json(text, limits, strict=is_json(path))
    if found is None:
        found = _read_yaml(text, limits)
    if not found.problems and (found.root is None or found.root.kind == "null"):
        message = "the file is empty and sets up nothing; add `services` or `tasks`, or remove it"
        return Source(found.root, (Problem("empty-document", message, Span(0, 0)),))
    return found


def _read_json(text: str, limits: Limits, *, strict: bool) -> Source | None:
    """A text as JSON; what is not JSON is read past its mistakes if `strict`, and else not."""
    from validator.json_source import read_json

    found = read_json(text, limits)
    if found is None and strict:
        # Wording is needed only when something is wrong.
        from validator.json_syntax import read_with_errors

        found = read_with_errors(text, limits)
    return found


def _read_yaml(text: str, limits: Limits) -> Source:
    if text.count("%TAG") > _MOST_TAG_DIRECTIVES:
        directives = _TAG_DIRECTIVE.finditer(text)
        one_more = next(islice(directives, _MOST_TAG_DIRECTIVES, None), None)
        if one_more is not None:
            message = f"more than {_MOST_TAG_DIRECTIVES} `%TAG` directives; the file is not read"
            return Source(None, (Problem("too-large", message, Span(*one_more.span())),))
    reader = Reader(text, limits)
    try:
        reader.read()
    except Stop:
        pass
    except (YAMLError, UnicodeEncodeError) as error:
        reader.root = None
        problem = forbidden_character(text)
        if problem is None:
            # Wording is needed only when something is wrong.
            from validator.syntax import describe

            problem = describe(error, text)
        # What was wrong with a part of it is one mistake with it.
        start, end = problem.span
        reader.problems = [
            each
            for each in reader.problems
            if not (start <= each.span.start and each.span.end <= end)
        ]
        reader.problems.append(problem)
    if "\ufeff" in text and reader.root is not None:
        from validator.syntax import byte_order_mark

        reader.problems += byte_order_mark(text, reader.root)
    return Source(reader.root, tuple(reader.problems), doubtful=tuple(reader.doubtful))
