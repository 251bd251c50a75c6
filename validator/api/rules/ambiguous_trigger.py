"""Trigger objects that do not set exactly one trigger."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api.model import ApiDocument
from validator.editing import edits
from validator.finding import Note, Problem, Severity
from validator.parsing.nodes import Mapping
from validator.rule import Rule
from validator.wording import listed, quoted


def check(document: ApiDocument) -> Iterator[Problem]:
    for trigger in document.triggers:
        if len(trigger.on) > 1:
            names = [field.name for field in trigger.on]
            message = (
                f"{listed(names, 'and')} are set in one trigger; give each its own, or keep one"
            )
            note = Note(trigger.on[0].head, f"{quoted(names[0])} is set here")
            second = trigger.on[1]
            yield Problem("ambiguous-trigger", message, second.head, second.pointer, (note,))
        elif trigger.on and trigger.off:
            field = trigger.off[0]
            name = quoted(trigger.on[0].name)
            message = f"{quoted(f'{field.name}: false')} has no effect next to {name}; remove it"
            assert isinstance(trigger.value.node, Mapping)
            made = edits.remove_field(trigger.value.node, field.name, document.text)
            fixes = edits.fixes("Remove this field", made)
            yield Problem("ambiguous-trigger", message, field.head, field.pointer, fixes=fixes)
        elif trigger.off:
            field = trigger.off[0]
            message = (
                f"{quoted(f'{field.name}: false')} has no effect, so no trigger is set; "
                f"write {quoted(f'{field.name}: true')}, or remove the trigger"
            )
            yield Problem("ambiguous-trigger", message, field.head, field.pointer)
        elif not trigger.on and trigger.intact:
            message = "no trigger is set; set one, such as `manual: true`"
            yield Problem("ambiguous-trigger", message, trigger.value.head, trigger.value.pointer)


RULES = (
    Rule(
        name="ambiguous-trigger",
        severity=Severity.ERROR,
        group="triggers",
        summary="An AutomationTrigger does not set exactly one trigger",
        why="Each trigger is a separate object in which one field is `true`; the platform "
        "rejects an object with two. A field that is `false` has no effect: leave out a trigger "
        "that you don't want.",
        source="the shared model AutomationTrigger",
        fixable=True,
        bad="manual: true\nprebuild: true\n",
        good="prebuild: true\n",
    ),
)

CHECKS = {"ambiguous-trigger": check}
