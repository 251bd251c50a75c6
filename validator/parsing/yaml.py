"""Parse YAML text to a node tree, from the events of PyYAML's parser."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from yaml.error import YAMLError
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

from validator.finding import Note, Problem, Span
from validator.parsing.builder import Anchored, Source, Stop, TreeBuilder
from validator.parsing.limits import Limits
from validator.parsing.nodes import KINDS, Mapping, Node, Scalar, Sequence
from validator.parsing.text import forbidden_character
from validator.wording import did_you_mean, quoted

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

try:
    # Not from `yaml.cyaml`: that imports most of PyYAML.
    from yaml._yaml import CParser as _Parser
except ImportError:
    # Without libyaml, as in a browser. It is many times slower.
    from validator.parsing.pure_yaml import PureParser as _Parser  # type: ignore[assignment]

__all__ = ["kind_of", "read_yaml"]

# The only unquoted words that are not strings; no other such value begins with a letter.
_WORDS = {
    spelling: "null" if word == "null" else "boolean"
    for word in ("null", "true", "false", "yes", "no", "on", "off")
    for spelling in (word, word.title(), word.upper())
}
# What a value begins with, apart from letters, that may not be a string.
_NOT_ALWAYS_STRINGS = frozenset("0123456789+-.~<=")
_BEGINS_A_NUMBER = frozenset("0123456789+-.")
_DOUBTFUL_CHARACTERS = frozenset("yYnN=")
_GOES_ON = frozenset("0123456789._")
# Also `.inf` and `.nan`; a path such as `./build` is a string.
_AFTER_A_SIGN = _GOES_ON | frozenset("iInN")
# Not `\s`: an unquoted value may begin with a no-break space, and U+0085 ends a comment.
_BREAKS = "\r\n\x85\u2028\u2029"
_PROPERTIES = rf"(?:[&!][^ \t{_BREAKS}]*(?:[ \t{_BREAKS}]+(?:#[^{_BREAKS}]*)?)*)+"
# The parser compares each directive with all before it.
_MOST_TAG_DIRECTIVES = 100
_TAG_DIRECTIVE = r"(?:^|(?<=[\r\n\x85\u2028\u2029]))%TAG"
_COLLECTION_TAGS: dict[type, str] = {
    MappingStartEvent: "tag:yaml.org,2002:map",
    SequenceStartEvent: "tag:yaml.org,2002:seq",
}


class _Reader(TreeBuilder):
    """Build nodes from the parser's events.

    `doubtful` are the scalars to which YAML readers give different types.
    """

    def __init__(self, text: str, limits: Limits) -> None:
        super().__init__(text, limits)
        self.doubtful: list[Scalar] = []
        self.suspicious = "?" in text or "\\/" in text
        self.declared: dict[str, Span] = {}
        self.alias_characters = 0

    def read(self) -> None:
        next_event = _Parser(self.text).get_event
        documents = 0
        while True:
            event: Any = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                self.attach(self.scalar(event), 0)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self.open_event(event, kind)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self.close(event.end_mark.index)
            elif kind is AliasEvent:
                self.alias(event)
            elif kind is DocumentStartEvent:
                documents += 1
                self.begin_document(event, documents)
            elif kind is StreamEndEvent:
                return

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
        # Few values have such a kind, begin with a digit, or are that short.
        if kind != "string" or text < ":" or len(text) == 1:
            self.check_kind(node, tag)
        # Inlined, not a call per value: scalars are most of a file.
        self.nodes += 1
        if self.nodes > self.limits.max_nodes:
            self.too_many(Span(event.start_mark.index, event.end_mark.index))
        if event.anchor is not None:
            node.anchored = True
            self.declare(event)
            self.anchors[event.anchor] = Anchored(node, 1, 0)
        if self.suspicious and (style == '"' or "?" in text):
            self.check_for_go(node, style)
        return node

    def check_kind(self, node: Scalar, tag: str | None) -> None:
        """Record a value to which YAML readers give different types."""
        if node.text in ("true", "false", ""):
            return
        # A boolean in any spelling, a date, or one character; few documents have such a value.
        may_be = node.text in _DOUBTFUL_CHARACTERS or node.text[0].isdigit()
        plain = node.plain and tag is None and may_be
        if node.kind == "boolean" or (node.kind == "string" and plain):
            from validator.parsing.yaml_readers import is_doubtful

            if is_doubtful(node.text):
                self.doubtful.append(node)

    def check_for_go(self, node: Scalar, style: str) -> None:
        """Report a scalar that PyYAML reads, but the platform's YAML reader rejects."""
        from validator.parsing import yaml_errors

        if style == '"' and "\\/" in self.text[node.start : node.end]:
            self.problems += yaml_errors.slash_escape(self.text, node)
        elif node.plain and "?" in node.text and self.stack and self.stack[-1].node.flow:
            self.problems.append(yaml_errors.question_mark(node))

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

    def open_event(self, event: Any, kind: type) -> None:
        start, flow = event.start_mark.index, bool(event.flow_style)
        if event.anchor is not None or event.tag is not None:
            start = min(self.after_properties(start, len(self.text)), event.end_mark.index - flow)
        self.check_depth(start)
        if event.tag not in (None, "!", _COLLECTION_TAGS[kind]):
            span = self.tag_span(event)
            tag = self.text[span.start : span.end]
            self.report(
                "unsupported-tag", f"the tag {quoted(tag)} is not supported here; remove it", span
            )
        if event.anchor is not None:
            self.declare(event)
        node = (Mapping if kind is MappingStartEvent else Sequence)(start, flow=flow)
        self.open(node, event.start_mark.index, event.end_mark.index, event.anchor)

    def declare(self, event: Any) -> None:
        """Record the place of an anchor, and report an anchor that is already defined."""
        name = event.anchor
        at = self.text.find(f"&{name}", event.start_mark.index)
        span = Span(at, at + 1 + len(name))
        first = self.declared.setdefault(name, span)
        if first is not span:
            message = (
                f"the anchor {quoted('&' + name)} is defined twice; rename this one, because "
                "some YAML readers reject the file"
            )
            self.report("duplicate-anchor", message, span, Note(first, "it is first defined here"))

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
                f"the alias {quoted('*' + name)} is inside the value that it refers to",
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
            # As a key, it has the place of the alias.
            node = Scalar(node.kind, *span, node.text, plain=node.plain)
        self.attach(node, anchored.height, aliased=span)

    def count_characters(self, anchored: Anchored, span: Span) -> None:
        if anchored.characters is None:
            anchored.characters = _characters(anchored.node)
        self.alias_characters += anchored.characters
        if self.alias_characters > self.limits.max_alias_characters:
            self.too_much(self.limits.max_alias_characters, "characters", span)

    def begin_document(self, event: Any, number: int) -> None:
        if number > 1:
            self.report(
                "multiple-documents",
                "a second document begins here; keep one document in a file",
                Span(event.start_mark.index, event.end_mark.index),
            )
            raise Stop
        if event.version == (1, 2):
            from validator.parsing import yaml_errors

            self.problems.append(yaml_errors.version_directive(self.text, event.start_mark.index))


def _characters(root: Node) -> int:
    """The number of characters of the scalars in a tree; aliased ones count each time."""
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

    By the rules of YAML 1.1, except that numbers of all the platform's readers count too: `1e3`.
    """
    first = text[:1]
    if not first:
        return "null"
    if first.isalpha():
        return _WORDS.get(text, "string")
    if first in _NOT_ALWAYS_STRINGS and (first not in "+-." or text[1:2] in _AFTER_A_SIGN):
        for tag, pattern in _resolvers().get(first, ()):
            if pattern.match(text):
                return KINDS[tag]
    # A path such as `./build` is not one, and few documents have candidates.
    if first in _BEGINS_A_NUMBER and (first.isdigit() or text[1:2] in _GOES_ON):
        from validator.parsing.yaml_readers import go_number

        return go_number(text) or "string"
    return "string"


@cache
def _resolvers() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """PyYAML's patterns of the values that are not strings, by what they begin with."""
    # Takes long to import, and few documents have such values.
    from yaml.resolver import Resolver

    return Resolver.yaml_implicit_resolvers


def read_yaml(text: str, limits: Limits, parsed: str | None = None) -> Source:
    """The node tree of a YAML text, up to its first syntax error.

    `parsed` is what is parsed in its place: the same text, with spaces for what does not matter.
    """
    if text.count("%TAG") > _MOST_TAG_DIRECTIVES:
        directives = re.finditer(_TAG_DIRECTIVE, text)
        one_more = next(islice(directives, _MOST_TAG_DIRECTIVES, None), None)
        if one_more is not None:
            message = f"more than {_MOST_TAG_DIRECTIVES} `%TAG` directives; the file is not read"
            return Source(None, (Problem("too-large", message, Span(*one_more.span())),))
    reader = _Reader(text if parsed is None else parsed, limits)
    try:
        reader.read()
    except Stop:
        pass
    except (YAMLError, UnicodeEncodeError) as error:
        reader.root = None
        problem = forbidden_character(text)
        if problem is None:
            # Messages are needed only when something is wrong.
            from validator.parsing.yaml_errors import describe

            problem = describe(error, text)
        # Problems inside its place are the same mistake.
        start, end = problem.span
        reader.problems = [
            each
            for each in reader.problems
            if not (start <= each.span.start and each.span.end <= end)
        ]
        reader.problems.append(problem)
    if "\ufeff" in text and reader.root is not None:
        from validator.parsing.yaml_errors import byte_order_mark

        reader.problems += byte_order_mark(text, reader.root)
    problems, doubtful = tuple(reader.problems), tuple(reader.doubtful)
    anchors, nodes = bool(reader.anchors), reader.nodes
    return Source(reader.root, problems, doubtful=doubtful, anchors=anchors, nodes=nodes)
