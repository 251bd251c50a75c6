"""Where the reports of a run come from: files checked, or fixed first."""

from collections.abc import Generator, Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from validator.cli.options import config_for
from validator.config import Config
from validator.configurations import Configurations
from validator.engine import Report, check_text, unreadable
from validator.files import check_found, shadowed
from validator.search import Found, Search

MANY = 1000
"""From how many files on several processes are used, unless `--jobs` says otherwise."""

STDIN = "<stdin>"
"""What standard input is called, if nothing else is said."""


class Wanted(NamedTuple):
    """What a run is asked to do with each file.

    `stdin` is the name of standard input, if that is to be read. `whole` asks for reports of all
    findings, not only of those that are shown.
    """

    kind: str | None
    configurations: Configurations
    stdin: str | None
    fix: bool
    unsafe: bool
    diff: bool
    jobs: int | None
    whole: bool = False


def reports(search: Search, wanted: Wanted) -> Generator[Report, None, None]:
    """The reports of standard input, if it is wanted, and of files, one by one.

    A file whose configuration can't be used is passed over, and the error is left with the
    configurations.
    """
    if wanted.stdin is not None:
        yield _stdin(wanted.stdin, wanted)
    files = _with_config(search, wanted.configurations)
    if wanted.fix or wanted.diff or wanted.jobs == 1:
        yield from (_file(found, config, wanted) for found, config in files)
        return
    # To start processes pays only for many files.
    first = list(islice(files, MANY))
    if wanted.jobs is None and not _several_pay(len(first)):
        yield from (_file(found, config, wanted) for found, config in chain(first, files))
        return
    from validator.cli.jobs import on_processes

    yield from on_processes(chain(first, files), wanted.jobs, wanted.kind, cut=not wanted.whole)


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
    """Whether several processes are done sooner with so many files or more."""
    if files < MANY:
        return False
    from validator.parallel import cores

    return cores() > 1


def _stdin(path: str, wanted: Wanted) -> Report:
    from validator.cli import stdin

    kind = wanted.kind
    config = config_for(path, wanted.configurations)
    try:
        data, rest = stdin.read(config.limits.max_bytes)
    except OSError as error:
        return unreadable(path, f"can't be read: {error.strerror or error}", kind=kind)
    if wanted.fix or wanted.diff:
        from validator.cli.fix import fix_stdin

        return fix_stdin(data, rest, path, kind, config, unsafe=wanted.unsafe, diff=wanted.diff)
    return check_text(data, path=path, kind=kind, config=config, others=shadowed(path))


def _file(found: Found, config: Config, wanted: Wanted) -> Report:
    kind = wanted.kind
    if (wanted.fix or wanted.diff) and not found.skipped:
        from validator.cli.fix import fix_file

        return fix_file(found.path, kind, config, unsafe=wanted.unsafe, diff=wanted.diff)
    return check_found(found, kind=kind, config=config)
