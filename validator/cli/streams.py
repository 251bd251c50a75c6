"""Standard input, output and error, in whatever state the process was given them."""

from __future__ import annotations

import errno
import io
import os
import sys

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any, TextIO

BROKEN_PIPE = 141
"""The exit code if the reader of the output is gone: as in shells for SIGPIPE."""


class Unwritable(Exception):
    """Standard output can't be written; the text says why."""

    def __init__(self, error: OSError) -> None:
        super().__init__(error.strerror or str(error))
        # Windows uses another error number.
        gone = (errno.EPIPE, errno.EINVAL) if os.name == "nt" else (errno.EPIPE,)
        self.reader_is_gone = error.errno in gone


class Outlet(io.RawIOBase):
    """The raw byte stream of an output.

    `failure` is the first system error; after it, everything is dropped. It is raised as Unwritable
    if `raises`.
    """

    def __init__(self, raw: Any, *, raises: bool) -> None:
        self._raw = raw
        self.raises = raises
        self.failure: Unwritable | None = None

    @property
    def is_closed(self) -> bool:
        """Whether the process was started with the stream closed."""
        return isinstance(self._raw, _Closed)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        number: int = self._raw.fileno()
        return number

    def isatty(self) -> bool:
        return bool(self._raw.isatty())

    def write(self, data: Any) -> int:
        if self.failure is None:
            try:
                return self._write(data)
            except OSError as error:
                self.failure = Unwritable(error)
                if self.raises:
                    raise self.failure from error
        return len(data)

    def _write(self, data: Any) -> int:
        while True:
            written: int | None = self._raw.write(data)
            if written is not None:
                return written
            _wait(writable=self._raw)


class _Inlet(io.RawIOBase):
    """The raw bytes of standard input: unlike in Python, no data yet is not the end."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        number: int = self._raw.fileno()
        return number

    def isatty(self) -> bool:
        return bool(self._raw.isatty())

    def readinto(self, buffer: Any) -> int:
        while True:
            count: int | None = self._raw.readinto(buffer)
            if count is not None:
                return count
            _wait(readable=self._raw)


class _Closed(io.RawIOBase):
    """A stream that was closed when the process was started."""

    def write(self, _data: Any) -> int:
        raise OSError(errno.EBADF, "it is closed")


def _wait(*, readable: Any = None, writable: Any = None) -> None:
    """Wait for a stream that another process has made non-blocking."""
    from select import select

    select([readable] if readable else [], [writable] if writable else [], [])


class Guard:
    """A context that replaces the standard streams during a run, with these guarantees.

    If standard output can't be written, Unwritable is raised, once. Output that can't be written to
    standard error is dropped. Characters missing in the encoding are escaped. Standard input stays
    None if it is closed. Its value is the outlet of standard output.
    """

    def __enter__(self) -> Outlet:
        _reserve()
        self._before = sys.stdin, sys.stdout, sys.stderr
        if sys.stdin is not None:
            reader = io.BufferedReader(_Inlet(_raw(sys.stdin)))
            sys.stdin = io.TextIOWrapper(reader, encoding=sys.stdin.encoding)
        outlet = Outlet(_raw(sys.stdout), raises=True)
        sys.stdout = _text(outlet, sys.stdout)
        sys.stderr = _text(Outlet(_raw(sys.stderr), raises=False), sys.stderr)
        return outlet

    def __exit__(self, *_error: object) -> None:
        flush()
        sys.stdin, sys.stdout, sys.stderr = self._before


def flush() -> None:
    """Write the rest of the output; if that fails, the outlet records it."""
    try:  # noqa: SIM105  # contextlib takes 1 % of a run on one file
        sys.stdout.flush()
    except Unwritable:
        pass
    sys.stderr.flush()


def is_terminal(stream: TextIO) -> bool:
    """Whether a stream is a terminal that supports control sequences: not with `TERM=dumb`."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def columns(stream: TextIO | None) -> int | None:
    """The number of columns that the output is read in; None if it has none, as a log.

    `shutil.get_terminal_size` says 0 on Python 3.10 for a terminal that doesn't know its width.
    """
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return int(said)
    if stream is None or not is_terminal(stream):
        return None
    try:
        return os.get_terminal_size(stream.fileno()).columns or None
    except (OSError, ValueError):
        return None


def carry_on() -> None:
    """Do not end the run if standard output can't be written: it has other work to do."""
    outlet = _outlet()
    if outlet is not None:
        outlet.raises = False


def write_bytes(data: bytes) -> None:
    """Write bytes to standard output, whatever its encoding is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write_utf8(text: str) -> None:
    """Write a UTF-8 document, such as a page; a terminal gets it in its own encoding."""
    if sys.stdout.isatty():
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        write_bytes(text.encode("utf-8", "backslashreplace"))


def closed() -> str | None:
    """The name of standard input or output, if the process was started with it closed."""
    if sys.stdin is None:
        return "standard input"
    outlet = _outlet()
    return "standard output" if outlet is not None and outlet.is_closed else None


def _outlet() -> Outlet | None:
    """The outlet of standard output; None outside of a guard."""
    outlet = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    return outlet if isinstance(outlet, Outlet) else None


def _raw(stream: Any) -> Any:
    """The unbuffered stream below a stream."""
    if stream is None:
        return _Closed()
    # In the unbuffered mode of Python there is no buffer.
    return getattr(stream.buffer, "raw", stream.buffer)


def _text(outlet: Outlet, before: Any) -> io.TextIOWrapper:
    """A text stream on an outlet, with the settings of the one that it replaces."""
    return io.TextIOWrapper(
        io.BufferedWriter(outlet),
        encoding=getattr(before, "encoding", "utf-8"),
        errors="backslashreplace",
        line_buffering=getattr(before, "line_buffering", False),
        write_through=getattr(before, "write_through", False),
    )


def _reserve() -> None:
    """Open closed file descriptors 0, 1 and 2, so that no other file gets one of them."""
    for number, useless in enumerate((os.O_WRONLY, os.O_RDONLY, os.O_RDONLY)):
        if not _is_open(number):
            # The lowest free number is used.
            os.open(os.devnull, useless)


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True
