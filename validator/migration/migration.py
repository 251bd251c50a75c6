"""`migrate_text`: from the text of a `.gitpod.yml` to the texts of the files that replace it."""

from __future__ import annotations

import os
import re
from typing import NamedTuple

from validator import arguments
from validator.configuration.config import Config, config_or_default
from validator.contract.other_formats import is_older, other_file
from validator.engine import as_findings
from validator.finding import Finding, Problem, Severity, Span
from validator.kinds import UNKNOWN
from validator.migration.classic import read_classic
from validator.migration.context import Context
from validator.migration.devcontainer import DEFAULT_IMAGE, devcontainer_json
from validator.migration.further_fields import left_over
from validator.migration.mapping import make_items
from validator.migration.writer import write_file
from validator.parsing import reader
from validator.parsing.limits import too_large
from validator.parsing.nodes import Mapping, Node
from validator.parsing.text import Text, decode
from validator.report import Report
from validator.rules import INDEX, crash

DEVCONTAINER = ".devcontainer/devcontainer.json"
"""Where a repository usually keeps the description of its dev container."""

_OF_FILE = r"(?i)\bthis file\b|\bgitpod[.-]yml\b|\b(?:gitpod|configuration|config)[ -]file\b"
_NAME = ".gitpod.yml"


class Migration(NamedTuple):
    """What a `.gitpod.yml` becomes.

    `file` is the text of an automations file, `devcontainer` that of a `devcontainer.json`, empty
    if there is nothing for it. Both are empty if the older file can't be migrated. `report` has
    the findings, at their places in the older file.
    """

    file: str
    devcontainer: str
    report: Report

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of the report."""
        return self.report.findings

    @property
    def ok(self) -> bool:
        """Whether there is a migration."""
        return bool(self.file)


def migrate_text(
    text: str | bytes,
    *,
    path: str | os.PathLike[str] | None = None,
    config: Config | None = None,
    devcontainer: str = DEVCONTAINER,
    new_devcontainer: bool = True,
) -> Migration:
    """Migrate the text of a `.gitpod.yml`, or the bytes of its file.

    `path` names it in the report and is not read. `devcontainer` is the path of
    `devcontainer.json`, relative to the repository's folder; unless that is new, no image is added
    that the older file does not name. Whatever the text contains, the result is a migration, whose
    report says what is not migrated, and what was guessed.
    """
    arguments.text(text)
    path = arguments.path(path)
    config = config_or_default(config).for_path(path)
    problem: Problem | None = None
    if isinstance(text, bytes):
        large = len(text) > config.limits.max_bytes
        value, problem = ("", too_large(config.limits)) if large else decode(text)
    else:
        value = text
    characters = Text(value)
    if problem is not None:
        return _none(path, characters, [problem], config)
    try:
        read = reader.read(characters.value, config.limits, _NAME)
        errors = [each for each in read.problems if INDEX[each.rule].severity is Severity.ERROR]
        if errors:
            return _none(path, characters, errors, config)
        refusal = _refusal(read.root)
        if refusal is not None or not isinstance(read.root, Mapping):
            return _none(path, characters, [refusal] if refusal else [], config)
        context = Context(characters.value, read.root)
        image = DEFAULT_IMAGE if new_devcontainer else ""
        file, container = _migrated(read.root, context, devcontainer, image)
    except Exception as error:
        return _none(path, characters, [crash("the migration", error)], config)
    return Migration(file, container, _report(path, characters, context.problems, config))


def _migrated(root: Mapping, context: Context, devcontainer: str, image: str) -> tuple[str, str]:
    """The texts of the automations file and of `devcontainer.json`."""
    classic = read_classic(root)
    head, over = _head(root, context)
    items, left = make_items(classic, context)
    container = devcontainer_json(classic, context, devcontainer, image)
    tail = [*left, *left_over(classic, context)]
    rest = context.comments.rest()
    file = write_file(items, head, over, [*tail, *rest], context.text)
    return file or "# Nothing to migrate: no tasks.\n", container


def _head(root: Mapping, context: Context) -> tuple[list[str], list[str]]:
    """The comments at the top of the file, and those above `tasks`."""
    head: list[str] = []
    over: list[str] = []
    first = next(iter(root.members.values()))[0]
    above = context.text[: first.start]
    blank = above.replace("\r\n", "\n").rfind("\n\n")
    if blank >= 0:
        head += context.comments.inside(Span(0, blank + 1))
    elif re.search(_OF_FILE, above):
        # And not about the first field.
        head += context.comments.inside(Span(0, first.start))
    if "tasks" in root.members:
        key = root.members["tasks"][0]
        over += [*context.comments.above(key), *context.comments.beside(key)]
    return head, over


def _refusal(root: Node | None) -> Problem | None:
    """Why a document is no `.gitpod.yml`, None if it may be one."""
    if root is None or root.kind == "null":
        return _not_older("the file is empty: nothing to migrate", Span(0, 0))
    if not isinstance(root, Mapping):
        return _not_older("a `.gitpod.yml` is a mapping with fields such as `tasks`", root.span)
    if not root.members:
        return _not_older("the file is empty: nothing to migrate", root.span)
    for section, (key, value) in root.members.items():
        if section == "services" or (section == "tasks" and isinstance(value, Mapping)):
            message = f"`{section}` is that of an automations file: there is nothing to migrate"
            return _not_older(message, key.span)
    other = None if is_older(root) else other_file(root)
    if other is not None:
        name, what = other
        return _not_older(
            f"this is {what}: there is nothing to migrate", root.members[name][0].span
        )
    return None


def _not_older(message: str, span: Span) -> Problem:
    return Problem("not-an-older-file", message, span)


def _none(path: str | None, text: Text, problems: list[Problem], config: Config) -> Migration:
    return Migration("", "", _report(path, text, problems, config))


def _report(path: str | None, text: Text, problems: list[Problem], config: Config) -> Report:
    wanted = {(each.span, each.rule, each.message): each for each in problems if config.wants(each)}
    # A fix of the older file is no use.
    ordered = [wanted[key]._replace(fixes=()) for key in sorted(wanted)]
    return Report(path, UNKNOWN, text, tuple(as_findings(ordered, text, config)))
