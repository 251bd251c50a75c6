"""Where the reports of a run come from: files checked, or fixed first."""

from collections.abc import Generator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from validator.config import Config
from validator.engine import Report, check_text, unreadable
from validator.files import check_found
from validator.search import Found, Search

MANY = 1000
"""From how many files on several processes are used, unless `--jobs` says otherwise."""


class Wanted(NamedTuple):
    """What a run is asked to do with each file."""

    kind: str | None
    config: Config
    stdin_filename: str | None
    fix: bool
    unsafe: bool
    diff: bool
    jobs: int | None


def reports(paths: Sequence[str], wanted: Wanted) -> Generator[Report, None, None]:
    """The reports of standard input, given as `-`, and of files and folders, one by one."""
    if "-" in paths:
        yield _stdin(wanted)
    files = iter(Search([path for path in paths if path != "-"], wanted.config))
    if wanted.fix or wanted.diff or wanted.jobs == 1:
        yield from (_file(found, wanted) for found in files)
        return
    # To start processes pays only for many files.
    first = list(islice(files, MANY))
    if wanted.jobs is None and not _several_pay(len(first)):
        yield from (_file(found, wanted) for found in chain(first, files))
        return
    from validator.cli.jobs import on_processes

    yield from on_processes(chain(first, files), wanted.jobs, wanted.kind, wanted.config)


def _several_pay(files: int) -> bool:
    """Whether several processes are done sooner with so many files or more."""
    if files < MANY:
        return False
    from validator.parallel import cores

    return cores() > 1


def _stdin(wanted: Wanted) -> Report:
    from validator.cli import stdin

    kind, config = wanted.kind, wanted.config
    path = wanted.stdin_filename or "<stdin>"
    try:
        data, rest = stdin.read(config.limits.max_bytes)
    except OSError as error:
        return unreadable(path, f"can't be read: {error.strerror or error}", kind=kind)
    if wanted.fix or wanted.diff:
        from validator.cli.fix import fix_stdin

        return fix_stdin(data, rest, path, kind, config, unsafe=wanted.unsafe, diff=wanted.diff)
    return check_text(data, path=path, kind=kind, config=config)


def _file(found: Found, wanted: Wanted) -> Report:
    kind, config = wanted.kind, wanted.config
    if (wanted.fix or wanted.diff) and not found.skipped:
        from validator.cli.fix import fix_file

        return fix_file(found.path, kind, config, unsafe=wanted.unsafe, diff=wanted.diff)
    return check_found(found, kind=kind, config=config)
