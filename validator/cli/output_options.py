"""What commands write, where and how, as their options say."""

from __future__ import annotations

import os
from collections.abc import Sequence

from validator.cli.mistakes import usage_error
from validator.cli.writing import STDOUT, Style


def style_of(
    format_: str | None,
    named: Sequence[str],
    *,
    fix: bool,
    diff: bool,
    unsafe: bool,
    output_file: str,
    color: str | None,
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
        raise usage_error("--fix and --diff can't be used together.")
    if quiet and verbose:
        raise usage_error("--quiet and --verbose can't be used together.")
    if show_fixes and not (fix or diff):
        raise usage_error("--show-fixes has no effect without --fix or --diff; add one.")
    for path in named:
        refuse_to_overwrite(output_file, path, "checked")
    return Style(
        format_,
        statistics=statistics,
        searched=[path for path in named if os.path.isdir(path)],
        path=output_file,
        color=color,
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
        raise usage_error(f"the output would overwrite the file that is {used}.")
