"""click's options, made from declarations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from validator.cli.choice import OneOf
from validator.cli.option import Option
from validator.cli.rule_completion import complete_rules

_Command = TypeVar("_Command", bound=Callable[..., Any])

_SETTINGS: dict[str, dict[str, Any]] = {
    "flag": {"is_flag": True},
    "text": {},
    "rules": {"shell_complete": complete_rules},
    "input": {"type": click.Path(exists=True, dir_okay=False)},
    "output": {"type": click.Path(dir_okay=False)},
    "output or stdout": {"type": click.Path(dir_okay=False, allow_dash=True)},
    "count": {"type": click.IntRange(min=1)},
}
"""The settings of click for what an option takes."""


def options(*declared: Option) -> Callable[[_Command], _Command]:
    """Give a command these options, as a decorator."""

    def decorate(command: _Command) -> _Command:
        for option in reversed(declared):
            command = _made(option)(command)
        return command

    return decorate


def _made(option: Option) -> Callable[[_Command], _Command]:
    if option.takes == "choice":
        settings: dict[str, Any] = {"type": OneOf(option.choices, option.what)}
    else:
        settings = _SETTINGS[option.takes]
    if option.default:
        settings = {**settings, "default": option.default}
    if option.multiple:
        settings = {**settings, "multiple": True}
    return click.option(
        *option.names, option.parameter, metavar=option.metavar, help=option.help, **settings
    )
