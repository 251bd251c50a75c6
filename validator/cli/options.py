"""Options that several commands share, and what they mean together."""

from __future__ import annotations

import click

from validator.cli.rule_names import known_rule
from validator.config import Config, ConfigError
from validator.config_file import find_config, load_config
from validator.finding import Severity


def chosen_config(
    path: str | None, *, isolated: bool, select: tuple[str, ...], ignore: tuple[str, ...]
) -> Config:
    """The configuration of a run: from its file, with what the command line says on top."""
    try:
        found = path if path is not None or isolated else find_config(".")
        config = Config() if found is None else load_config(found)
    except ConfigError as error:
        from validator.cli.errors import unusable

        raise unusable(error) from error
    if select:
        config = config.replace(select=_rules(select, "--select"))
    config = config.replace(ignore=config.ignore | _rules(ignore, "--ignore"))
    for name in sorted(config.without_effect):
        message = (
            f"`{name}` can't be ignored and is always an error: what has it was not wholly checked"
        )
        click.echo(f"Warning: {message}.", err=True)
    return config


def severity(_context: click.Context, _parameter: object, value: str | None) -> Severity | None:
    """The severity that an option names."""
    return None if value is None else Severity[value.upper()]


def _rules(values: tuple[str, ...], option: str) -> frozenset[str]:
    """The rule names of an option, which may be given again or hold names with commas."""
    names = [name.strip() for value in values for name in value.split(",")]
    return frozenset(known_rule(name, option) for name in names)
