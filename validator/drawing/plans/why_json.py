"""Explanations as JSON for programs, as described by `schema/why-output.schema.json`."""

from __future__ import annotations

from typing import Any

from validator.finding_json import dumps
from validator.model.plan import label
from validator.model.run_explanation import RunExplanation

VERSION = 1
"""The version of the format; it increases when programs that read it would break."""


def draw(explained: RunExplanation) -> str:
    """The explanation as one JSON object, with one field per line."""
    fields = {"version": VERSION, **as_json(explained)}
    lines = ",\n".join(f"{dumps(name)}: {dumps(value)}" for name, value in fields.items())
    return f"{{{lines}}}\n"


def as_json(explained: RunExplanation) -> dict[str, Any]:
    """An explanation as JSON values."""
    automation = explained.automation
    return {
        "reference": automation.reference,
        "role": automation.role,
        "name": label(automation),
        "pointer": automation.pointer,
        "starts": [
            {
                "trigger": each.trigger,
                "path": list(each.path),
                "neededBy": list(each.needed_by),
                "userSecrets": each.user_secrets,
            }
            for each in explained.starts
        ],
        "byHand": list(explained.by_hand),
        "needs": [
            {
                "reference": each.reference,
                "role": each.automation.role,
                "until": each.until,
                "direct": each.direct,
            }
            for each in explained.needs
        ],
        "unknown": list(explained.unknown),
        "neverRuns": explained.never_runs,
        "place": explained.place,
        "image": explained.image,
        "occasions": [
            {"name": each.name, "runs": each.runs, "triggers": list(each.triggers)}
            for each in explained.occasions
        ],
        "prebuildFailure": explained.prebuild_failure,
        "dependents": list(explained.dependents),
        "complete": explained.complete,
    }
