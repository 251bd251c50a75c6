"""The fields of which only one may be set are those of the platform's contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests import oracle
from validator.contract.exclusive_fields import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    Descriptor = Any


def oneofs(message: Descriptor, seen: set[str]) -> Iterator[tuple[str, ...]]:
    """The oneofs of a message and of those in it; an optional field alone is none."""
    if message.full_name in seen or not message.full_name.startswith("gitpod."):
        return
    seen.add(message.full_name)
    for each in message.oneofs:
        if len(each.fields) > 1:
            yield tuple(field.json_name for field in each.fields)
    for field in message.fields:
        if field.message_type:
            yield from oneofs(field.message_type, seen)


def test_the_groups_are_those_of_the_sdk() -> None:
    seen: set[str] = set()
    kinds = ("workflow-file", "workflow", "workflow-execution", "workflow-execution-action")
    found = {
        frozenset(names)
        for kind in kinds
        for names in oneofs(oracle.MESSAGES[kind].DESCRIPTOR, seen)
    }
    # The environment of a task is no oneof there, but a constraint.
    assert {frozenset(group) for group in GROUPS} - {frozenset(("docker", "machine"))} == found
