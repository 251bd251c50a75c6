"""From what a `.gitpod.yml` says to the tasks and services of an automations file."""

from __future__ import annotations

from validator.authoring.names import as_reference, only_prints, reference, title
from validator.authoring.triggers import STARTS
from validator.migration.classic import Classic
from validator.migration.context import NOT_MIGRATED, Context
from validator.migration.further_fields import clone_repositories, configure_git
from validator.migration.gp_answers import replace_gp
from validator.migration.gp_commands import is_only_comments
from validator.migration.items import Item, Part
from validator.migration.ports import find_ports, open_ports
from validator.migration.tasks import items_of_tasks


def make_items(classic: Classic, context: Context) -> tuple[list[Item], list[str]]:
    """The items of a migration in the order in which they are written, and comments left over."""
    clone, git = clone_repositories(classic, context), configure_git(classic, context)
    items, left = items_of_tasks(classic, context)
    find_ports(items, classic, context)
    replace_gp(items, context)
    items, more = _without_empty(items)
    left += more
    _order(items, clone)
    opened, more = open_ports(classic, context)
    left += more
    made = [*filter(None, (clone, git)), *items, *filter(None, (opened,))]
    _name(made)
    _report_guesses(items, context)
    return made, left


def _without_empty(items: list[Item]) -> tuple[list[Item], list[str]]:
    """The items whose scripts still have commands; what others say goes to the next one.

    Those are scripts with nothing but commands that became dependencies.
    """
    kept: list[Item] = []
    left: list[str] = []
    for item in items:
        if not _is_empty(item):
            kept.append(item)
            continue
        heir = next((each for each in item.siblings if not _is_empty(each)), None)
        if heir is None:
            if item.older is not None and item.older.name is not None:
                left.append(f"# {NOT_MIGRATED}name: {item.older.name.text.strip()}")
            left += [*item.above, *item.over, *_comments(item), *item.after, *item.below]
        else:
            # It has the same variables.
            item.parts = [part for part in item.parts if part.field is not None]
            lines = [*item.above, *item.over, *_comments(item), *item.after, *item.below]
            heir.parts.insert(0, Part("\n".join(lines)))
            for dependency in item.dependencies:
                heir.depend_on(dependency)
    there = set(map(id, kept))
    for item in kept:
        item.dependencies = [each for each in item.dependencies if id(each) in there]
        item.siblings = [each for each in item.siblings if id(each) in there]
    return kept, left


def _is_empty(item: Item) -> bool:
    """Whether nothing is left of an item's scripts but comments, and variables for these."""
    return all(is_only_comments(part.text) for part in item.parts if part.field is not None)


def _comments(item: Item) -> list[str]:
    """The lines of an item's scripts as comments, which nearly all of them are."""
    found = [line.strip() for line in item.script.split("\n") if line.strip()]
    return [line if line.startswith("#") else f"# {NOT_MIGRATED}{line}" for line in found]


def _order(items: list[Item], clone: Item | None) -> None:
    """Let a command wait for the installation before it, and installations for what is cloned."""
    for item in items:
        install = _install_of(item)
        if install is not None and not (_only_prints(item) or _only_prints(install)):
            item.depend_on(install)
        if clone is not None and install is None:
            item.depend_on(clone)


def _install_of(item: Item) -> Item | None:
    """The item of the `init` before a `command`."""
    if item.own is None or item.own.name != "command":
        return None
    return next((each for each in item.siblings if each.own and each.own.name == "init"), None)


def _only_prints(item: Item) -> bool:
    return only_prints(item.script)


def _name(items: list[Item]) -> None:
    """Give all items names and references: from the older name, or from what they run."""
    taken: dict[str, int] = {}
    for item in items:
        if item.older is None or item.own is None:
            item.reference = reference(item.name, taken, item.kind)
            continue
        same = item.siblings
        part = ""
        if item.older.name is not None:
            name = item.older.name.text.strip()
            first = [each for each in reversed(same) if not _only_prints(each)] or same
            if item is not first[0]:
                part = "message" if _only_prints(item) else item.own.name
        else:
            name = _title(item)
            if item is not same[-1] and name == _title(same[-1]):
                part = item.own.name
        item.name = f"{name} ({part})" if part else name
        # A name in another script has no letter that a reference may have.
        words = name if as_reference(name) else _title(item)
        item.reference = reference(f"{words} {part}", taken, item.kind)


def _title(item: Item) -> str:
    """A name from what an item runs: its own script, or what is in front of that."""
    assert item.own is not None
    assert item.older is not None
    scripts = [part.text for part in reversed(item.parts) if part.field is not None]
    telling = [script for script in scripts if not only_prints(script)] or scripts
    found = next(filter(None, map(title, telling)), "")
    return found or f"Task {int(item.older.pointer.rpartition('/')[2]) + 1}"


def _report_guesses(items: list[Item], context: Context) -> None:
    """Report what may be different now: when things start, and how often."""
    for item in items:
        install = _install_of(item)
        if install is None or item.own is None or install.own is None:
            continue
        if item.kind == "service" and install.kind == "task":
            context.guessed(
                item.own,
                f"without a prebuild, `{item.reference}` does not wait for `{install.reference}` "
                "at the first start, as services have no `dependsOn`; if it fails, let `start` "
                "wait",
            )
        elif install in item.dependencies and item.triggers == STARTS:
            context.guessed(
                install.own,
                f"`{install.reference}` runs again at each start, as `{item.reference}` depends on "
                "it; make sure that it can, or remove the dependency",
            )
