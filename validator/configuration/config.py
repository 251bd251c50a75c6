"""What to check for: the configuration. `config_file` reads it from a file."""

import os
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from validator.finding import Problem, Severity
from validator.kinds import check_kind
from validator.parsing.limits import Limits
from validator.parsing.nodes import Path
from validator.rules import BLOCKING, INDEX, OPTIONAL, is_code

if TYPE_CHECKING:
    from validator.files.gitignore import Patterns

FILE_NAME = "automation-validator.toml"
"""The configuration file; it goes before the table in `pyproject.toml` beside it."""

PROJECT_FILE_NAME = "pyproject.toml"


def folders_from(folder: str) -> Iterator[str]:
    """A folder and those above it, the nearest first; none where the current one was deleted."""
    try:
        here = os.path.abspath(folder)
    except OSError:
        return
    yield here
    while (above := os.path.dirname(here)) != here:
        here = above
        yield here


class ConfigFile(NamedTuple):
    """A configuration file: its path, its text, and our settings with the path to them in it."""

    path: str
    text: str
    settings: Any
    at: Path


class ConfigError(ValueError):
    """A configuration that can't be used.

    `path` is its file, `message` says what is wrong; `position` are line and column (1-based, in
    characters), None where they are unknown. `more` are the other errors in the same file. As a
    string: `path:line:column: message`, with control characters escaped.
    """

    def __init__(
        self,
        path: str,
        message: str,
        position: tuple[int, int] | None = None,
        more: "tuple[ConfigError, ...]" = (),
    ) -> None:
        super().__init__(path, message, position)
        self.path = path
        self.message = message
        self.position = position
        self.more = more

    def __str__(self) -> str:
        # Only an error needs what makes text safe to show.
        from validator.display import visible

        where = ":".join(map(str, (visible(self.path), *(self.position or ()))))
        return f"{where}: {visible(self.message)}"


class Override(NamedTuple):
    """What differs for the files whose path matches a pattern."""

    pattern: str
    ignore: frozenset[str]
    severity: Mapping[str, Severity]
    kind: str | None = None


class Config:
    """What to check for.

    `select` are the names of the rules to use, None for all but the optional ones; `ignore` are
    those to leave out, and codes of shellcheck. `severity` gives rules another severity than they
    declare; an optional one is used where it has one here. `overrides` add to these for some files.
    `fail_on` is the minimum severity that fails a run. `limits` bound what is read. `files` are
    patterns of further files that a search finds. Patterns have the syntax of `.gitignore`, and
    paths are taken relative to `folder`. `kind` is the kind of documents whose kind is not named
    otherwise; a file gets one from an override.

    `shellcheck` says whether shellcheck checks the scripts: `auto` if it is installed. None is
    `auto` in the command and the language server, and `off` in the library. `shell` is the shell of
    scripts without a `#!` line.

    Blocking rules, whose findings mean that a document was not wholly checked, are always used and
    keep their severity. Raises ValueError for the name of an unknown rule.
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
        shellcheck: Literal["auto", "on", "off"] | None = None,
        shell: Literal["bash", "sh"] = "bash",
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
        self.shellcheck = shellcheck
        self.shell = shell
        named = self.ignore | self.severity.keys() | (self.select or frozenset())
        unknown = sorted(
            name for name in named - INDEX.keys() if name not in self.ignore or not is_code(name)
        )
        if unknown:
            raise ValueError(unknown_rule(unknown[0]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Config) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]

    def replace(self, **changes: Any) -> "Config":
        """The configuration with some settings changed, named as when it is made."""
        return Config(**{**vars(self), **changes})

    def uses(self, rule: str) -> bool:
        """Whether findings of a rule are wanted; those of a blocking rule always are."""
        if rule in BLOCKING:
            return True
        if rule in self.ignore:
            return False
        if self.select is not None:
            return rule in self.select
        return rule not in OPTIONAL or rule in self.severity

    def wants(self, problem: Problem) -> bool:
        """Whether a problem is wanted: by its rule, and by its code if it has one."""
        return self.uses(problem.rule) and (not problem.code or problem.code not in self.ignore)

    def severity_of(self, rule: str, own: Severity | None = None) -> Severity:
        """The severity of a rule's findings, or of one that has its `own`.

        That of a blocking rule is always the rule's.
        """
        if rule in BLOCKING:
            return INDEX[rule].severity
        return self.severity.get(rule) or own or INDEX[rule].severity

    @property
    def without_effect(self) -> frozenset[str]:
        """The blocking rules that this configuration ignores or changes the severity of."""
        named = self.ignore.union(self.severity)
        for override in self.overrides:
            named = named.union(override.ignore, override.severity)
        return named & BLOCKING

    def for_path(self, path: str | None) -> "Config":
        """The configuration with the overrides of a path applied, in their order."""
        if not self.overrides or path is None:
            return self
        name = self._below(path)
        matching = [each for each in self.overrides if _patterns((each.pattern,)).match(name)]
        if not matching:
            return self
        severity = dict(self.severity)
        for override in matching:
            severity.update(override.severity)
        ignore = self.ignore.union(*(override.ignore for override in matching))
        named = [override.kind for override in matching if override.kind is not None]
        kind = named[-1] if named else self.kind
        return self.replace(ignore=ignore, severity=severity, overrides=(), kind=kind)

    def of_kind(self, kind: str | None) -> "Config":
        """The configuration for documents that are all of one kind, whatever their paths.

        None leaves it as it is. Raises ValueError for an unknown kind.
        """
        if kind is None:
            return self
        check_kind(kind)
        overrides = tuple(each._replace(kind=None) for each in self.overrides)
        return self.replace(kind=kind, overrides=overrides)

    def names(self, path: str) -> bool:
        """Whether a file is one of the further files that a search finds."""
        return bool(self.files) and _patterns(self.files).match(self._below(path))

    def _below(self, path: str) -> str:
        """A path as the patterns see it: from the folder of the configuration."""
        from validator.files.paths import relative

        name = relative(path, self.folder)
        if not os.path.isabs(name) and not name.startswith("../"):
            return name
        # Through a link to the folder, or to a folder above it.
        parent, base = os.path.split(path)
        return relative(os.path.join(os.path.realpath(parent), base), os.path.realpath(self.folder))


@lru_cache(10_000)
def _patterns(patterns: tuple[str, ...]) -> "Patterns":
    # Most configurations have no patterns.
    from validator.files.gitignore import Patterns

    return Patterns(patterns)


def unknown_rule(name: str) -> str:
    """What to say about a name that no rule has."""
    from validator.likeness import Vocabulary
    from validator.wording import did_you_mean, quoted

    near = Vocabulary(INDEX).nearest(name).names
    advice = did_you_mean(near) if near else "`automation-validator rules` lists them"
    return f"unknown rule {quoted(name)}; {advice}"
