"""The dependencies of tasks and of steps."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api.model import ApiDocument
from validator.api.values import Value
from validator.finding import Problem
from validator.rules import duplicate_dependency, self_dependency
from validator.wording import quoted


def unknown(document: ApiDocument) -> Iterator[Problem]:
    if not document.whole:
        return
    for dependent in document.dependents:
        for entry in dependent.entries:
            if entry.folded not in document.by_id:
                message = (
                    f"no task or service has the id {quoted(entry.text)}; "
                    "add it, or remove this entry"
                )
                yield Problem("unknown-dependency", message, entry.span, entry.pointer)


def on_itself(document: ApiDocument) -> Iterator[Problem]:
    for dependent in document.dependents:
        for entry in dependent.entries:
            if dependent.id is not None and entry.folded == dependent.id.folded:
                fixes = document.without(dependent.list, entry)
                yield self_dependency.problem(dependent.title, entry.span, entry.pointer, fixes)


def repeated(document: ApiDocument) -> Iterator[Problem]:
    for dependent in document.dependents:
        seen: dict[str, Value] = {}
        for entry in dependent.entries:
            first = seen.setdefault(entry.folded, entry)
            if first is not entry:
                fixes = document.without(dependent.list, entry)
                yield duplicate_dependency.problem(
                    entry.text, entry.span, entry.pointer, first.span, fixes
                )


CHECKS = {
    "duplicate-dependency": repeated,
    "self-dependency": on_itself,
    "unknown-dependency": unknown,
}
