"""`.vscode/tasks.json`: the tasks of VS Code, with what they depend on."""

from __future__ import annotations

import posixpath
import re
import shlex
from typing import Any

from validator.authoring.serving import serves
from validator.authoring.triggers import BY_HAND, STARTS
from validator.proposal.folder import Folder
from validator.proposal.items import MOST_CHARACTERS, Item, Role, ports, with_ready
from validator.proposal.note import Note
from validator.wording import quoted

_NAME = ".vscode/tasks.json"
_FOLDER = r"\$\{workspace(?:Folder|Root)\}"
_VARIABLE = r"\$\{(?:[a-z]\w*(?::[^}]*)?)\}"
_IDENTIFIER = r"[A-Za-z_]\w*"


class _Unusable(Exception):
    """A task that has no counterpart; the message says why."""


def propose(folder: Folder, found: list[Item]) -> list[Item]:
    """A task or a service per task; one whose command is proposed already only gives its label."""
    content = folder.json(_NAME, comments=True)
    if content is None:
        return []
    entries = content.get("tasks")
    shared = {key: value for key, value in content.items() if key in ("options", "linux")}
    items: list[Item] = []
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, dict):
            continue
        label = _text(entry.get("label")) or _text(entry.get("taskName")) or _script_of(entry)
        try:
            item = _item({**shared, **entry}, label)
        except _Unusable as reason:
            message = f"{quoted(label)}: {reason}" if label else str(reason)
            folder.notes.append(Note(_NAME, "left out", message))
            continue
        items.append(_same(item, found) or item)
    return items


def _same(item: Item, found: list[Item]) -> Item | None:
    """An item of another file that runs the same; it is taken out, to come back with the label."""
    for at, each in enumerate(found):
        if each.script == item.script and not each.label:
            del found[at]
            return each._replace(label=item.label, needs=item.needs)
    return None


def _item(entry: dict[str, Any], label: str) -> Item:
    entry = {**entry, **_dict(entry.get("linux"))}
    if not label:
        raise _Unusable("a task without a label")
    needs = tuple(_labels(entry.get("dependsOn")))
    guesses: tuple[str, ...] = ()
    script = _script(entry)
    if len(script) > MOST_CHARACTERS:
        raise _Unusable("its command is too long")
    if not script:
        if not needs:
            raise _Unusable("it runs nothing")
        script = "echo Done"
        guess = (
            f"{quoted(label)} only waits for others; a task needs a command, so it has `{script}`"
        )
        guesses = (guess,)
    if entry.get("dependsOrder") == "sequence" and len(needs) > 1:
        guesses += (f"what {quoted(label)} depends on runs at the same time here, not in sequence",)
    opens = _dict(entry.get("runOptions")).get("runOn") == "folderOpen"
    triggers = STARTS if opens else BY_HAND
    item = Item(
        "service" if entry.get("isBackground") is True or serves(script) else "task",
        _role(entry),
        label,
        label,
        script,
        _NAME,
        "vscode",
        triggers,
        label=label,
        needs=needs,
        guesses=guesses,
    )
    if item.kind == "task":
        return item
    if needs:
        guess = (
            f"{quoted(label)} is a service, which can't depend on anything: it does not wait for "
        )
        guess += ", ".join(map(quoted, needs))
        item = item._replace(needs=(), guesses=(*guesses, guess))
    return with_ready(item, script) if any(ports(script)) or serves(script) else item


def _role(entry: dict[str, Any]) -> Role:
    group = entry.get("group")
    kind = group.get("kind") if isinstance(group, dict) else group
    return "build" if kind == "build" else "test" if kind == "test" else "other"


def _script_of(entry: dict[str, Any]) -> str:
    """The label that VS Code gives to a task for a script of npm."""
    script = _text(entry.get("script"))
    return f"npm: {script}" if entry.get("type") == "npm" and script else ""


def _script(entry: dict[str, Any]) -> str:
    """The script that does what a task does, empty if that is nothing."""
    kind = entry.get("type", "shell")
    options = _dict(entry.get("options"))
    path = _text(entry.get("path")) if kind == "npm" else ""
    where = _value(_text(options.get("cwd")) or path) or "."
    if kind == "npm":
        name = _text(entry.get("script"))
        command = ""
        if name:
            command = f"npm {name}" if name in ("install", "test", "start") else f"npm run {name}"
    elif kind in ("shell", "process"):
        command = _command(entry, where, whole=kind == "shell")
    else:
        raise _Unusable(f"tasks of the type {quoted(str(kind))} need the extension that defines it")
    if not command:
        return ""
    lines = [
        f"export {name}={shlex.quote(_value(value))}"
        for name, value in _dict(options.get("env")).items()
        if re.fullmatch(_IDENTIFIER, name) and isinstance(value, str)
    ]
    if posixpath.normpath(where) != ".":
        lines.append(f"cd {shlex.quote(where)}")
    return "\n".join([*lines, command])


def _command(entry: dict[str, Any], where: str, *, whole: bool) -> str:
    """A command with its arguments, run in the folder `where`.

    `whole` says whether the command is a line of shell.
    """
    command = entry.get("command")
    program = _word_text(command)
    if not program:
        return ""
    args = entry.get("args")
    words = [_value(_word_text(each), where) for each in args] if isinstance(args, list) else []
    program = _value(program, where)
    first = program if whole and isinstance(command, str) else shlex.quote(program)
    return " ".join([first, *(_word(each, whole=whole) for each in words)])


def _word(text: str, *, whole: bool) -> str:
    """An argument; in a line of shell VS Code quotes only one with spaces."""
    return text if whole and text and not re.search(r"\s", text) else shlex.quote(text)


def _word_text(value: object) -> str:
    return _text(value.get("value") if isinstance(value, dict) else value)


def _value(text: str, where: str = ".") -> str:
    """A text without the variables of VS Code, as seen from `where` in the folder."""
    if re.search(_FOLDER, text):
        if where.startswith("/"):
            raise _Unusable("it uses the folder, and is run in another one")
        folder = posixpath.relpath(".", where)
        text = re.sub(rf"{_FOLDER}/(?=[\w.])", "" if folder == "." else f"{folder}/", text)
        text = re.sub(_FOLDER, folder, text)
    other = re.search(_VARIABLE, text)
    if other:
        raise _Unusable(f"it uses {quoted(other[0])}, which only VS Code knows")
    return text


def _labels(value: object) -> list[str]:
    """The labels of a `dependsOn`: one, several, or objects that name a task."""
    values = value if isinstance(value, list) else [value]
    found = [_text(each.get("task") if isinstance(each, dict) else each) for each in values]
    return list(dict.fromkeys(filter(None, found)))


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
