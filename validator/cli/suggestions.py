"""What was perhaps meant by an unknown command or option; imported only after such an error."""

from __future__ import annotations

import os
from importlib import import_module

import click

from validator.cli import COMMANDS
from validator.likeness import Vocabulary
from validator.rules import INDEX
from validator.wording import listed, quoted

_ELSEWHERE = {
    "completions": "completion",
    "diff": "check --diff",
    "fix": "check --fix",
    "lint": "check",
    "list": "rules",
    "rule": "explain",
    "server": "lsp",
    "test": "check",
    "validate": "check",
    "verify": "check",
    "watch": "check --watch",
}
"""Commands of other programs, and their equivalents here."""

_FORMATTING = ("fmt", "format")

_OPTIONS_ELSEWHERE = {
    "-c": "--config",
    "-f": "--format",
    "-j": "--jobs",
    "--config-file": "--config",
    "--extend-exclude": "--exclude",
    "--extend-ignore": "--ignore",
    "--extend-select": "--select",
    "--output": "--output-file",
    "--output-format": "--format",
    "--severity": "--fail-on",
    "--stdin-file-path": "--stdin-filename",
}
"""Options of other programs, and their equivalents here."""


def unknown_command(name: str) -> str:
    """The message for a command that does not exist, which may be a path or a rule."""
    if name in _FORMATTING:
        return (
            f"`{name}` is not a command: files are not formatted; `check --fix` changes only what "
            "is wrong in them"
        )
    # A path has one of these endings, begins with a dot, or exists.
    looks_like_one = name.startswith(".") or name.endswith((".yaml", ".yml", ".json"))
    is_path = looks_like_one or os.path.lexists(name)
    if name in _ELSEWHERE:
        meant = [_ELSEWHERE[name]]
    elif is_path or os.sep in name:
        meant = [f"check {name}"]
    elif name in INDEX:
        meant = [f"explain {name}"]
    else:
        near = Vocabulary([*COMMANDS, *_ELSEWHERE]).nearest(name).names
        meant = list(dict.fromkeys(_ELSEWHERE.get(each, each) for each in near))
    return f"`{name}` is not a command{_or_nothing(meant)}"


def unknown_option(error: click.NoSuchOption) -> str:
    """The message for an option that the command of the error's context does not have."""
    name, context = error.option_name, error.ctx
    where = context.command_path if context is not None else "this command"
    names = _options(context.command) if context is not None else []
    here = _OPTIONS_ELSEWHERE.get(name, name)
    meant = [here] if here in names else _near(name, names)
    if not meant and context is not None and isinstance(context.command, click.Group):
        commands = [each for each in COMMANDS if here in _options(_command(each))]
        first = ["check"] if "check" in commands else commands
        meant = [f"{each} {here}" for each in first]
    elif not meant and context is not None:
        root = context.find_root()
        meant = [f"{root.command_path} {each}" for each in _near(name, _options(root.command))]
    return f"{quoted(name)} is not an option of `{where}`{_or_nothing(meant)}"


def _near(name: str, options: list[str]) -> list[str]:
    """The options that a misspelt one most likely means."""
    return [*Vocabulary([each for each in options if each.startswith("--")]).nearest(name).names]


def _command(name: str) -> click.Command:
    command: click.Command = getattr(import_module(COMMANDS[name]), name)
    return command


def _options(command: click.Command) -> list[str]:
    """The spellings of a command's options that its help shows, and --help."""
    options = (each for each in command.params if isinstance(each, click.Option))
    spellings = (name for each in options if not each.hidden for name in each.opts)
    return [*spellings, "--help"]


def _or_nothing(meant: list[str]) -> str:
    return f"; did you mean {listed(meant)}?" if meant else ""
