"""Objects of an API document whose fields use both spellings."""

from __future__ import annotations

from collections.abc import Iterator

from validator import schemas
from validator.contract.spelling import camel_case, snake_case
from validator.editing import edits
from validator.finding import Note, Problem, Severity
from validator.parsing.nodes import Mapping, Node, Path, Scalar, Sequence, pointer
from validator.rule import Rule
from validator.schemas import Schema
from validator.wording import quoted


def problems(text: str, root: Node, kind: str) -> Iterator[Problem]:
    """A problem at each field that is not in the spelling of its object's first one.

    `text` is the text that the places refer to; if it is "", there are no fixes.
    """
    stack: list[tuple[Node, Schema | None, Path]] = [(root, schemas.of_kind(kind), ())]
    while stack:
        node, schema, path = stack.pop()
        if schema is None:
            continue
        if isinstance(node, Sequence):
            entry = schemas.child(schema, 0)
            stack += [(item, entry, (*path, index)) for index, item in enumerate(node.items)]
        elif isinstance(node, Mapping):
            yield from _of_object(text, node, schema, path)
            for name, (_, value) in node.members.items():
                stack.append((value, schemas.child(schema, name), (*path, name)))


def _of_object(text: str, node: Mapping, schema: Schema, path: Path) -> Iterator[Problem]:
    known = schemas.fields(schema)
    # A field of one word has only one spelling.
    keys = [key for name, (key, _) in node.members.items() if _other(name) in known]
    if not keys:
        return
    first = keys[0]
    for key in keys[1:]:
        meant = _other(key.text)
        if ("_" in key.text) != ("_" in first.text) and meant not in node.members:
            yield _problem(text, first, key, meant, path)


def _other(name: str) -> str:
    """A field's other spelling; "" if it has none."""
    other = camel_case(name) if "_" in name else snake_case(name)
    return other if other != name else ""


def _problem(text: str, first: Scalar, key: Scalar, meant: str, path: Path) -> Problem:
    message = (
        f"{quoted(key.text)} is not in the spelling of {quoted(first.text)}; write {quoted(meant)}"
    )
    return Problem(
        "mixed-spelling",
        message,
        key.span,
        pointer((*path, key.text)),
        (Note(first.span, "the object begins in this spelling"),),
        edits.fixes(f"Write {quoted(meant)}", edits.rename(key, meant, text)),
    )


_GOOD = """\
id: 3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11
environmentId: 8d0e6b52-1f3a-4b7c-8a9d-0c5e7f2b4d63
dependsOn: []
spec:
  command: npm ci
"""

RULES = (
    Rule(
        name="mixed-spelling",
        severity=Severity.WARNING,
        group="structure",
        summary="The fields of an object are in two spellings",
        why="The API sends `createdAt`, the Python SDK prints `created_at`, and most readers know "
        "only one of the two. An object that mixes them was written by hand, and "
        "a reader misses some of its fields.",
        bad=_GOOD.replace("dependsOn", "depends_on"),
        good=_GOOD,
        fixable=True,
    ),
)
