"""Options shared by several commands, and their combinations."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from validator.cli.messages import say
from validator.cli.mistakes import bad_value, usage_error
from validator.configuration.config import Config, ConfigError
from validator.configuration.configurations import Configurations
from validator.finding import Severity
from validator.rules import INDEX, SELECTORS, STRICT

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Literal

    import click


def chosen_configurations(
    path: str | None = None,
    *,
    kind: str | None = None,
    isolated: bool = False,
    shellcheck: Literal["auto", "on", "off"] | None = None,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    fail_on: Severity | None = None,
    used_by: Iterable[str] = (),
) -> Configurations:
    """The configurations of a run: from files, overridden by the command line.

    `used_by` are the paths that were named: an error in their configurations ends the run at once,
    and a name in `select` or `ignore` must be known to one of them.
    """
    if path is not None and isolated:
        raise usage_error("--config and --isolated can't be used together.")
    selected, ignored = _Names(select, "--select"), _Names(ignore, "--ignore")
    warned: set[str] = set()

    def adapt(config: Config) -> Config:
        if select:
            config = config.replace(select=selected.known_to(config))
            if STRICT in selected.names:
                config = config.replace(fail_on=min(config.fail_on, Severity.WARNING))
        config = config.of_kind(kind).replace(
            ignore=config.ignore | ignored.known_to(config),
            shellcheck=_available(shellcheck or config.shellcheck or "auto"),
            fail_on=fail_on or config.fail_on,
        )
        _check_plugins(config)
        for name in sorted(config.without_effect - warned):
            warned.add(name)
            message = "can't be ignored: it means that a document was not completely checked"
            say(f"Warning: `{name}` {message}.")
        return config

    try:
        given = _given(path) if path is not None else Config() if isolated else None
    except ConfigError as error:
        raise _unusable(error) from error
    configurations = Configurations(given, adapt)
    for each in used_by:
        config_for(each, configurations)
    selected.raise_if_unknown()
    ignored.raise_if_unknown()
    return configurations


def _available(shellcheck: Literal["auto", "on", "off"]) -> Literal["auto", "on", "off"]:
    """The setting, if it can be followed. Raises click.UsageError if shellcheck is not there."""
    if shellcheck == "on":
        from validator.shell.program import program

        if program() is None:
            raise usage_error(
                'shellcheck is "on", but it is not installed; install it, for example by '
                "`pip install 'automation-validator[shell]'`, or set it to \"auto\""
            )
    return shellcheck


def _check_plugins(config: Config) -> None:
    """Raise click.UsageError if a plug-in is not installed."""
    if config.plugins:
        from validator.own_rules.plugins import installed
        from validator.wording import listed

        missing = [name for name in config.plugins if name not in installed()]
        if missing:
            what = "plug-in" if len(missing) == 1 else "plug-ins"
            raise usage_error(
                f"no package with the {what} {listed(missing, 'and')} is installed in {sys.prefix}"
            )


def config_for(path: str, configurations: Configurations) -> Config:
    """The configuration of a file, or of the files in a folder without a nearer configuration.

    Raises click.ClickException if it can't be used.
    """
    found = configurations.of_folder(path) if os.path.isdir(path) else configurations.of(path)
    if found is None:
        raise _unusable(configurations.errors[0])
    return found


def _given(path: str) -> Config:
    """The configuration in a file. Raises ConfigError if it can't be used."""
    # Takes longer to import than checking a file does.
    from validator.configuration.config_file import load_config

    return load_config(path)


def _unusable(error: ConfigError) -> click.ClickException:
    from validator.cli.errors import Unusable

    return Unusable(error)


class _Names:
    """The names of rules in an option, which may be repeated, and contain names with commas.

    Some may be names of rules of one's own, which not every configuration has.
    """

    def __init__(self, values: tuple[str, ...], option: str) -> None:
        self.names = [name.strip() for value in values for name in value.split(",")]
        self._option = option
        self._known: set[str] = set()

    def known_to(self, config: Config) -> frozenset[str]:
        """The names that a configuration knows."""
        known = {name for name in self.names if self._wrong(name, config) is None}
        self._known |= known
        return frozenset(known)

    def raise_if_unknown(self) -> None:
        """Raise click.BadParameter for a name that no configuration has known."""
        for name in self.names:
            if name not in self._known:
                raise bad_value(self._wrong(name, Config()) or name, self._option)

    def _wrong(self, name: str, config: Config) -> str | None:
        if name in INDEX:
            return None
        from validator.configuration.selection import wrong_name

        return wrong_name(name, self._option.removeprefix("--"), config.own_names)


def valid_patterns(patterns: tuple[str, ...]) -> tuple[str, ...]:
    """The patterns of --exclude. Raises click.BadParameter for one that can't match a file."""
    if not patterns:
        return ()
    from validator.configuration.pattern_errors import why_not

    for number, pattern in enumerate(patterns):
        problem = why_not(pattern, os.curdir, alone=number == 0)
        if problem is not None:
            raise bad_value(problem, "--exclude")
    return patterns


def tell_rules(missing: Iterable[str], select: tuple[str, ...], ignore: tuple[str, ...]) -> None:
    """Say how to name several rules, if a path that does not exist is a rule after another one."""
    rules = [path for path in missing if path in INDEX or path in SELECTORS]
    option, given = ("--select", select) if select else ("--ignore", ignore)
    if rules and given:
        from validator.wording import listed

        what = "is a rule, not a path" if len(rules) == 1 else "are rules, not paths"
        together = ",".join((*given, *rules))
        say(f"Hint: {listed(rules, 'and')} {what}; write `{option} {together}`.")
