"""Proposed tasks and services as the text of an automations file."""

from __future__ import annotations

from collections.abc import Iterable

from validator.authoring.fields import STEP, list_lines, script_lines, string_lines
from validator.kinds import SECTIONS
from validator.proposal.items import Item


def write_file(items: Iterable[tuple[str, Item, list[str]]]) -> str:
    """The text of a file with some items: the reference, the item, the references it depends on."""
    items = list(items)
    blocks = []
    for section, kind in sorted(SECTIONS.items(), reverse=True):
        found = [
            "".join(f"{line}\n" for line in _item(reference, item, needs))
            for reference, item, needs in items
            if item.kind == kind
        ]
        if found:
            blocks.append(f"{section}:\n" + "\n".join(found))
    return "\n".join(blocks)


def _item(reference: str, item: Item, needs: list[str]) -> list[str]:
    inner = STEP * 2
    lines = [f"{STEP}{reference}:", *string_lines("name", item.name, inner)]
    if item.kind == "service":
        lines.append(f"{inner}commands:")
        lines += script_lines("start", item.script, inner + STEP)
        if item.ready:
            lines += [f"{inner}{STEP}{each}" for each in item.comments]
            lines += script_lines("ready", item.ready, inner + STEP)
    else:
        lines += script_lines("command", item.script, inner)
    lines += list_lines("dependsOn", needs, inner)
    return [*lines, *list_lines("triggeredBy", item.triggers, inner)]
