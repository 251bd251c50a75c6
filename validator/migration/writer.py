"""Tasks and services as the text of an automations file."""

from __future__ import annotations

import re

import yaml

from validator.migration.classic import Field
from validator.migration.items import Item
from validator.parsing.nodes import Scalar
from validator.parsing.yaml_readers import is_doubtful

_STEP = "  "
_WIDTH = 100
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
    inner = _STEP * 2
    lines = [f"{_STEP}{line}" for line in item.above]
    lines.append(f"{_STEP}{item.reference}:")
    lines += _field("name", item.name, inner)
    source = item.own if len(item.parts) == 1 else None
    if item.kind == "service":
        lines.append(f"{inner}commands:")
        lines += [f"{inner}{_STEP}{line}" for line in item.over]
        lines += _script("start", item.script, inner + _STEP, source, text)
        if item.ready:
            lines += _script("ready", item.ready, inner + _STEP, None, text)
    else:
        lines += [f"{inner}{line}" for line in item.over]
        lines += _script("command", item.script, inner, source, text)
    lines += _list("dependsOn", [each.reference for each in item.dependencies], inner)
    lines += _list("triggeredBy", list(item.triggers), inner)
    lines += [f"{inner}{line}" for line in item.after]
    if item.below:
        lines += ["", *(f"{_STEP}{line}" for line in item.below)]
    return lines


def _list(name: str, entries: list[str], indentation: str) -> list[str]:
    return [f"{indentation}{name}:", *(f"{indentation}{_STEP}- {each}" for each in entries)][
        : len(entries) + 1 if entries else 0
    ]


def _field(name: str, value: str, indentation: str) -> list[str]:
    return [f"{indentation}{name}: {_one_line(value)}"]


def _script(name: str, script: str, indentation: str, field: Field | None, text: str) -> list[str]:
    """The lines of a field that is a script, whose text is read back as it is."""
    stripped = script.rstrip("\n")
    if field is not None and field.text == script:
        folded = _folded(name, script, indentation, field, text)
        if folded:
            return folded
    if "\n" not in stripped and _is_plain(stripped):
        return [f"{indentation}{name}: {stripped}"]
    # An indentation that the first line begins with would be taken for that of the block.
    header = "|2" if stripped[:1] in (" ", "\n", "\t") else "|"
    lines = [f"{indentation}{name}: {header}"]
    lines += [f"{indentation}{_STEP}{line}" if line else "" for line in stripped.split("\n")]
    if _reads(lines, indentation) == {name: stripped + "\n"}:
        return lines
    return [f"{indentation}{name}: {_double_quoted(script)}"]


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
    made += [f"{indentation}{_STEP}{line}" if line else "" for line in lines]
    while not made[-1]:
        made.pop()
    return (
        made
        if _reads(made, indentation) == {name: script.rstrip("\n") + "\n" * (header == ">")}
        else []
    )


def _reads(lines: list[str], indentation: str) -> object:
    """What YAML reads of the lines of a field."""
    without = (line[len(indentation) :] if line.strip() else line for line in lines)
    try:
        return yaml.load("\n".join(without) + "\n", Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return None


def _one_line(value: str) -> str:
    return value if _is_plain(value) else _double_quoted(value)


def _is_plain(value: str) -> bool:
    """Whether a value needs no quotes."""
    if not value or value != value.strip() or "\n" in value or is_doubtful(value):
        return False
    if re.match(r"[-?:,\[\]{}#&*!|>'\"%@`]", value) or re.search(r":(?:\s|$)|\s#", value):
        return False
    return _reads([f"x: {value}"], "") == {"x": value}


def _double_quoted(value: str) -> str:
    written: str = yaml.dump(
        value, default_style='"', width=float("inf"), allow_unicode=True, Dumper=yaml.SafeDumper
    )
    return written.rstrip("\n")
