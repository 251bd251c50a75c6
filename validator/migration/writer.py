"""Tasks and services as the text of an automations file."""

from __future__ import annotations

from validator.authoring.fields import STEP, list_lines, reads, script_lines, string_lines
from validator.migration.classic import Field
from validator.migration.items import Item
from validator.parsing.nodes import Scalar

_SECTIONS = (("tasks", "task"), ("services", "service"))


def write_file(
    items: list[Item], head: list[str], over: list[str], tail: list[str], text: str
) -> str:
    """The text of a file with some items, and comments at its top, above the items, and after them.

    `text` is that of the older file, whose scripts keep their line breaks where these mean nothing.
    """
    blocks = ["".join(f"{line}\n" for line in head)] if head else []
    for section, kind in _SECTIONS:
        found = ["\n".join(_item(item, text)) + "\n" for item in items if item.kind == kind]
        if found:
            blocks.append(
                "".join(f"{line}\n" for line in over) + f"{section}:\n" + "\n".join(found)
            )
            over = []
    tail = [*over, *tail]
    if tail:
        blocks.append("".join(f"{line}\n" for line in tail))
    return "\n".join(blocks)


def _item(item: Item, text: str) -> list[str]:
    inner = STEP * 2
    lines = [f"{STEP}{line}" for line in item.above]
    lines.append(f"{STEP}{item.reference}:")
    lines += string_lines("name", item.name, inner)
    source = item.own if len(item.parts) == 1 else None
    if item.kind == "service":
        lines.append(f"{inner}commands:")
        lines += [f"{inner}{STEP}{line}" for line in item.over]
        lines += _script("start", item.script, inner + STEP, source, text)
        if item.ready:
            lines += _script("ready", item.ready, inner + STEP, None, text)
    else:
        lines += [f"{inner}{line}" for line in item.over]
        lines += _script("command", item.script, inner, source, text)
    lines += list_lines("dependsOn", [each.reference for each in item.dependencies], inner)
    lines += list_lines("triggeredBy", item.triggers, inner)
    lines += [f"{inner}{line}" for line in item.after]
    if item.below:
        lines += ["", *(f"{STEP}{line}" for line in item.below)]
    return lines


def _script(name: str, script: str, indentation: str, field: Field | None, text: str) -> list[str]:
    """The lines of a field that is a script, whose text is read back as it is."""
    if field is not None and field.text == script:
        folded = _folded(name, script, indentation, field, text)
        if folded:
            return folded
    return script_lines(name, script, indentation)


def _folded(name: str, script: str, indentation: str, field: Field, text: str) -> list[str]:
    """A script that YAML makes one line of several, with the lines that it had."""
    node = field.value
    assert isinstance(node, Scalar)
    source = text[node.start : node.end]
    if "\n" not in source or source.startswith("|") or "\n" in script.rstrip("\n"):
        return []
    header = ">" if script.endswith("\n") else ">-"
    written = source.splitlines()
    written = written[1:] if source.startswith(">") else written
    lines = [line.strip() for line in written]
    if not any(lines):
        return []
    made = [f"{indentation}{name}: {header}"]
    made += [f"{indentation}{STEP}{line}" if line else "" for line in lines]
    while not made[-1]:
        made.pop()
    return (
        made
        if reads(made, indentation) == {name: script.rstrip("\n") + "\n" * (header == ">")}
        else []
    )
