"""Pipes whose first command may fail unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.finding import Problem, Severity
from validator.model.automations import Document
from validator.model.scripts import Field, all_scripts
from validator.rule import Rule
from validator.wording import quoted

TYPE_CHECKING = False

if TYPE_CHECKING:
    from validator.shell.syntax import Command, Script

_SETTING = "set -o pipefail"
_PIPEFAIL = "pipefail"
# Which hardly fail, or whose failure says nothing.
_HARMLESS = frozenset(
    (  # noqa: SIM905
        "awk base64 basename cat comm cut date dirname echo egrep env fgrep find grep head "
        "hostname id ls lsof pgrep printf ps pwd sed seq sort ss tac tail tee tr uname uniq wc "
        "which yes"
    ).split()
)
_NAME = r"[\w.+/-]*\w"
_SUBSTITUTIONS = ("$(", "`", "<(", ">(")


def check(document: Document) -> Iterator[Problem]:
    for field in all_scripts(document):
        is_run = field.pointer.endswith(("/command", "/start"))
        if is_run and "|" in field.text and _PIPEFAIL not in field.text:
            yield from _problems(document, field)


def _problems(document: Document, field: Field) -> Iterator[Problem]:
    from validator.shell import commands
    from validator.shell.reader import read
    from validator.shell.source_map import SourceMap

    script = read(field.text)
    command = _first_in_pipe(script) if script else None
    if command is None:
        return
    name = quoted(commands.program(command)[0].text)
    message = f"if {name} fails, the script goes on as if it had not; begin it with `{_SETTING}`"
    span = SourceMap(document.text, field.node).span(command.start, command.end)
    yield Problem("pipe-hides-failure", message, span, field.pointer)


def _first_in_pipe(script: Script) -> Command | None:
    """The first command that writes to another, and whose failure nothing looks at."""
    from validator.shell import commands

    for command in script.commands:
        words = commands.program(command)
        name = words[0].text if words else ""
        may_fail = re.fullmatch(_NAME, name) is not None and name not in _HARMLESS
        if may_fail and command.after == "|" and not _is_asked(command):
            return command
    return None


def _is_asked(command: Command) -> bool:
    """Whether the script asks for the result, or the command is in a word or a function."""
    if command.negated or command.before in ("&&", "||"):
        return True
    part, compound = command.part, command.compound
    while compound is not None:
        if part == "condition" or compound.kind in _SUBSTITUTIONS:
            return True
        part, compound = compound.part, compound.compound
    return False


_TASK = """\
tasks:
  tools:
    name: Tools
    command: |
      {0}curl -fsSL https://acme.dev/tools.tar.gz | tar -xz
      ./tools/setup
    triggeredBy: [manual]
"""

RULES = (
    Rule(
        name="pipe-hides-failure",
        severity=Severity.HINT,
        group="scripts",
        summary="A command before a pipe may fail unseen",
        why="Of `a | b` only the result of `b` counts, so a download that fails looks like one of "
        f"nothing. With `{_SETTING}`, which Bash has, the script ends there. It also ends where "
        "`b` needs only the beginning of what `a` writes, as `head` does.",
        bad=_TASK.format(""),
        good=_TASK.format(f"{_SETTING}\n      "),
        check=check,
        words=("|",),
        optional=True,
    ),
)
