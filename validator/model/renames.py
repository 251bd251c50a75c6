"""Tasks and services that have a new reference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable

from validator.model.automations import Document, Role
from validator.model.graph import sound_levels
from validator.model.plan import label
from validator.model.settings import place, settings


def renames(old: Document, new: Document) -> dict[str, str]:
    """The old references that are gone, each with the new one of the same task or service.

    They are the same if the platform runs them in the same way: dependencies too, which may be
    renamed themselves. Of several that are the same, those with the same display name belong
    together, and else the first in alphabetical order. Of the rest, two tasks or two services are
    the same if no other has their display name. Takes time linear in the size of both, but for
    sorting.
    """
    gone = {name for name in old.by_reference if name not in new.by_reference}
    added = {name for name in new.by_reference if name not in old.by_reference}
    if not gone or not added:
        return {}
    numbers: dict[Hashable, int] = {}
    olds, news = _alike(old, gone, numbers), _alike(new, added, numbers)
    found: dict[str, str] = {}
    for number, several in olds.items():
        found.update(_paired(old, several, new, news.get(number, [])))
    named = _by_name(old, gone.difference(found)), _by_name(new, added.difference(found.values()))
    for name, references in named[0].items():
        others = named[1].get(name, [])
        if len(references) == len(others) == 1:
            found[references[0]] = others[0]
    return found


def _by_name(document: Document, references: set[str]) -> dict[tuple[Role, str], list[str]]:
    """References by the role and the display name, of those that have a name of their own."""
    found: dict[tuple[Role, str], list[str]] = defaultdict(list)
    for reference in references:
        automation = document.by_reference[reference]
        name = label(automation)
        if name != reference:
            found[automation.role, name].append(reference)
    return found


def _alike(
    document: Document, references: set[str], numbers: dict[Hashable, int]
) -> dict[int, list[str]]:
    """References by a number that only those have which are the same.

    `numbers` are those given to what has been seen so far.
    """
    alike: dict[int, list[str]] = defaultdict(list)
    number_of: dict[str, int] = {}
    # Dependencies come first; what a cycle affects has no level, and is not compared.
    for reference in sound_levels(document.graph):
        if reference not in references:
            number_of[reference] = numbers.setdefault(reference, len(numbers))
            continue
        automation = document.by_reference[reference]
        everything = (
            automation.role,
            frozenset(trigger.name for trigger in automation.triggers),
            place(automation),
            frozenset(settings(automation).items()),
            automation.prebuild_requires_success,
            frozenset(number_of[need] for need in document.graph[reference]),
        )
        number_of[reference] = number = numbers.setdefault(everything, len(numbers))
        alike[number].append(reference)
    return alike


def _paired(
    old: Document, gone: list[str], new: Document, added: list[str]
) -> list[tuple[str, str]]:
    """Old and new references that belong together, of some that are the same."""
    if not added:
        return []
    names = defaultdict[str, list[str]](list)
    for reference in sorted(added, reverse=True):
        names[label(new.by_reference[reference])].append(reference)
    pairs: list[tuple[str, str]] = []
    for reference in sorted(gone):
        same = names[label(old.by_reference[reference])]
        if same:
            pairs.append((reference, same.pop()))
    paired = {reference for pair in pairs for reference in pair}
    left = (sorted(set(each) - paired) for each in (gone, added))
    return [*pairs, *zip(*left, strict=False)]
