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
    paths: Iterator[str],
    output: str,
    configurations: Configurations,
    origin: Origin | None,
    exclude: tuple[str, ...],
) -> None:
    """Write a line for each file; with the origin of settings, these instead.

    `exclude` are the patterns of the command line, which no configuration contains.
    """
    if origin is None:
        shown = "".join(f"{inert(visible(path))}\n" for path in paths)
    else:
        from validator.cli.settings import all_settings

        configs = ((path, config_for(path, configurations)) for path in paths)
        shown = all_settings(
            (
                (path, config.replace(exclude=(*config.exclude, *exclude)))
                for path, config in configs
            ),
            origin,
        )
    output_file.write(output, shown)
