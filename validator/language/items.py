"""Describe a task or a service where it is named."""

from __future__ import annotations

from validator.language import references
from validator.language.markup import Markup, block, code, joined, ours, words
from validator.language.snapshot import View
from validator.model.automations import Automation
from validator.parsing.nodes import Mapping, Scalar

_MOST = 12


def describe(view: View, reference: str) -> Markup:
    """A task or service: its name, what starts it, what it runs, what it needs, what needs it."""
    role = references.references(view).get(reference)
    if role is None:
        return Markup()
    head = joined([ours(f"{role}"), code(reference)], " ")
    automation = view.document.by_reference.get(reference)
    if automation is None:
        return head
    name = automation.field("name")
    if name is not None and isinstance(name[1], Scalar):
        head = joined([head, words(name[1].text)], ": ")
    described = automation.field("description")
    description = (
        words(described[1].text)
        if described is not None and isinstance(described[1], Scalar)
        else Markup()
    )
    needs = view.document.graph.get(reference, [])
    needed_by = references.dependents(view).get(reference, [])
    facts = [
        _fact("Triggered by", list(dict.fromkeys(each.name for each in automation.triggers))),
        _fact("Needs", needs),
        _fact("Needed by", needed_by),
    ]
    return joined([head, description, _command(automation), joined(facts, "\n\n")], "\n\n")


def _fact(title: str, names: list[str]) -> Markup:
    if not names:
        return Markup()
    shown = joined([code(name) for name in names[:_MOST]], ", ")
    more = ours(f" and {len(names) - _MOST} more" if len(names) > _MOST else "")
    return ours(f"{title}: ") + shown + more


def _command(automation: Automation) -> Markup:
    """Its command; for a service, the start command."""
    member = automation.field("commands" if automation.role == "service" else "command")
    if member is None:
        return Markup()
    value = member[1].get("start") if isinstance(member[1], Mapping) else member[1]
    if not isinstance(value, Scalar) or not value.text.strip():
        return Markup()
    return block(value.text, "sh")
