"""The progress of a run, on a terminal."""

from __future__ import annotations

import time
from typing import TextIO

_FEW = 20
"""Number of files that are checked too fast to show progress."""

_SECONDS = 0.1
"""Minimum time between two updates of the line, in seconds."""


class Progress:
    """One line on a terminal that counts the files checked."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._files = 0
        self._shown = ""
        self._last = 0.0

    def step(self) -> None:
        """Count a file."""
        self._files += 1
        if self._files > _FEW and time.monotonic() - self._last > _SECONDS:
            self._last = time.monotonic()
            self._shown = f"{self._files:,} files checked"
            self._write(f"\r{self._shown}")

    def clear(self) -> None:
        """Remove the line, so that something else can be written."""
        if self._shown:
            # Spaces, not an escape sequence: they work on every terminal.
            self._write(f"\r{' ' * len(self._shown)}\r")
            self._shown = ""

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
