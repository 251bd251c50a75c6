"""Changes that no finding asks for, such as moving a script to a file.

Each is checked before it is offered: the changed text is read again, and must contain exactly what
is meant.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from validator.authoring import serving
from validator.authoring.triggers import INSTALLS
from validator.editing.additions import append_entries, append_field
from validator.editing.comments import field as lines_of_field
from validator.editing.composition import apply
from validator.editing.edits import Edits, column_of, line_break
from validator.finding import Edit, Span
from validator.kinds import DEFAULT_KIND
from validator.language.features import role_change
from validator.language.snapshot import View
from validator.model.automations import Automation
from validator.model.scripts import Field, scripts_of
from validator.parsing import reader
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence, unescaped

FOLDER = ".ona/scripts"
"""Where a script becomes a file."""

# In a longer text, reading all of it again for each change takes too long.
_MOST_CHARACTERS = 200_000

Data = Any
"""A value as nested dictionaries, lists, and pairs of a scalar's kind and its text."""


class NewFile(NamedTuple):
    """A file to create; `path` is relative to the folder in which scripts run."""

    path: str
    content: str


class Refactoring(NamedTuple):
    """Edits under a title, and perhaps a file that they need."""

    title: str
    edits: Edits
    file: NewFile | None = None


def refactorings(view: View, offset: int, taken: Callable[[str], bool]) -> list[Refactoring]:
    """The changes for the task or service at an offset of a text that can be read.

    `taken` says whether there is a file at a path, relative to the folder in which scripts run.
    """
    text = view.text.value
    if view.stale or view.kind != DEFAULT_KIND or reader.is_json(view.path):
        return []
    if len(text) > _MOST_CHARACTERS:
        return []
    automation = _item_at(view, offset)
    if automation is None:
        return []
    found: list[Refactoring] = []
    script = _script_at(automation, offset)
    if script is not None:
        found += _as_block(view, script)
        found += _as_file(view, script, taken)
    found += _ready(view, automation)
    found += _install_triggers(view, automation)
    found += _other_role(view, automation)
    return found


def _item_at(view: View, offset: int) -> Automation | None:
    for automation in view.document.distinct:
        end = max(automation.key.end, automation.node.end)
        if automation.key.start <= offset <= end and not automation.node.anchored:
            return automation
    return None


def _script_at(automation: Automation, offset: int) -> Field | None:
    """The script at an offset: between the beginning of its key and its end."""
    for found in scripts_of(automation):
        _, key, _ = _key_of(found)
        if key.start <= offset <= max(key.end, found.node.end):
            return found
    return None


def _key_of(script: Field) -> tuple[Mapping, Scalar, str]:
    """The mapping that contains a script, its key, and the key's name."""
    name = script.pointer.rpartition("/")[2]
    holder = script.automation.node
    commands = holder.get("commands")
    if name != "command" and isinstance(commands, Mapping):
        holder = commands
    return holder, holder.members[name][0], name


def _as_block(view: View, script: Field) -> Iterator[Refactoring]:
    """Write a script as a block: in quotes, line breaks and quotes are hard to read."""
    text, node = view.text.value, script.node
    holder, key, _ = _key_of(script)
    around = None if holder.flow else lines_of_field(key, node, text)
    if text[node.start] == "|" or around is None or around.beside or not node.text.strip():
        return
    lines = node.text.removesuffix("\n").split("\n")
    if lines[-1] == "" or lines[0][:1] in (" ", "\t", ""):
        return
    header = "|" if node.text.endswith("\n") else "|-"
    indentation = " " * (column_of(key.start, text) + 2)
    written = [f": {header}", *(line and indentation + line for line in lines)]
    end = node.start + len(text[node.start : node.end].rstrip())
    made = (Edit(Span(key.end, end), line_break(text).join(written)),)
    yield from _proved(view, "Write this script as a block", made, lambda _: None)


def _as_file(view: View, script: Field, taken: Callable[[str], bool]) -> Iterator[Refactoring]:
    """Move a script of several lines to a file; `bash` runs it, whether it is executable or not."""
    text, node, automation = view.text.value, script.node, script.automation
    holder, key, name = _key_of(script)
    around = None if holder.flow else lines_of_field(key, node, text)
    if "\n" not in node.text.strip() or around is None or around.beside:
        return
    if not automation.has_reference or not automation.runs_in_dev_container or script.times > 1:
        return
    stem = automation.reference if name == "command" else f"{automation.reference}-{name}"
    path = f"{FOLDER}/{stem}.sh"
    number = 2
    while taken(path) and number < 100:
        path = f"{FOLDER}/{stem}-{number}.sh"
        number += 1
    command = f"bash {path}"
    # The platform ends a script at its first command that fails.
    content = f"#!/usr/bin/env bash\nset -e\n\n{node.text.strip(chr(10))}\n"
    if node.text.startswith("#!"):
        content = f"{node.text.strip(chr(10))}\n"
    end = node.start + len(text[node.start : node.end].rstrip())
    made = (Edit(Span(node.start, end), command),)

    def change(data: Data) -> None:
        _at(data, script.pointer.rpartition("/")[0])[name] = ("string", command)

    for each in _proved(view, f"Move this script to `{path}`", made, change):
        yield each._replace(file=NewFile(path, content))


def _ready(view: View, automation: Automation) -> Iterator[Refactoring]:
    """Add a command that succeeds once the port of a service is open."""
    commands = automation.field("commands")
    if automation.role != "service" or commands is None or not isinstance(commands[1], Mapping):
        return
    start = commands[1].get("start")
    if "ready" in commands[1].members or not isinstance(start, Scalar):
        return
    port = serving.said_port(start.text) or serving.usual_port(start.text)
    if port is None:
        return
    asks = serving.asks(port)
    made = append_field(commands[1], "ready", json.dumps(asks), view.text.value)

    def change(data: Data) -> None:
        _at(data, f"{automation.pointer}/commands")["ready"] = ("string", asks)

    yield from _proved(view, f"Add `ready`, which waits for port {port}", made, change)


def _install_triggers(view: View, automation: Automation) -> Iterator[Refactoring]:
    """Run a task in prebuilds, and where there was none when the dev container starts."""
    missing = [each for each in INSTALLS if not automation.has_trigger(each)]
    if automation.role != "task" or not missing or not automation.runs_in_dev_container:
        return
    text = view.text.value
    member = automation.field("triggeredBy")
    entries = [("string", each) for each in missing]
    name = "triggeredBy" if member is None else member[0].text
    if member is None:
        made = append_field(automation.node, name, f"[{', '.join(missing)}]", text)
    elif isinstance(member[1], Sequence):
        made = append_entries(member[1], missing, text)
    else:
        return

    def change(data: Data) -> None:
        _at(data, automation.pointer).setdefault(name, []).extend(entries)

    named = " and ".join(f"`{each}`" for each in missing)
    triggers = "trigger" if len(missing) == 1 else "triggers"
    yield from _proved(view, f"Add the {triggers} {named}", made, change)


def _other_role(view: View, automation: Automation) -> Iterator[Refactoring]:
    """Make a service of a task, or the other way round, if it has no field that would be lost."""
    changed = role_change.change(view, automation)
    if changed is None:
        return
    other = "service" if automation.role == "task" else "task"
    source, target = f"{automation.role}s", f"{other}s"

    def change(data: Data) -> None:
        item = data[source].pop(automation.reference)
        if not data[source]:
            del data[source]
        if other == "service":
            item["commands"] = {"start": item.pop("command")}
        else:
            item["command"] = item.pop("commands")["start"]
        data.setdefault(target, {})[automation.reference] = item

    for each in _proved(view, f"Make this {automation.role} a {other}", changed, change):
        if _comments(view.text.value) == _comments(apply(view.text.value, each.edits)):
            yield each


def _proved(
    view: View, title: str, made: Edits | None, change: Callable[[Data], None]
) -> Iterator[Refactoring]:
    """A change, if the text after it contains what was there before with `change` done to it."""
    if not made:
        return
    after = reader.read(apply(view.text.value, made), view.limits, view.path)
    if after.root is None or after.problems:
        return
    expected = _data(view.document.root)
    change(expected)
    if _data(after.root) == expected:
        yield Refactoring(title, made)


def _data(node: Node) -> Data:
    if isinstance(node, Mapping):
        return {name: _data(value) for name, (_, value) in node.members.items()}
    if isinstance(node, Sequence):
        return [_data(each) for each in node.items]
    return (node.kind, node.text if isinstance(node, Scalar) else "")


def _at(data: Data, pointer: str) -> Data:
    """The value at a JSON pointer that leads through mappings."""
    for key in pointer.split("/")[1:]:
        data = data[unescaped(key)]
    return data


def _comments(text: str) -> list[str]:
    return sorted(re.findall(r"(?<!\S)#[^\r\n]*", text))
