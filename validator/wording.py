"""How names and values are put into messages."""

from __future__ import annotations

from collections.abc import Iterable

from validator.parsing.nodes import Node, Scalar

MAX_QUOTED = 60
"""The number of characters of a document's own text that a message repeats at most."""

_KIND_NAMES = {
    "array": "a list",
    "boolean": "a boolean",
    "integer": "a number",
    "merge": "a merge key",
    "null": "null",
    "number": "a number",
    "object": "a mapping",
    "string": "text",
    "timestamp": "a date",
}


def quoted(text: str) -> str:
    """A piece of the document in backquotes: of its first line 60 characters at most."""
    text = text.lstrip("\r\n")
    end = text.find("\n", 0, MAX_QUOTED + 1)
    text = text[:end] + "…" if end >= 0 else text
    shown = text if len(text) <= MAX_QUOTED else text[: MAX_QUOTED - 1] + "…"
    return f"`{shown}`"


def kind_name(kind: str) -> str:
    """What a value that has to be of this kind is called: `a list`, `text`, `a whole number`."""
    return "a whole number" if kind == "integer" else _KIND_NAMES[kind]


def value_name(node: Node) -> str:
    """What a value is called, with its text where that is short: "a boolean (`true`)"."""
    name = _KIND_NAMES[node.kind]
    if isinstance(node, Scalar) and node.kind != "null" and node.text:
        return f"{name} ({quoted(node.text)})"
    return name


def with_article(name: str) -> str:
    """A name with its article: "a task", "an environment", "a UUID"."""
    return f"{'an' if name[0] in 'aeio' else 'a'} {name}"


def listed(names: list[str], last: str = "or") -> str:
    """Names in backquotes, as a phrase: "`a`, `b` or `c`"."""
    shown = [quoted(name) for name in names]
    if len(shown) == 1:
        return shown[0]
    return f"{', '.join(shown[:-1])} {last} {shown[-1]}"


def did_you_mean(names: Iterable[str]) -> str:
    """The question whether one of some names was meant: "did you mean `a` or `b`?"."""
    return f"did you mean {listed(list(names))}?"
