"""Tasks that form a dependency cycle."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api.model import ApiDocument, Automation
from validator.finding import Problem, Span
from validator.model import graph
from validator.rules.dependency_cycle import problem


def check(document: ApiDocument) -> Iterator[Problem]:
    known = document.by_id
    needs = {name: _needs(name, automation, known) for name, automation in known.items()}
    for cycle in graph.cycles(needs):
        yield problem(
            [
                _edge(known[name], need)
                for name, need in zip(cycle, cycle[1:] + cycle[:1], strict=True)
            ]
        )


def _needs(name: str, automation: Automation, known: dict[str, Automation]) -> list[str]:
    needs = dict.fromkeys(entry.folded for entry in automation.dependencies)
    return [need for need in needs if need in known and need != name]


def _edge(automation: Automation, need: str) -> tuple[str, Span, str]:
    entry = next(each for each in automation.dependencies if each.folded == need)
    return automation.name, entry.span, entry.pointer


CHECKS = {"dependency-cycle": check}
