"""The commands of `gp`, the Classic program, in scripts: found, and put out of use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from validator.shell import commands
from validator.shell.reader import read
from validator.shell.syntax import Command, Compound, Item, Script

_SUBSTITUTIONS = ("$(", "`", "<(", ">(")
_GP = r"(?<![\w./-])gp(?=\s+[a-z])"
# For each command, all others are looked at.
_MOST = 200
_LONGEST = 100_000


class Gp(NamedTuple):
    """A command of `gp`: its words after that, and where it is in the script.

    `words` are empty from the first one that is not literal. `free` says whether nothing uses its
    output and its success, so that it can go.
    """

    words: tuple[str, ...]
    start: int
    end: int
    free: bool


class Answer(NamedTuple):
    """What becomes of a command of `gp`.

    `comment` is a line for the script; `{}` in it is the command. `instead` is what takes its
    place. A command that stays gets the comment only.
    """

    comment: str
    instead: str = ""
    stays: bool = False


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def find(script: str) -> list[Gp]:
    """The commands of `gp` in a script, in their order, without those inside of one another.

    None in a script that is not read: one that is not complete, or too long.
    """
    read_script = _read(script)
    return [found for found, _ in _found(read_script)] if read_script else []


def rewrite(script: str, answer: Callable[[Gp], Answer]) -> str:
    """The script with each command of `gp` as `answer` says; all else stays as it is."""
    read_script = _read(script)
    if read_script is None:
        return script
    edits: list[_Edit] = []
    for found, command in _found(read_script):
        given = answer(found)
        made = _edits(script, read_script, command, given)
        if _overlap(made, edits):
            # There is another command of `gp` in the line.
            made = _in_place(script, read_script, command, given, edits)
        edits += made
    # From the end, so that offsets stay right; what is put at the place of an edit, before it.
    order = sorted(range(len(edits)), key=lambda at: (edits[at].start, edits[at].end, at))
    for edit in (edits[at] for at in reversed(order)):
        script = script[: edit.start] + edit.text + script[edit.end :]
    return script


def is_only_comments(script: str) -> bool:
    """Whether a script has no command at all."""
    return not any(line.strip() and not line.strip().startswith("#") for line in script.split("\n"))


def unread(script: str) -> Gp | None:
    """What looks like the first command of `gp` in a script that is not read."""
    if "gp" not in script or _read(script) is not None:
        return None
    found = re.search(_GP, script)
    return Gp((), found.start(), found.end(), free=False) if found else None


def _read(script: str) -> Script | None:
    """The script if it may have commands of `gp`, and is neither broken nor too long."""
    many = script.count("gp ") > _MOST or len(script) > _LONGEST
    return read(script) if "gp" in script and not many else None


def _found(script: Script) -> Iterator[tuple[Gp, Command]]:
    end = 0
    for command in script.commands:
        words = commands.program(command)
        if command.start < end or not words or words[0].text != "gp":
            continue
        literal = []
        for word in words[1:]:
            if not word.literal:
                break
            literal.append(word.text)
        yield Gp(tuple(literal), command.start, command.end, _is_free(command)), command
        end = command.end


def _is_free(command: Command) -> bool:
    if command.redirections or command.negated or "|" in (command.before, command.after):
        return False
    item: Command | Compound | None = command
    while item is not None:
        if item.part == "condition" or item.part == "head":
            return False
        item = item.compound
        if isinstance(item, Compound) and item.kind in _SUBSTITUTIONS:
            return False
    return True


def _edits(script: str, whole: Script, command: Command, given: Answer) -> list[_Edit]:
    """How a command of `gp` is put out of use: as a comment on its own line if that can be."""
    said = script[command.start : command.end].replace("\n", "\n# ")
    comment = given.comment.format(said)
    items = _list_of(whole, command)
    if given.stays or given.instead:
        return _in_place(script, whole, command, given, [])
    line = script.rfind("\n", 0, command.start) + 1
    end = script.find("\n", command.end)
    end = len(script) if end < 0 else end
    begun, left = script[line : command.start], script[command.end : end]
    ends = command.after in ("", ";")
    # What is in the same list, but no command of `gp` that goes.
    others = [each for each in items if each is not command and not _goes(each)]
    if ends and command.before in ("", ";"):
        if not begun.strip() and re.fullmatch(r"[ \t]*;?[ \t]*(#.*)?", left):
            last = items[-1] is command and not others and items is not whole.items
            rest = left.strip().lstrip(";").strip()
            shown = comment + (f" {rest}" if rest else "") + (f"\n{begun}true" if last else "")
            return [_Edit(command.start, end, shown)]
        if others:
            return [_line_above(script, whole, command, comment), _cut(script, command, line, end)]
    if ends and command.before == "&&" and begun.strip() and re.fullmatch(r"[ \t]*;?[ \t]*", left):
        before = script.rfind("&&", line, command.start)
        if before >= 0 and script[line:before].strip():
            kept = script[:before].rstrip(" \t")
            tail = comment.replace("# ", "# && ", 1) if comment.startswith("# gp") else comment
            return [_Edit(len(kept), end, f" {tail}")]
    joint = re.compile(r"[ \t]*&&[ \t]*").match(script, command.end)
    if command.before in ("", ";") and joint and not begun.strip() and "\n" not in said:
        rest = script[joint.end() : end]
        shown = comment.replace(said, f"{said} &&", 1)
        return [_Edit(command.start, joint.end(), shown + (f"\n{begun}" if rest.strip() else ""))]
    return _in_place(script, whole, command, given, [])


def _in_place(
    script: str, whole: Script, command: Command, given: Answer, others: list[_Edit]
) -> list[_Edit]:
    """Write what takes the place of a command of `gp`, and a line above that shows what it was."""
    said = script[command.start : command.end].replace("\n", "\n# ")
    above = _line_above(script, whole, command, given.comment.format(said))
    if _overlap([above], others):
        start = script.find("\n") + 1 if script.startswith("#!") else 0
        above = _Edit(start, start, f"{given.comment.format(said)}\n")
    if given.stays:
        return [above]
    return [above, _Edit(command.start, command.end, given.instead or "true")]


def _overlap(some: list[_Edit], others: list[_Edit]) -> bool:
    return any(a.start < b.end and b.start < a.end for a in some for b in others)


def _goes(item: Item) -> bool:
    if not isinstance(item, Command):
        return False
    words = commands.program(item)
    return bool(words) and words[0].text == "gp" and _is_free(item)


def _cut(script: str, command: Command, line: int, end: int) -> _Edit:
    """Take a command out of a line with others, together with a `;` after it."""
    begun = script[line : command.start]
    after = re.compile(r"[ \t]*;[ \t]*" if not begun.strip() else r"[ \t]*;?").match(
        script, command.end, end
    )
    start = command.start if not begun.strip() else line + len(begun.rstrip(" \t"))
    return _Edit(start, after.end() if after else command.end, "")


def _line_above(script: str, whole: Script, command: Command, comment: str) -> _Edit:
    """A line with a comment above the innermost command where one can be."""
    at, indentation = 0, ""
    items = whole.items
    while True:
        statement = _statement(items, command)
        if not statement:
            break
        start = statement[0].start
        line = script.rfind("\n", 0, start) + 1
        if not script[line:start].strip() and not script[:line].endswith("\\\n"):
            at, indentation = line, script[line:start]
        holder = next((each for each in statement if _contains(each, command)), None)
        if not isinstance(holder, Compound):
            break
        items = next((inner for _, inner in holder.lists if _statement(inner, command)), [])
    if at == 0 and script.startswith("#!"):
        at = script.find("\n") + 1
    return _Edit(at, at, f"{indentation}{comment}\n")


def _statement(items: list[Item], command: Command) -> list[Item]:
    from validator.shell.endings import statements

    for statement in statements(items):
        if any(_contains(each, command) for each in statement):
            return statement
    return []


def _contains(item: Item, command: Command) -> bool:
    return item.start <= command.start and command.end <= item.end


def _list_of(whole: Script, command: Command) -> list[Item]:
    """The list that a command is in."""
    lists = [whole.items, *(items for each in whole.compounds for _, items in each.lists)]
    return next((items for items in lists if any(each is command for each in items)), [])
