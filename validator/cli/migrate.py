"""`automation-validator migrate`: an automations file in place of a `.gitpod.yml`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from validator.cli import CLEAN, FINDINGS, INTERNAL, USAGE, new_file
from validator.cli.click_options import options
from validator.cli.messages import say
from validator.cli.new_file import TARGET
from validator.cli.option import CONFIGURATION
from validator.cli.options import chosen_configurations, config_for

if TYPE_CHECKING:
    from validator.configuration.config import Config
    from validator.migration.migration import Migration

OLDER = ".gitpod.yml"
"""The file that is migrated if none is named."""

_DEVCONTAINER = ".devcontainer/devcontainer.json"


@click.command(short_help="Migrate a .gitpod.yml.")
@click.argument("path", type=click.Path(allow_dash=True, readable=False), default=OLDER)
@click.option(
    "-o",
    "--output-file",
    "output_",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="Write to this file, instead of to standard output.",
)
@click.option("--write", is_flag=True, help=f"Write to `{TARGET}` beside PATH.")
@click.option("--force", is_flag=True, help="With --write, replace a file that is there.")
@click.option(
    "--devcontainer",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Write what belongs in `devcontainer.json` to this file; show it if the file exists.",
)
@options(*CONFIGURATION)
@click.pass_context
def migrate(
    context: click.Context,
    path: str,
    output_: str | None,
    write: bool,
    force: bool,
    devcontainer: str | None,
    config_path: str | None,
    isolated: bool,
) -> None:
    """Migrate a `.gitpod.yml` of the Classic product to an automations file.

    PATH is the older file, by default `.gitpod.yml` in the current folder, or `-` for standard
    input. It stays as it is. What could not be migrated is in the new file as a comment that begins
    with `# not migrated:`, and is reported on standard error with what was guessed.

    Exit codes: 0 migrated, 1 the file can't be migrated, and nothing is written, 2 wrong usage, a
    PATH that does not exist, or output that can't be written, 3 a bug in this program.
    """
    if write and output_ is not None:
        raise click.UsageError("--write and --output-file can't be used together.")
    if force and not write:
        raise click.UsageError("--force has a meaning only with --write.")
    if os.path.isdir(path):
        raise click.UsageError(f"{path} is a folder; name the file, `{os.path.join(path, OLDER)}`.")
    folder = "" if path == "-" else os.path.dirname(path)
    target = os.path.join(folder, TARGET) if write else output_ or "-"
    for each in filter(None, (output_, devcontainer)):
        if _is_same(each, path):
            raise click.UsageError("the output would overwrite the older file.")
    if write and not force:
        new_file.refuse_to_replace(folder)
    configurations = chosen_configurations(config_path, isolated=isolated, shellcheck="off")
    migration = _migration(path, config_for(path, configurations), folder, devcontainer)
    code = _report(migration)
    if not migration.ok:
        if path != "-" and not os.path.lexists(path):
            from validator.cli.near_path import tell_near

            tell_near([path])
            context.exit(USAGE)
        context.exit(code or FINDINGS)
    new_file.write(target, migration.file)
    if write:
        say(f"Wrote {target}.")
    if migration.devcontainer:
        _write_devcontainer(devcontainer, migration.devcontainer)
    context.exit(CLEAN)


def _migration(path: str, config: Config, folder: str, devcontainer: str | None) -> Migration:
    """The migration of a file; one that can't be read gives a report that says so."""
    from validator.cli.reports import STDIN
    from validator.cli.stdin import read_input
    from validator.engine import unreadable
    from validator.migration.migration import Migration, migrate_text

    name = STDIN if path == "-" else path
    try:
        data = read_input(path, config.limits.max_bytes)
    except OSError as error:
        report = unreadable(name, f"can't be read: {error.strerror or error}", config)
        return Migration("", "", report)
    # As seen from the repository's folder: paths in it are relative to where it is.
    place = os.path.relpath(devcontainer or os.path.join(folder, _DEVCONTAINER), folder or ".")
    place = _DEVCONTAINER if place.startswith(os.pardir) else place.replace(os.sep, "/")
    new = devcontainer is None or not os.path.lexists(devcontainer)
    return migrate_text(data, path=name, config=config, devcontainer=place, new_devcontainer=new)


def _report(migration: Migration) -> int:
    """Write the findings to standard error; returns the exit code that they come to."""
    from validator.cli.writing import tell

    if not migration.findings:
        return CLEAN
    code = tell([migration.report])
    return code if code == INTERNAL else FINDINGS if not migration.ok else CLEAN


def _write_devcontainer(path: str | None, text: str) -> None:
    if path is None:
        say(
            "Some of it belongs in `devcontainer.json`: "
            f"`--devcontainer {_DEVCONTAINER}` writes that."
        )
    elif os.path.lexists(path):
        say(f"{path} exists and stays as it is; add to it what it lacks of this:")
        for line in text.splitlines():
            say(line)
    else:
        new_file.write(path, text)
        say(f"Wrote {path}.")


def _is_same(path: str, other: str) -> bool:
    return os.path.exists(path) and os.path.exists(other) and os.path.samefile(path, other)
