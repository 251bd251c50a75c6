"""Infer the kind of an API document from its content."""

from __future__ import annotations

from validator import schemas
from validator.contract.location import beginning
from validator.contract.spelling import camel_case
from validator.finding import Problem
from validator.kinds import DEFAULT_KIND, KINDS, SECTIONS, WORKFLOW_FILE, is_written
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence
from validator.schemas import Schema
from validator.wording import listed

# Top-level fields of API documents, in the API's spelling, that no automations file has.
_API_FIELDS = {
    *("environmentId", "id", "metadata", "pagination", "runnerId", "spec", "status"),
    *(name for kind in KINDS.values() for name, _ in kind.lists if name not in SECTIONS),
}
# Further fields that may occur next to one of those.
_OTHER_FIELDS = {
    *("configuration", "count", "dependsOn", "description", "displayName", "enabled"),
    "webhookUrl",
}

_TRIGGERS = {
    *("beforeSnapshot", "manual", "postDevcontainerStart", "postEnvironmentStart"),
    *("postMachineStart", "prebuild"),
}


def candidates(root: Node) -> tuple[str, ...]:
    """The possible kinds of a document by its content; none for a list, which is no document.

    Whatever is no API document is an automations file, however broken; so is an empty document.
    """
    if isinstance(root, Sequence) and _holds_api_objects(root):
        return ()
    if not isinstance(root, Mapping):
        return (DEFAULT_KIND,)
    fields = set(map(camel_case, root.members))
    if fields & {"services", "tasks"}:
        return _holders(root)
    if _is_workflow(root):
        return (WORKFLOW_FILE,)
    if fields and fields <= _TRIGGERS:
        return ("automation-trigger",)
    if not fields & _API_FIELDS or len(fields - _API_FIELDS - _OTHER_FIELDS) >= len(fields) / 2:
        return (DEFAULT_KIND,)
    kinds = (kind for kind in KINDS if not is_written(kind))
    scores = {kind: _score(root, schemas.of_kind(kind)) for kind in kinds}
    return tuple(kind for kind, score in scores.items() if score == max(scores.values()))


def _is_workflow(root: Mapping) -> bool:
    """Whether a document has the fields of a workflow file: triggers with a context, or steps."""
    action, triggers = root.get("action"), root.get("triggers")
    if isinstance(action, Mapping) and action.members.keys() & {"limits", "steps"}:
        return True
    return isinstance(triggers, Sequence) and any(
        isinstance(each, Mapping) and "context" in each.members for each in triggers.items
    )


def _holders(root: Mapping) -> tuple[str, ...]:
    """The kinds of a document with `tasks` or `services`: mappings in files, lists in the API.

    A list may also be the older `.gitpod.yml` form, so its entries have to be those of the API.
    """
    names = [name for name in ("tasks", "services") if name in root.members]
    held = [root.members[name][1] for name in names]
    paged = "pagination" in root.members and not any(isinstance(each, Mapping) for each in held)
    if not paged and not any(map(_holds_api_objects, held)):
        return (DEFAULT_KIND,)
    found = tuple(
        kind for kind, record in KINDS.items() if [each for each, _ in record.lists] == names
    )
    mixed = len(held) > 1 and any(isinstance(each, Mapping) for each in held)
    return (DEFAULT_KIND, *found) if mixed else found


def _holds_api_objects(value: Node) -> bool:
    return isinstance(value, Sequence) and any(
        isinstance(item, Mapping) and item.members.keys() & {"id", "metadata", "spec"}
        for item in value.items
    )


def _score(node: Mapping, schema: Schema, levels: int = 1) -> int:
    """How much of an object a schema knows: fields, the fields in them, and enum values."""
    known = schemas.fields(schema)
    score = 0
    for name, (_, value) in node.members.items():
        inner = schemas.child(schema, name) if name in known else None
        if inner is None:
            continue
        score += 1
        if isinstance(value, Mapping) and levels:
            score += _score(value, inner, levels - 1)
        elif isinstance(value, Scalar) and "enum" in inner.value:
            # The values of an enum share a prefix: `SERVICE_PHASE_UNSPECIFIED` and so on.
            score += value.text.startswith(inner.value["enum"][0].removesuffix("UNSPECIFIED"))
    return score


def unclear(root: Node, found: tuple[str, ...]) -> Problem:
    """The problem of a document whose kind can't be inferred."""
    if found:
        message = (
            f"the kind of this document is not clear: {listed(list(found))}; name it with "
            "`--kind`, or with `kind=` in Python"
        )
    else:
        message = (
            "a list is not a document; put it under `tasks`, `services`, "
            "`taskExecutions` or `statuses`"
        )
    return Problem("ambiguous-kind", message, beginning(root))
