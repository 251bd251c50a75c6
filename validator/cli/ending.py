"""The end of a run: its exit code, also if its output can't be written."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from validator.cli import INTERNAL, INTERRUPTED, USAGE
from validator.cli.streams import BROKEN_PIPE, Guard, Outlet, Unwritable, flush

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any, NoReturn


def end(run: Callable[[], int]) -> NoReturn:
    """Run a command line, which returns its exit code, and end the process with it.

    If standard output can't be written, the exit code says so.
    """
    with Guard() as outlet:
        try:
            code = run()
        except Unwritable:
            code = USAGE
        flush()
        code = _with_failure(code, outlet)
    sys.exit(code)


def leave(code: object) -> None:
    """End the process without freeing its memory first, which takes 6 % of a run on one file.

    Returns if the end may matter to anyone: to handlers, profilers, debuggers or other threads, or
    if output is left that can't be written. Python's own end is then the right one.
    """
    import atexit

    watched = sys.gettrace() or sys.getprofile() or sys.flags.inspect or sys.flags.dev_mode
    if watched or "threading" in sys.modules or not isinstance(code, int):
        return
    if _is_monitored() or getattr(atexit, "_ncallbacks", lambda: 1)():
        return
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        return
    os._exit(code)


def _is_monitored() -> bool:
    """Whether a tool watches by `sys.monitoring`, which is new in Python 3.12."""
    monitoring: Any = getattr(sys, "monitoring", None)
    return monitoring is not None and any(map(monitoring.get_tool, range(6)))


def _with_failure(code: int, outlet: Outlet) -> int:
    """The exit code of a run, a different one if its output can't be written."""
    if outlet.failure is None or code in (INTERNAL, INTERRUPTED):
        return code
    if outlet.failure.reader_is_gone:
        return BROKEN_PIPE
    from validator.cli.messages import echo

    echo(f"Error: can't write to standard output: {outlet.failure}.\n", aside=True)
    return USAGE
