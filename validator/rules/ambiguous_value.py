"""Unquoted values to which YAML readers give different types, if the schema accepts them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from validator import schemas
from validator.contract.rules.invalid_reference import holds_references, quotes_around
from validator.contract.type_advice import TRUTH
from validator.editing import edits
from validator.editing.edits import fixes
from validator.finding import Problem, Severity, Span
from validator.parsing.nodes import Mapping, Node, Path, Scalar, Sequence, pointer
from validator.parsing.yaml_readers import BOOLEANS, is_date
from validator.rule import Rule
from validator.schemas import Schema
from validator.wording import quoted


def problems(
    text: str, root: Node, kind: str, doubtful: Collection[Scalar], found: Collection[Span]
) -> Iterator[Problem]:
    """The problems of scalars to which YAML readers give different types.

    `found` are the places of other problems: one mistake gets one finding.
    """
    wanted = {id(node) for node in doubtful}
    seen: set[int] = set()
    stack: list[tuple[Node, Path, Schema]] = [(root, (), schemas.target(schemas.of_kind(kind)))]
    while stack:
        node, path, schema = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        inner: list[tuple[str | int, Node]] = []
        if isinstance(node, Mapping):
            references = holds_references(schema)
            for name, (key, value) in node.members.items():
                inner.append((name, value))
                if references and id(key) in wanted and key.span not in found:
                    quotes = quotes_around(key, text)
                    at = pointer((*path, name))
                    yield Problem("ambiguous-value", _advice(key), key.span, at, fixes=quotes)
        elif isinstance(node, Sequence):
            inner += enumerate(node.items)
        elif isinstance(node, Scalar) and id(node) in wanted and node.span not in found:
            yield from _value(node, path, schema)
        for step, value in inner:
            below = schemas.child(schema, step)
            if below is not None:
                stack.append((value, (*path, step), below))


def _value(node: Scalar, path: Path, schema: Schema) -> Iterator[Problem]:
    at = pointer(path)
    if node.kind == "string":
        quotes = fixes("Put it in quotes", edits.put_in_quotes(node))
        yield Problem("ambiguous-value", _advice(node), node.span, at, fixes=quotes)
    elif node.kind in schema.value.get("type", ()):
        truth = TRUTH[node.text.lower()]
        message = f"some YAML readers read {quoted(node.text)} as a string; write {quoted(truth)}"
        made = fixes(f"Write {quoted(truth)}", edits.take_out_of_quotes(node, truth))
        yield Problem("ambiguous-value", message, node.span, at, fixes=made)


def _advice(node: Scalar) -> str:
    if node.text in BOOLEANS:
        cause = f"some YAML readers read {quoted(node.text)} as a boolean"
    elif is_date(node.text):
        cause = f"some YAML readers read {quoted(node.text)} as a date"
    else:
        cause = f"some YAML readers reject {quoted(node.text)}"
    return f'{cause}; put it in quotes: "{node.text}"'


_TASK = "tasks:\n  build:\n    name: Build\n    command: make\n    triggeredBy: [prebuild]\n"

RULES = (
    Rule(
        name="ambiguous-value",
        severity=Severity.WARNING,
        group="syntax",
        summary="YAML readers disagree about the type of an unquoted value",
        why="YAML versions differ in what they read as a boolean or a date, and so do YAML "
        "readers: `yes` and `y` are booleans to one and strings to another. A reader that "
        "finds a boolean where a string belongs rejects the whole file, and vice versa. Put "
        "strings in quotes, and write booleans as `true` and `false`.",
        bad=_TASK + "    prebuildRequiresSuccess: yes\n",
        good=_TASK + "    prebuildRequiresSuccess: true\n",
        fixable=True,
    ),
)
