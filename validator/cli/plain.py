"""`check` with a plain command line, without click: importing that takes a fourth of a small run.

Hooks and editors call it with paths and a few options. Whatever else there is to a command line, an
error or a request for help, is click's to answer.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Mapping, Sequence

from validator.cli import COMPLETE, lazy_yaml
from validator.cli.check_options import OPTIONS
from validator.cli.ending import end
from validator.cli.option import Option

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any, NoReturn

_EXPANDED = frozenset("*?[~$%")
"""What click replaces in arguments on Windows, where shells do not."""


def parameters(arguments: Sequence[str]) -> dict[str, Any] | None:
    """The parameters of `check` that click would read from a command line; None if click must.

    `arguments` are those of the process, without its own name.
    """
    if arguments[:1] != ["check"] or COMPLETE in os.environ or _is_expanded(arguments):
        return None
    found: dict[str, Any] = {option.parameter: option.default for option in OPTIONS}
    by_name = {name: option for option in OPTIONS for name in option.names}
    paths: list[str] = []
    rest = iter(arguments[1:])
    for argument in rest:
        name, equals, value = argument.partition("=")
        option = by_name.get(name)
        if option is None:
            if argument.startswith("-") and argument != "-":
                return None
            paths.append(argument)
        elif option.takes == "flag" and not equals:
            found[option.parameter] = True
        else:
            if not equals:
                value = next(rest, "-")
            if not _is_plain(option, value) or (value.startswith("-") and not equals):
                return None
            found[option.parameter] = (
                (*found[option.parameter], value) if option.multiple else value
            )
    return {**found, "paths": tuple(paths)}


def _is_expanded(arguments: Sequence[str]) -> bool:
    return os.name == "nt" and not _EXPANDED.isdisjoint("".join(arguments))


def _is_plain(option: Option, value: str) -> bool:
    """Whether click would take the value of an option as it is."""
    return option.takes in ("rules", "text") or value in option.choices


def run(given: Mapping[str, Any], program: str | None) -> NoReturn:
    """Run `check` with these parameters, and end the process with a documented exit code.

    `program` is its name in messages, inferred by click if None.
    """
    end(lambda: _code(given, program))


def _code(given: Mapping[str, Any], program: str | None) -> int:
    try:
        lazy_yaml.install()
        from validator.cli.checking import run as check

        # Imported modules live until the end; collecting garbage at exit would take long, too.
        gc.freeze()
        return check(**given)
    except (Exception, KeyboardInterrupt) as error:
        from validator.cli.main import main

        # The command raises it again, for click to report.
        return main.code(prog_name=program, obj=error)
