"""What commands write, where and how, as their options say."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from validator.cli.mistakes import usage_error
from validator.cli.writing import STDOUT, Style
from validator.search.found import Found


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
    if all_rules and format_ != "sarif":
        raise usage_error("--all-rules has no effect without --format sarif; add it.")
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


def all_kept(output: str, files: Iterable[Found], read: Iterable[str | None]) -> Iterable[Found]:
    """The same files, none of which the output would replace, nor one of those `read`.

    If the output exists, all files are found before one is returned: nothing has been fixed yet.
    Raises click.UsageError if one of them is the output.
    """
    if output == STDOUT or not os.path.isfile(output):
        return files
    for path in filter(None, read):
        refuse_to_overwrite(output, path, "read")
    found = list(files)
    for each in found:
        refuse_to_overwrite(output, each.path, "checked")
    return found
