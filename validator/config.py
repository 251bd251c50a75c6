"""What to check for: the configuration, as an object and as the file that it is read from."""

import os
import sys
from collections.abc import Mapping
from typing import Any, NamedTuple

from validator.finding import Severity
from validator.rules import INDEX
from validator.source import Limits

FILE_NAME = "automation-validator.toml"
"""The configuration file; it goes before the table in `pyproject.toml` beside it."""

TABLE = "automation-validator"


class ConfigError(ValueError):
    """A configuration that can't be used; the text says where and why."""


class Override(NamedTuple):
    """What differs for the files whose path matches a pattern."""

    pattern: str
    ignore: frozenset[str]
    severity: Mapping[str, Severity]
    kind: str | None = None


class Config:
    """What to check for.

    `select` are the names of the rules to use, None for all; `ignore` are those to leave out.
    `severity` gives rules another severity than they declare. `overrides` add to these for some
    files: paths are taken relative to `folder`, in patterns a `*` also matches `/`. `fail_on` is
    the least severity that fails a run. `limits` bound what is read. `files` are patterns of
    further files that a search finds. `kind` is the kind of documents whose kind is not named
    otherwise; a file gets one from an override.
    Raises ValueError for the name of a rule that there is not.
    """

    def __init__(
        self,
        *,
        select: frozenset[str] | None = None,
        ignore: frozenset[str] = frozenset(),
        severity: Mapping[str, Severity] | None = None,
        overrides: tuple[Override, ...] = (),
        fail_on: Severity = Severity.ERROR,
        limits: Limits | None = None,
        files: tuple[str, ...] = (),
        folder: str = ".",
        kind: str | None = None,
    ) -> None:
        self.select = select
        self.ignore = ignore
        self.severity = severity or {}
        self.overrides = overrides
        self.fail_on = fail_on
        self.limits = limits or Limits()
        self.files = files
        self.folder = folder
        self.kind = kind
        named = self.ignore | self.severity.keys() | (self.select or frozenset())
        unknown = sorted(named - INDEX.keys())
        if unknown:
            raise ValueError(f"there is no rule {unknown[0]!r}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Config) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]

    def replace(self, **changes: Any) -> "Config":
        """The configuration with some settings changed, named as when it is made."""
        return Config(**{**vars(self), **changes})

    def uses(self, rule: str) -> bool:
        """Whether findings of a rule are wanted."""
        return rule not in self.ignore and (self.select is None or rule in self.select)

    def severity_of(self, rule: str) -> Severity:
        """The severity of a rule's findings."""
        return self.severity.get(rule) or INDEX[rule].severity

    def for_path(self, path: str | None) -> "Config":
        """The configuration with the overrides of a path applied, in their order."""
        if not self.overrides or path is None:
            return self
        from fnmatch import fnmatchcase

        from validator.paths import relative

        name = relative(path, self.folder)
        matching = [each for each in self.overrides if fnmatchcase(name, each.pattern)]
        if not matching:
            return self
        severity = dict(self.severity)
        for override in matching:
            severity.update(override.severity)
        ignore = self.ignore.union(*(override.ignore for override in matching))
        named = [override.kind for override in matching if override.kind is not None]
        kind = named[-1] if named else self.kind
        return self.replace(ignore=ignore, severity=severity, overrides=(), kind=kind)


def find_config(folder: str) -> str | None:
    """The configuration file that is in force in a folder: its own, or the nearest above it.

    A `pyproject.toml` counts where it has a table `[tool.automation-validator]`.
    """
    here = os.path.realpath(folder)
    while True:
        own = os.path.join(here, FILE_NAME)
        if os.path.isfile(own):
            return own
        project = os.path.join(here, "pyproject.toml")
        # Most projects have no such table: look before reading TOML.
        if (
            os.path.isfile(project)
            and TABLE in _read(project)
            and TABLE in _parse(project).get("tool", {})
        ):
            return project
        above = os.path.dirname(here)
        if above == here:
            return None
        here = above


def load_config(path: str) -> Config:
    """The configuration in a file. Raises ConfigError where it is wrong or can't be read."""
    data = _parse(path)
    if os.path.basename(path) == "pyproject.toml":
        data = data.get("tool", {}).get(TABLE, {})
    _check(data, path)
    limits = {name.replace("-", "_"): value for name, value in data.get("limits", {}).items()}
    return Config(
        select=frozenset(data["select"]) if "select" in data else None,
        ignore=frozenset(data.get("ignore", ())),
        severity=_severities(data),
        overrides=tuple(
            Override(
                pattern,
                frozenset(table.get("ignore", ())),
                _severities(table),
                table.get("kind"),
            )
            for pattern, table in data.get("per-path", {}).items()
        ),
        fail_on=Severity[data.get("fail-on", "error").upper()],
        limits=Limits(**limits),
        files=tuple(data.get("files", ())),
        folder=os.path.dirname(path) or ".",
    )


def _severities(table: dict[str, Any]) -> dict[str, Severity]:
    return {rule: Severity[name.upper()] for rule, name in table.get("severity", {}).items()}


def _read(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as stream:
            return stream.read()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: can't be read: {error}") from error


def _parse(path: str) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        return tomllib.loads(_read(path))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not TOML: {error}") from error


def _check(data: Any, path: str) -> None:
    """Hold a configuration to its schema, `schema/config.schema.json`."""
    from validator import contract
    from validator.objects import to_nodes

    problems = contract.check("", to_nodes(data), "config").problems
    if problems:
        where = _key(problems[0].pointer)
        raise ConfigError(f"{path}: {where}: {problems[0].message}")
    for name, value in data.get("limits", {}).items():
        # To JSON Schema 5.0 is an integer; to TOML it is not.
        if isinstance(value, float):
            raise ConfigError(f"{path}: limits.{name}: `{name}` must be a whole number: no `.`")


def _key(pointer: str) -> str:
    """What a JSON pointer leads to, as TOML writes it: `per-path."api/*".kind`."""
    import json

    names = [name.replace("~1", "/").replace("~0", "~") for name in pointer.split("/")[1:]]
    bare = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
    return ".".join(name if name and set(name) <= set(bare) else json.dumps(name) for name in names)
