"""Plans as a readable timeline: what runs when, in parallel with what, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.display import columns, padded, truncated, wrap
from validator.drawing.plans.names import safe_name, safe_reference
from validator.model.automations import Document
from validator.model.plan import LIFE, Plan, Step, group_numbers, label, reached_by
from validator.wording import first_names, phrase

_BOLD = "1"
_DIM = "2"
_RED = "31"
_BLUE = "34"


def draw(
    plans: Sequence[Plan], document: Document | None, *, color: bool, width: int
) -> Iterator[str]:
    """The lines of plans, one after another; `width` is the maximum number of columns.

    With a document, lines on triggers that start nothing and on items in no plan follow.
    """
    # One layout for all: side by side, unless a plan is too wide for that.
    aligned = all(_alignment(_steps(plan), width) for plan in plans)
    timeline = _Timeline(color, width, aligned=aligned)
    for index, plan in enumerate(plans):
        yield from [""] * bool(index)
        yield from timeline.plan(plan)
    if document is not None:
        more = list(timeline.rest(document))
        yield from [""] * bool(plans and more)
        yield from more


class _Timeline:
    def __init__(self, color: bool, width: int, *, aligned: bool) -> None:
        self._color = color
        self._width = width
        self._aligned = aligned

    def rest(self, document: Document) -> Iterator[str]:
        silent = [phase.trigger for phase in LIFE if not reached_by(document, phase.trigger)]
        planned = reached_by(document, *(phase.trigger for phase in LIFE))
        loose = [reference for reference in document.by_reference if reference not in planned]
        if not document.by_reference:
            yield "There are no tasks and no services."
            return
        if silent:
            yield from self._wrapped(f"Nothing is triggered by {_listed(silent, last='or')}.")
        runs = group_numbers(document)
        by_hand = [reference for reference in loose if reference in runs]
        if by_hand:
            yield from self._wrapped(
                f"In no plan, started only by hand, from the command line: {_listed(by_hand)}."
            )
        never = [reference for reference in loose if reference not in runs]
        if never:
            why = "Never run, in a dependency cycle or waiting for one"
            yield from self._wrapped(f"{why}: {_listed(never)}.", style=_RED)

    def plan(self, plan: Plan) -> Iterator[str]:
        yield from self._heading(plan)
        if not plan.groups and not plan.unordered:
            yield "  nothing"
        aligned = _alignment(_steps(plan), self._width) if self._aligned else None
        for number, group in enumerate(plan.groups, 1):
            together = ", at the same time" if len(group.steps) > 1 else ""
            yield f"  {self._style(f'group {number}', _BLUE)}{together}:"
            for step in group.steps:
                yield from self._step(step, aligned)
        if plan.unordered:
            why = "never (in a dependency cycle, or waiting for one)"
            yield f"  {self._style(why, _RED)}:"
            for step in plan.unordered:
                yield from self._step(step, aligned)
        if plan.unknown:
            names = list(dict.fromkeys(each.reference for each in plan.unknown))
            yield from self._wrapped(f"needed, but not in the file: {_listed(names)}", 2, _RED)

    def _heading(self, plan: Plan) -> Iterator[str]:
        if plan.trigger is None:
            yield f"{self._style(safe_reference(plan.task or ''), _BOLD)} and what it needs"
            return
        phase = next(phase for phase in LIFE if phase.trigger == plan.trigger)
        secrets = "" if phase.user_secrets else "; without user secrets"
        first, *more = wrap(f"{plan.trigger}: {phase.when}{secrets}", self._width, 2)
        yield self._style(plan.trigger, _BOLD) + first[len(plan.trigger) :]
        yield from more

    def _step(self, step: Step, aligned: tuple[int, int] | None) -> Iterator[str]:
        automation = step.automation
        reference, name = safe_reference(step.reference), safe_name(label(automation))
        note = _note(step)
        if aligned is None:
            shown = f"{automation.role} {reference}"
            room = self._width - 4 - columns(shown) - 2
            yield f"    {shown}" + (f": {truncated(name, room)}" if room > 3 else "")
            if note:
                yield from self._wrapped(note, 8, _DIM)
            return
        row = f"    {automation.role:7}  {padded(reference, aligned[0])}  "
        row += f"{padded(name, aligned[1])}  {self._style(note, _DIM)}" if note else name
        yield row.rstrip()

    def _wrapped(self, text: str, indent: int = 0, style: str = "") -> Iterator[str]:
        for line in wrap(" " * indent + text, self._width, indent + 2):
            begun = len(line) - len(line.lstrip())
            yield line[:begun] + self._style(line[begun:], style)

    def _style(self, text: str, code: str) -> str:
        return f"\033[{code}m{text}\033[0m" if self._color and code and text else text


def _steps(plan: Plan) -> list[Step]:
    return [*plan.steps, *plan.unordered]


def _alignment(steps: Sequence[Step], width: int) -> tuple[int, int] | None:
    """The widths of references and names in columns; None if lines would not fit side by side."""
    names = [safe_reference(step.reference) for step in steps]
    labels = [safe_name(label(step.automation)) for step in steps]
    first = max(map(columns, names), default=0)
    second = max(map(columns, labels), default=0)
    notes = max((columns(_note(step)) for step in steps), default=0)
    return (first, second) if 4 + 7 + 2 + first + 2 + second + 2 + notes <= width else None


def _note(step: Step) -> str:
    """What a step waits for, and what pulls it in."""
    parts = []
    if step.needs:
        parts.append(f"waits for {_listed(step.needs)}")
    if step.pulled_in_by is not None:
        parts.append(f"pulled in by {safe_reference(step.pulled_in_by)}")
    return "; ".join(parts)


def _listed(names: Sequence[str], last: str = "and") -> str:
    """References as a phrase, only the first of many: "a, b and 3 more"."""
    return phrase(first_names(names, safe_reference), last)
