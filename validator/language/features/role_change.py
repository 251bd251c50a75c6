"""The edits that make a service of a task, or a task of a service."""

from __future__ import annotations

import re

from validator.editing.additions import append_lines
from validator.editing.comments import comments_above
from validator.editing.composition import apply, compose
from validator.editing.edits import Edits, column_of, line_break, line_start, whole_lines
from validator.editing.script_edits import take_over
from validator.finding import Edit, Span
from validator.language.snapshot import View
from validator.model.automations import Automation
from validator.parsing import reader
from validator.parsing.nodes import Mapping, Scalar

# The fields that both have; `command` and `commands` are converted.
_SHARED = ("name", "description", "triggeredBy", "triggered_by", "runsOn", "runs_on")


def change(view: View, automation: Automation) -> Edits | None:
    """Move an item to the other section, with its script; None if a field would be lost."""
    text = view.text.value
    script = "command" if automation.role == "task" else "commands"
    if script not in automation.node.members or not {*automation.node.members} <= {
        *_SHARED,
        script,
    }:
        return None
    if automation.has_trigger("beforeSnapshot"):
        return None
    convert = _as_commands if automation.role == "task" else _as_command
    converted = convert(automation, text)
    if converted is None:
        return None
    between = apply(text, converted)
    root = reader.read(between, view.limits, view.path).root
    if not isinstance(root, Mapping):
        return None
    moved = _moved(root, f"{automation.role}s", automation.reference, between)
    return None if moved is None else compose(len(text), converted, moved)


def _as_commands(task: Automation, text: str) -> Edits | None:
    """Put the script of a task into `commands`."""
    key, value = task.node.members["command"]
    if not isinstance(value, Scalar) or not key.end < value.start < value.end or not key.plain:
        return None
    if task.node.flow:
        return (
            Edit(key.span, "commands"),
            Edit(Span(value.start, value.start), "{start: "),
            Edit(Span(value.end, value.end), "}"),
        )
    indentation = " " * (column_of(key.start, text) + 2)
    made = [Edit(key.span, f"commands:{line_break(text)}{indentation}start")]
    starts = re.compile(r"(?<=[\r\n])(?=[^\r\n])").finditer(text, value.start, value.end)
    # The end of a block scalar is the beginning of the next line.
    made += [Edit(Span(*each.span()), "  ") for each in starts if each.start() < value.end]
    return tuple(made)


def _as_command(service: Automation, text: str) -> Edits | None:
    """Take the only script of a service out of `commands`."""
    key, value = service.node.members["commands"]
    if not isinstance(value, Mapping) or list(value.members) != ["start"]:
        return None
    return take_over(key, value, "command", text)


def _moved(root: Mapping, section: str, reference: str, text: str) -> Edits | None:
    """Move the lines of an item to the end of the other section, which is created if missing."""
    other = "services" if section == "tasks" else "tasks"
    section_key, holder = root.members[section]
    if not isinstance(holder, Mapping) or holder.flow or root.flow or holder.merged:
        return None
    key, value = holder.members[reference]
    end = len(text[: max(key.end, value.end)].rstrip())
    lines = whole_lines(Span(key.start, end), text)
    if lines is None or not holder.start <= key.start < value.end <= holder.end:
        return None
    top, _ = comments_above(key, text)
    body = text[top : lines.end].rstrip("\r\n")
    target = root.members.get(other)
    line_end = line_break(text)
    removed = Span(top, lines.end)
    if len(holder.members) == 1:
        before = text[section_key.end : top]
        if before.strip(": \t\r\n"):
            return None
        if target is None:
            # Only the section's name changes, and where the item is stays.
            return (Edit(section_key.span, other),)
        removed = Span(line_start(section_key.start, text), lines.end)
    if target is None:
        at = line_start(section_key.start, text)
        made: Edits | None = (Edit(Span(at, at), f"{other}:{line_end}{body}{line_end}"),)
    elif isinstance(target[1], Mapping) and not target[1].flow and target[1].members:
        members = list(target[1].members.values())
        if column_of(members[0][0].start, text) != column_of(key.start, text):
            return None
        last = max(members[-1][0].end, members[-1][1].end)
        made = append_lines(last, body.split(line_end), text)
    else:
        return None
    return None if made is None else (*made, Edit(removed, ""))
