"""The reports of a run: of files that are checked, or fixed first."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator
from itertools import chain, islice

from validator.cli.options import config_for
from validator.configuration.config import FILE_NAME, PROJECT_FILE_NAME, Config, ConfigError
from validator.configuration.configurations import Configurations
from validator.engine import check_text, unreadable
from validator.file_check import check_found
from validator.files.reading import read_bytes
from validator.finding import Finding, Place, Severity, Span
from validator.kinds import UNKNOWN
from validator.parsing.text import Text, decode
from validator.report import Report
from validator.search.found import Found
from validator.search.shadowed import shadowed

TYPE_CHECKING = False

if TYPE_CHECKING:
    from validator.cli.fix import Fixing

MANY = 1000
"""Number of files from which several processes are used, unless `--jobs` is given."""

STDIN = "<stdin>"
"""The name of standard input, unless another is given."""


class Wanted:
    """What to do with each file of a run.

    `stdin` is the name of standard input, if that is read. `fixing` says how files are fixed, None
    if they are not. `whole` requests reports with all findings, not only those that are shown.
    """

    def __init__(
        self,
        configurations: Configurations,
        stdin: str | None,
        fixing: Fixing | None,
        jobs: int | None,
        *,
        whole: bool = False,
    ) -> None:
        self.configurations = configurations
        self.stdin = stdin
        self.fixing = fixing
        self.jobs = jobs
        self.whole = whole


def reports(files: Iterable[Found], wanted: Wanted) -> Generator[Report, None, None]:
    """The reports of standard input, if requested, and of files, one by one.

    A file whose configuration can't be used is skipped; at the end, each such configuration gets a
    report.
    """
    if wanted.stdin is not None:
        yield _stdin(wanted.stdin, wanted)
    yield from _of_files(_with_config(files, wanted.configurations), wanted)
    for error in wanted.configurations.errors:
        yield _unusable(error)


def _of_files(files: Iterator[tuple[Found, Config]], wanted: Wanted) -> Iterator[Report]:
    if wanted.fixing is not None or wanted.jobs == 1:
        yield from (_file(found, config, wanted) for found, config in files)
        return
    # Starting processes pays off only for many files.
    first = list(islice(files, MANY))
    if wanted.jobs is None and not _several_pay(len(first)):
        yield from (_file(found, config, wanted) for found, config in chain(first, files))
        return
    from validator.cli.jobs import on_processes

    yield from on_processes(chain(first, files), wanted.jobs, cut=not wanted.whole)


def _with_config(
    files: Iterable[Found], configurations: Configurations
) -> Iterator[tuple[Found, Config]]:
    for found in files:
        config = found.config or configurations.of(found.path)
        if config is not None:
            yield found, config
        elif found.skipped:
            yield found, Config()


def _several_pay(files: int) -> bool:
    """Whether several processes are faster for this many files or more."""
    if files < MANY:
        return False
    from validator.batch import cores

    return cores() > 1


def _stdin(path: str, wanted: Wanted) -> Report:
    from validator.cli import stdin

    config = config_for(path, wanted.configurations)
    try:
        data, rest = stdin.read(config.limits.max_bytes)
    except OSError as error:
        return unreadable(path, f"can't be read: {error.strerror or error}", config)
    if wanted.fixing is not None:
        from validator.cli.fix import fix_stdin

        return fix_stdin(data, rest, path, config, wanted.fixing)
    return check_text(data, path=path, config=config, others=shadowed(path))


def _file(found: Found, config: Config, wanted: Wanted) -> Report:
    if wanted.fixing is not None and not found.skipped:
        from validator.cli.fix import fix_file

        return fix_file(found.path, config, wanted.fixing)
    return check_found(found, config)


def _unusable(error: ConfigError) -> Report:
    """The report of a configuration that a search has found, and that can't be used."""
    from contextlib import suppress

    from validator.cli.errors import shown_path
    from validator.configuration.config_file import MAX_BYTES

    text = Text("")
    # The target of a link, and what a configuration extends, may be outside of the searched folder:
    # show nothing of it.
    own = os.path.basename(error.path) in (FILE_NAME, PROJECT_FILE_NAME)
    if own and not os.path.islink(error.path):
        with suppress(OSError):
            text = Text(decode(read_bytes(error.path, MAX_BYTES))[0])
    findings = tuple(
        Finding(
            "unreadable-file",
            Severity.ERROR,
            f"this configuration can't be used: {each.message}",
            _place(text, each.position),
        )
        for each in (error, *error.more)
    )
    return Report(shown_path(error), UNKNOWN, text, findings)


def _place(text: Text, position: tuple[int, int] | None) -> Place | None:
    """The character at a line and a column of a text, if it has that line."""
    if position is None or not text.value or position[0] > len(text.starts):
        return None
    line = text.line_span(position[0])
    start = min(line.start + position[1] - 1, line.end)
    return text.place(Span(start, min(start + 1, line.end)))
