"""The end of a run: its exit code, also if its output can't be written."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NoReturn

from validator.cli import INTERNAL, INTERRUPTED, USAGE
from validator.cli.streams import BROKEN_PIPE, Outlet, Unwritable, flush, guarded


def end(run: Callable[[], int]) -> NoReturn:
    """Run a command line, which returns its exit code, and end the process with it.

    If standard output can't be written, the exit code says so.
    """
    with guarded() as outlet:
        try:
            code = run()
        except Unwritable:
            code = USAGE
        flush()
        code = _with_failure(code, outlet)
    sys.exit(code)


def _with_failure(code: int, outlet: Outlet) -> int:
    """The exit code of a run, a different one if its output can't be written."""
    if outlet.failure is None or code in (INTERNAL, INTERRUPTED):
        return code
    if outlet.failure.reader_is_gone:
        return BROKEN_PIPE
    from validator.cli.messages import echo

    echo(f"Error: can't write to standard output: {outlet.failure}.\n", aside=True)
    return USAGE
