"""What is lost in a failure, as JSON, as described by `schema/failure-output.schema.json`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from validator.finding_json import dumps
from validator.model.automations import Document
from validator.model.failure import Loss, dependents, loss_in
from validator.model.plan import Plan, Step, label

VERSION = 1
"""The version of the format; it increases when programs that read it would break."""


def draw(document: Document, plans: Sequence[Plan], reference: str) -> Iterator[str]:
    """The lines of one object: an automation, and what each plan that contains it loses."""
    automation = document.by_reference[reference]
    fields = {
        "version": VERSION,
        "reference": reference,
        "role": automation.role,
        "name": label(automation),
        "pointer": automation.pointer,
        "dependents": list(dependents(document, reference)),
    }
    for index, (name, value) in enumerate(fields.items()):
        yield f"{' ' if index else '{'}{dumps(name)}: {dumps(value)},"
    losses = [each for plan in plans if (each := loss_in(plan, reference)) is not None]
    yield ' "losses": ['
    for index, loss in enumerate(losses, 1):
        yield f"  {dumps(_loss(loss))}{',' if index < len(losses) else ''}"
    yield " ]}"


def _loss(loss: Loss) -> dict[str, Any]:
    plan = loss.plan
    return {
        **({"trigger": plan.trigger} if plan.trigger is not None else {"task": plan.task}),
        "lost": _references(loss.lost),
        "left": _references(loss.left),
        "prebuild": loss.prebuild,
    }


def _references(steps: Sequence[Step]) -> list[str]:
    return [step.reference for step in steps]
