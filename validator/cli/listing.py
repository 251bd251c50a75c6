"""The options --show-files and --show-settings: what a check would use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from validator.cli import output_file
from validator.cli.options import config_for
from validator.cli.origin import Origin
from validator.configuration.configurations import Configurations
from validator.display import inert, visible
from validator.search.found import Found


def files(
    search: Iterable[Found], stdin: str | None, configurations: Configurations
) -> Iterator[str]:
    """The files that would be checked: not those whose configuration can't be used."""
    if stdin is not None:
        yield stdin
    for found in search:
        if not found.skipped and (found.config or configurations.of(found.path)) is not None:
            yield found.path


def write(
    paths: Iterator[str], output: str, configurations: Configurations, origin: Origin | None
) -> None:
    """Write a line for each file; with the origin of settings, these instead."""
    if origin is None:
        shown = "".join(f"{inert(visible(path))}\n" for path in paths)
    else:
        from validator.cli.settings import settings

        each = (settings(path, config_for(path, configurations), origin) for path in paths)
        shown = "\n".join(each)
    output_file.write(output, shown)
