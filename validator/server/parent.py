"""Watch the editor's process: when it is gone, the server has nothing left to do."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable

SECONDS = 2.0
"""Interval for checking the editor's process, in seconds."""


def watch(process: int, gone: Callable[[], None]) -> None:
    """Call a function, in a separate thread, once a process has ended.

    `process` is its id, as the editor gives it in `initialize`. A process that can't be checked is
    assumed to be running.
    """
    if process > 0:
        threading.Thread(target=_watch, args=(process, gone), daemon=True).start()


def _watch(process: int, gone: Callable[[], None]) -> None:
    while _runs(process):
        time.sleep(SECONDS)
    gone()


if sys.platform == "win32":

    def _runs(process: int) -> bool:
        import ctypes

        synchronize, time_out, no_such_process = 0x100000, 0x102, 87
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = ctypes.c_void_p
        handle = kernel.OpenProcess(synchronize, False, process)
        if not handle:
            return ctypes.get_last_error() != no_such_process
        try:
            state: int = kernel.WaitForSingleObject(ctypes.c_void_p(handle), 0)
            return state == time_out
        finally:
            kernel.CloseHandle(ctypes.c_void_p(handle))

else:

    def _runs(process: int) -> bool:
        try:
            # Signal 0 is not sent: it only checks.
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        except (OSError, OverflowError):
            # A process of another user, or an invalid id.
            return True
        return True
