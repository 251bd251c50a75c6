"""Options for what commands write, where and how."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from validator.cli.choice import OneOf
from validator.cli.writing import STDOUT, Style

_Command = TypeVar("_Command", bound=Callable[..., Any])

_COLORS = {"always": True, "auto": None, "never": False}


def _choose_color(context: click.Context, _parameter: object, value: str | None) -> None:
    context.color = _COLORS[value or "auto"]


color_option = click.option(
    "--color",
    type=OneOf(tuple(_COLORS), "setting"),
    expose_value=False,
    callback=_choose_color,
    help="Use colours; auto, on terminals.  [default: auto]",
)
"""The option --color, which sets the colour of the context."""

output_file_option = click.option(
    "-o",
    "--output-file",
    type=click.Path(dir_okay=False, allow_dash=True),
    default=STDOUT,
    help="Write to this file, instead of to standard output.",
)
"""The option --output-file."""


def style_options(command: _Command) -> _Command:
    """Give a command the options for how reports are written; `style_of` takes them all."""
    options = (
        output_file_option,
        color_option,
        click.option("-q", "--quiet", is_flag=True, help="Write findings only, no summary."),
        click.option(
            "-v",
            "--verbose",
            is_flag=True,
            help="Also report files, configurations and programs used, on stderr.",
        ),
        click.option(
            "--statistics",
            is_flag=True,
            help="Write the number of findings per rule instead of the findings.",
        ),
        click.option("--show-fixes", is_flag=True, help="List what --fix fixed, by file and rule."),
        click.option(
            "--all-rules",
            is_flag=True,
            help="List all rules in SARIF, not only those with findings.",
        ),
        click.option("--exit-zero", is_flag=True, help="Exit with 0, also if something was found."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def style_of(
    format_: str | None,
    named: Sequence[str],
    *,
    fix: bool,
    diff: bool,
    unsafe: bool,
    output_file: str,
    quiet: bool,
    verbose: bool,
    statistics: bool,
    show_fixes: bool,
    all_rules: bool,
    exit_zero: bool,
) -> Style:
    """The style that options describe; `named` are the paths to check.

    Raises click.UsageError for options that can't be used together.
    """
    if fix and diff:
        raise click.UsageError("--fix and --diff can't be used together.")
    if quiet and verbose:
        raise click.UsageError("--quiet and --verbose can't be used together.")
    if show_fixes and not (fix or diff):
        raise click.UsageError("--show-fixes has no effect without --fix or --diff; add one.")
    for path in named:
        refuse_to_overwrite(output_file, path, "checked")
    return Style(
        format_,
        statistics=statistics,
        searched=[path for path in named if os.path.isdir(path)],
        path=output_file,
        exit_zero=exit_zero,
        progress=not verbose,
        unsafe=unsafe,
        quiet=quiet,
        show_fixes=show_fixes,
        all_rules=all_rules,
    )


def refuse_to_overwrite(output: str, path: str, used: str) -> None:
    """Raise click.UsageError if the output would replace a file that is `used`."""
    exist = output != STDOUT and os.path.exists(output) and os.path.exists(path)
    if exist and os.path.samefile(output, path):
        raise click.UsageError(f"the output would overwrite the file that is {used}.")
