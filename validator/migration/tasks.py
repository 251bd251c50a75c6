"""The tasks of a `.gitpod.yml` as tasks and services."""

from __future__ import annotations

import re
import shlex

from validator.authoring.serving import may_run_on, server
from validator.authoring.triggers import INSTALLS, STARTS
from validator.finding import Severity
from validator.migration.classic import Classic, Field, Task
from validator.migration.context import Context
from validator.migration.items import Item, Part
from validator.migration.outdated import report_outdated
from validator.wording import quoted

_IDENTIFIER = r"[A-Za-z_][A-Za-z0-9_]*"
_SAYS_SERVER = r"(?i)\b(?:server|service|daemon)\b"
_TERMINAL = ("openIn", "openMode")


def items_of_tasks(classic: Classic, context: Context) -> tuple[list[Item], list[str]]:
    """The items of all tasks, without names, and comments about tasks that run nothing."""
    shared = _top_variables(classic, context)
    made: list[Item] = []
    left: list[str] = []
    above: list[str] = []
    for task in classic.tasks:
        items = _items(task, shared, context)
        notes, trailing = _notes(task, context)
        below = context.comments.after_entry(task.node)
        if items:
            items[0].above = [*above, *notes]
            items[-1].after += trailing
            items[-1].below = below
            above = []
            made += items
        else:
            above += [*notes, *_without_scripts(task, context), *trailing, *below]
    left += above
    return made, left


def _items(task: Task, shared: list[str], context: Context) -> list[Item]:
    variables = [*shared, *_exports(task.variables, context)]
    scripts = task.scripts
    parts = [Part("\n".join(variables))] if variables else []
    before = scripts.get("before")
    if before is not None:
        parts.append(Part(before.text, before))
    install = start = None
    made: list[Item] = []
    if "init" in scripts:
        install = _item(task, scripts["init"], INSTALLS, parts, context)
        made.append(install)
    if "prebuild" in scripts:
        prebuild = _item(task, scripts["prebuild"], ("prebuild",), parts, context)
        if install is not None:
            prebuild.depend_on(install)
        made.append(prebuild)
    if "command" in scripts:
        start = _item(task, scripts["command"], STARTS, parts, context)
        made.append(start)
    if not made and before is not None:
        start = _item(task, before, STARTS, parts[:-1], context)
        made.append(start)
    for item in made:
        item.siblings = made
    if made and before is not None and before is not made[0].own:
        made[0].over[:0] = context.comments.about(before.key)
    return made


def _item(
    task: Task, field: Field, triggers: tuple[str, ...], before: list[Part], context: Context
) -> Item:
    report_outdated(field, context)
    kind = "task"
    found = server(field.text)
    if found is not None:
        kind = "service"
        if not found.known:
            said = quoted(field.text[found.start : found.end])
            message = f"{said} is taken for a server, so it is a service; make it a task if it ends"
            context.guessed(field, message, context.place(field, found.start, found.end))
    elif (
        field.name == "command"
        and task.name is not None
        and re.search(_SAYS_SERVER, task.name.text)
        and may_run_on(field.text)
    ):
        kind = "service"
        message = (
            "taken for a server by the task's name, so it is a service; make it a task if it ends"
        )
        context.guessed(field, message)
    item = Item(kind, STARTS if kind == "service" else triggers, [*before, Part(field.text, field)])
    item.own = field
    item.older = task
    item.over = [*context.comments.above(field.key), *context.comments.beside(field.key)]
    item.after = context.comments.after(field.key)
    if kind == "service" and field.name != "command":
        context.guessed(
            field,
            f"`{field.name}` runs a server, so it is a service that starts with the environment",
        )
    return item


def _notes(task: Task, context: Context) -> tuple[list[str], list[str]]:
    """The comments about a task, and its fields that are not migrated: for above and for after."""
    comments = context.comments
    notes = comments.above_entry(task.node)
    for name, (key, _) in task.node.members.items():
        if name in ("name", "env", "before", "init", "prebuild", "command"):
            notes += comments.above(key) + comments.beside(key)
    after: list[str] = []
    for field in task.rest:
        if field.name in _TERMINAL:
            context.lost(
                field,
                f"`{field.name}` has no counterpart: tasks and services have logs in place of "
                "terminals",
                severity=Severity.HINT,
            )
        else:
            context.lost(field, _advice(field))
        after += context.as_comment(field)
    for key, _ in task.node.members.values():
        after += comments.after(key)
    return notes, [*after, *comments.beside_entry(task.node)]


def _advice(field: Field) -> str:
    if field.name in ("name", "before", "init", "prebuild", "command"):
        return f"`{field.name}` must be a string"
    if field.name == "env":
        return "`env` must be a mapping of names to values"
    return f"{quoted(field.name)} is not a field of a task of `.gitpod.yml`"


def _without_scripts(task: Task, context: Context) -> list[str]:
    """A task without scripts as a comment."""
    made: list[str] = []
    if task.name is not None:
        message = (
            f"the task {quoted(task.name.text)} runs nothing, so it is left out; was the next "
            "entry of the list to be part of it?"
        )
        context.lost(task.name, message)
        made += context.as_comment(task.name)
    for field in task.variables:
        context.lost(field, "a variable of a task that runs nothing; set it where it is needed")
        made += context.as_comment(field)
    return made


def _top_variables(classic: Classic, context: Context) -> list[str]:
    """The exports of the variables that all tasks have."""
    from validator.migration.classic import fields_of
    from validator.parsing.nodes import Mapping

    field = classic.fields.get("env")
    has_scripts = any(task.scripts for task in classic.tasks)
    if field is None or not isinstance(field.value, Mapping) or not has_scripts:
        return []
    del classic.fields["env"]
    above = [*context.comments.above(field.key), *context.comments.beside(field.key)]
    lines = _exports(tuple(fields_of(field.value, field.pointer)), context)
    return [*above, *lines, *context.comments.after(field.key)]


def _exports(variables: tuple[Field, ...], context: Context) -> list[str]:
    """The lines of a script that set variables."""
    lines: list[str] = []
    for field in variables:
        if field.value.kind in ("array", "object") or not re.fullmatch(_IDENTIFIER, field.name):
            context.lost(
                field, f"{quoted(field.name)} can't be exported by a shell; set it elsewhere"
            )
            lines += context.as_comment(field)
            continue
        lines += context.comments.above(field.key)
        beside = "".join(f"  {each}" for each in context.comments.beside(field.key))
        value = "" if field.value.kind == "null" else field.text
        lines.append(f"export {field.name}={shlex.quote(value)}{beside}")
        lines += context.comments.after(field.key)
    return lines
