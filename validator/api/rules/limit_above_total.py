"""Limits of AI automations that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api.model import ApiDocument
from validator.api.workflow_examples import example
from validator.finding import Note, Problem, Severity
from validator.rule import SDK, Rule
from validator.wording import quoted


def check(document: ApiDocument) -> Iterator[Problem]:
    for action in (each for workflow in document.workflows for each in workflow.actions):
        parallel, total = action.limits
        if parallel is None or total is None or parallel[1] <= total[1]:
            continue
        (here, most), (other, whole) = parallel, total
        message = (
            f"{quoted(here.name)} is {most}, above {quoted(other.name)}, which is {whole}; "
            "lower the one, or raise the other"
        )
        note = Note(other.span, f"{quoted(other.name)} is here")
        yield Problem("limit-above-total", message, here.span, here.pointer, (note,))


RULES = (
    Rule(
        name="limit-above-total",
        severity=Severity.ERROR,
        group="workflows",
        summary="`maxParallel` of an AI automation is above `maxTotal`",
        why="There can't be more runs at the same time than runs in all. The platform rejects the "
        "whole automation.",
        source=SDK,
        bad=example(limits="maxParallel: 5, maxTotal: 2"),
        good=example(limits="maxParallel: 2, maxTotal: 5"),
    ),
)

CHECKS = {"limit-above-total": check}
