"""Code lenses above tasks and services: their place in the plans, and how many need them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from validator.finding import Span
from validator.language.features.call_hierarchy import item_of
from validator.language.references import dependents
from validator.language.snapshot import View
from validator.model import plan

# More than a person looks at, and than some editors show in time.
_MOST = 5_000


@dataclass(frozen=True)
class Lens:
    """A line of text above a task or service, whose reference is at `span`."""

    span: Span
    reference: str
    title: str


def lenses(view: View) -> tuple[Lens, ...]:
    """The lenses of a document, in the order of its tasks and services; limited to 5,000 items."""
    document = view.document
    places = _places(view)
    found: list[Lens] = []
    for reference in islice(document.by_reference, _MOST):
        item = item_of(view, reference)
        if item is None:
            continue
        title = places.get(reference) or "in no plan: nothing starts it"
        found.append(Lens(item.key, reference, title))
        count = len(dependents(view).get(reference, ()))
        if count:
            found.append(Lens(item.key, reference, f"needed by {count}"))
    return tuple(found)


def _places(view: View) -> dict[str, str]:
    """In words, where each reference runs in the plans of the triggers that include it."""
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
        found[reference] = f"never runs ({', '.join(triggers)}): dependencies form a cycle"
    return found
