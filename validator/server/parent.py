"""The editor's process: a server whose editor is gone has nothing left to do."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable

SECONDS = 2.0
"""How often the editor's process is looked for."""


def watch(process: int, gone: Callable[[], None]) -> None:
    """Call a function, in a thread of its own, once a process has ended.

    `process` is its number, as the editor tells it in `initialize`. One that can't be looked for is
    taken to go on.
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
            # The signal 0 is none: it only asks.
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        except (OSError, OverflowError):
            # Another user's, or no number that a process can have.
            return True
        return True
