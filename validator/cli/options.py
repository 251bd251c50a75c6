"""Options that several commands share, and what they mean together."""

from __future__ import annotations

import os

import click

from validator.cli.rule_names import known_rule
from validator.configuration.config import Config, ConfigError
from validator.configuration.configurations import Configurations
from validator.finding import Severity


def chosen_configurations(
    path: str | None = None,
    *,
    isolated: bool = False,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
) -> Configurations:
    """The configurations of a run: from files, with what the command line says on top."""
    if path is not None and isolated:
        raise click.UsageError("--config and --isolated can't be used together.")
    selected = _rules(select, "--select") if select else None
    ignored = _rules(ignore, "--ignore")
    warned: set[str] = set()

    def adapt(config: Config) -> Config:
        if selected is not None:
            config = config.replace(select=selected)
        config = config.replace(ignore=config.ignore | ignored)
        for name in sorted(config.without_effect - warned):
            warned.add(name)
            message = "can't be ignored: it means that a document was not completely checked"
            click.echo(f"Warning: `{name}` {message}.", err=True)
        return config

    try:
        given = _given(path) if path is not None else Config() if isolated else None
    except ConfigError as error:
        raise _unusable(error) from error
    return Configurations(given, adapt)


def config_for(path: str, configurations: Configurations) -> Config:
    """The configuration for a file, or for the files in a folder that are not nearer to another.

    Raises click.ClickException if it can't be used.
    """
    found = configurations.of_folder(path) if os.path.isdir(path) else configurations.of(path)
    if found is None:
        raise _unusable(configurations.errors[0])
    return found


def _given(path: str) -> Config:
    """The configuration in a file. Raises ConfigError."""
    # Takes longer to import than to check a file.
    from validator.configuration.config_file import load_config

    return load_config(path)


def _unusable(error: ConfigError) -> click.ClickException:
    from validator.cli.errors import Unusable

    return Unusable(error)


def severity(_context: click.Context, _parameter: object, value: str | None) -> Severity | None:
    """The severity that an option names."""
    return None if value is None else Severity[value.upper()]


def _rules(values: tuple[str, ...], option: str) -> frozenset[str]:
    """The rule names of an option, which may be given again or hold names with commas."""
    names = [name.strip() for value in values for name in value.split(",")]
    return frozenset(known_rule(name, option) for name in names)
