"""What stands above a task or service: its place in the plans, and how many need it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from validator import plan
from validator.finding import Span
from validator.language.hierarchy import incoming, item_of
from validator.language.known import dependents
from validator.language.view import View


@dataclass(frozen=True)
class Lens:
    """A line of text above a task or service, whose reference stands at `span`.

    `targets` are the dependencies on it, for a lens of the kind `needed-by`.
    """

    span: Span
    kind: Literal["plan", "needed-by"]
    reference: str
    title: str
    targets: tuple[Span, ...] = ()


def lenses(view: View) -> tuple[Lens, ...]:
    """The lenses of a document, in the order of its tasks and services."""
    document = view.document
    places = _places(view)
    found: list[Lens] = []
    for reference in document.by_reference:
        item = item_of(view, reference)
        if item is None:
            continue
        title = places.get(reference) or "in no plan: nothing starts it"
        found.append(Lens(item.key, "plan", reference, title))
        count = len(dependents(view).get(reference, ()))
        if count:
            targets = tuple(span for call in incoming(view, reference) for span in call.spans)
            found.append(Lens(item.key, "needed-by", reference, f"needed by {count}", targets))
    return tuple(found)


def _places(view: View) -> dict[str, str]:
    """Where each reference runs in the plans of the triggers that bring it about, in words."""
    runs: dict[str, dict[str, list[str]]] = {}
    never: dict[str, list[str]] = {}
    for made in plan.of_document(view.document):
        trigger = made.trigger or ""
        for number, group in enumerate(made.groups, 1):
            for step in group.steps:
                place = f"{number} of {len(made.groups)}"
                runs.setdefault(step.reference, {}).setdefault(place, []).append(trigger)
        for step in made.unordered:
            never.setdefault(step.reference, []).append(trigger)
    found = {
        reference: "runs in group "
        + ", ".join(f"{place} ({', '.join(triggers)})" for place, triggers in places.items())
        for reference, places in runs.items()
    }
    for reference, triggers in never.items():
        found[reference] = f"never runs ({', '.join(triggers)}): dependencies go in a circle"
    return found
