"""Running a program that only reads files, within bounds, and with nothing of the user's."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from typing import NamedTuple, Protocol

MAX_OUTPUT = 32_000_000
"""How much a program may write, in bytes."""

MAX_MEMORY = 1_000_000_000
"""How much memory it may take, in bytes, where the system can bound that (Linux)."""

_POLL = 0.05


class ProcessError(Exception):
    """A program did not end as it should; the message says why."""


class Cancelled(Exception):
    """The program was ended, as its caller asked."""


class Event(Protocol):
    """What says that a program is to be ended, such as a `threading.Event`."""

    def is_set(self) -> bool: ...


class Result(NamedTuple):
    """A program's exit code, standard output, and first line on stderr."""

    status: int
    output: bytes
    error: str


def call(command: list[str], folder: str, seconds: float, cancelled: Event | None) -> Result:
    """Run a program in a folder, where it is given an empty `stderr`, without standard input.

    Raises OSError if it can't be started, ProcessError if it takes longer than `seconds` or writes
    too much, and Cancelled soon after `cancelled` is set. It has ended whenever this returns.
    """
    deadline = time.monotonic() + seconds
    with open(os.path.join(folder, "stderr"), "w+b") as errors:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            # What a wrapper script starts is ended with it.
            start_new_session=True,
        )
        output = b""
        ended = threading.Event()

        def read() -> None:
            nonlocal output
            assert process.stdout is not None
            with process.stdout as stream:
                output = stream.read(MAX_OUTPUT + 1)
            ended.set()

        try:
            _limit_memory(process.pid)
            threading.Thread(target=read, daemon=True).start()
            while not ended.wait(_POLL):
                if cancelled is not None and cancelled.is_set():
                    raise Cancelled
                if time.monotonic() > deadline:
                    raise ProcessError("took too long")
            if len(output) > MAX_OUTPUT:
                raise ProcessError(f"wrote more than {MAX_OUTPUT} bytes")
            status = process.wait(max(_POLL, deadline - time.monotonic()))
        except subprocess.TimeoutExpired as error:
            raise ProcessError("took too long") from error
        finally:
            _end(process)
        errors.seek(0)
        lines = errors.read(500).decode("utf-8", "replace").splitlines()
    return Result(status, output, next((line.strip() for line in lines if line.strip()), ""))


def _environment() -> dict[str, str]:
    """Nothing of the user's; Windows starts no program without its own folder."""
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}


def _limit_memory(pid: int) -> None:
    if sys.platform == "linux":
        import resource

        try:
            resource.prlimit(pid, resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))
        except (OSError, ValueError):
            # It has ended already, or has a lower limit.
            return


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process, and what it has started, if it is still there."""
    # Until it is waited for, its number is no other's.
    if process.returncode is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:
        import signal

        try:
            os.killpg(process.pid, signal.SIGKILL)
        except OSError:
            process.kill()
    process.wait()
