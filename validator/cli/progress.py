"""How far a run has come, on a terminal."""

from __future__ import annotations

import os
import time
from typing import TextIO

_FEW = 20
"""The number of files that are checked too fast to need a word about it."""

_SECONDS = 0.1
"""The least time between two updates of the line."""


class Progress:
    """One line that counts the files checked; nothing is written where there is no terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._visible = is_terminal(stream)
        self._files = 0
        self._shown = ""
        self._last = 0.0

    def step(self) -> None:
        """Count a file."""
        self._files += 1
        if self._visible and self._files > _FEW and time.monotonic() - self._last > _SECONDS:
            self._last = time.monotonic()
            self._shown = f"{self._files:,} files checked"
            self._write(f"\r{self._shown}")

    def clear(self) -> None:
        """Take the line away, so that something else can be written."""
        if self._shown:
            # Blanks, not an escape sequence: every terminal knows them.
            self._write(f"\r{' ' * len(self._shown)}\r")
            self._shown = ""

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def is_terminal(stream: TextIO) -> bool:
    """Whether a stream is a terminal with control sequences, which one with `TERM=dumb` lacks."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"
