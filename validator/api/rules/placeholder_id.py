"""Ids that are placeholders."""

from __future__ import annotations

from collections.abc import Iterator

from validator import schemas
from validator.api.model import ApiDocument
from validator.api.workflow_examples import example
from validator.contract.compiler import compiled
from validator.contract.described_nodes import described_nodes
from validator.contract.formats import is_placeholder
from validator.finding import Problem, Severity
from validator.kinds import is_written
from validator.parsing.nodes import Node, Path, Scalar, pointer
from validator.rule import Rule
from validator.wording import quoted


def check(document: ApiDocument) -> Iterator[Problem]:
    if not is_written(document.kind):
        return
    for path, node in _ids(document.root, document.kind):
        if is_placeholder(node.text):
            message = f"{quoted(node.text)} is a placeholder; write the id itself"
            yield Problem("placeholder-id", message, node.span, pointer(path))


def _ids(root: Node, kind: str) -> Iterator[tuple[Path, Scalar]]:
    """The values of a document that are ids by its schema; one at an anchor comes once."""
    for path, node, schema in described_nodes(root, kind):
        if isinstance(node, Scalar):
            form = schemas.target(schema).value.get("format", "")
            # What is no id at all is reported with the schema.
            if form in ("uuid", "optional-uuid") and compiled(schema)(node):
                yield path, node


_GOOD = example()

RULES = (
    Rule(
        name="placeholder-id",
        severity=Severity.WARNING,
        group="workflows",
        summary="An id is a placeholder",
        why="An id of zeros looks right and names nothing, so the automation can't be registered, "
        "or never runs. Ids are shown by the command line and in the addresses of the UI.",
        bad=_GOOD.replace(
            "019d8bf4-1ded-7317-be2f-555e8fb55ff9", "00000000-0000-0000-0000-000000000000"
        ),
        good=_GOOD,
    ),
)

CHECKS = {"placeholder-id": check}
