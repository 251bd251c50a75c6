"""Output that is written line by line: one that is long is never in memory as a whole."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import NamedTuple

from validator.cli.messages import echo
from validator.cli.output_file import write
from validator.cli.streams import columns, write_utf8
from validator.cli.writing import STDOUT, wants_color

_AS_ON_THE_TERMINAL = ("json", "text")


class Output(NamedTuple):
    """Where a command writes: in a format, to a file or `-`, with the value of --color if given."""

    format: str
    file: str
    color: str | None

    @property
    def colored(self) -> bool:
        """Whether to use colours."""
        return wants_color(sys.stdout if self.file == STDOUT else None, self.color)

    @property
    def width(self) -> int:
        """The number of columns; 100 if it is not known, as in a file."""
        return columns(sys.stdout if self.file == STDOUT else None) or 100

    def write(self, lines: Iterable[str]) -> None:
        """Write lines; those of other programs' formats in UTF-8, whatever the terminal has."""
        if self.file == STDOUT:
            _write(lines, echo if self.format in _AS_ON_THE_TERMINAL else write_utf8)
            return
        # A file is replaced as a whole.
        pieces: list[str] = []
        _write(lines, pieces.append)
        write(self.file, "".join(pieces))


def _write(lines: Iterable[str], write: Callable[[str], None]) -> None:
    """Write lines in batches: one by one is slow, and all together may take much memory."""
    some: list[str] = []
    for line in lines:
        some.append(line + "\n")
        if len(some) >= 1000 or len(line) >= 100_000:
            write("".join(some))
            some.clear()
    if some:
        write("".join(some))
