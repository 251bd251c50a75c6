"""The configuration: what to check for. `config_file` loads it from a file."""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from validator import arguments
from validator.finding import Problem, Severity
from validator.kinds import check_kind
from validator.parsing.limits import Limits
from validator.parsing.nodes import Path
from validator.rule import GROUPS
from validator.rules import ALL, BLOCKING, INDEX, OPTIONAL, RECOMMENDED, SELECTORS, STRICT, is_code

if TYPE_CHECKING:
    from validator.files.gitignore import Patterns

FILE_NAME = "automation-validator.toml"
"""The configuration file; it takes precedence over a table in `pyproject.toml` next to it."""

PROJECT_FILE_NAME = "pyproject.toml"

SeverityName = Literal["error", "warning", "hint"]
"""A severity by its name."""


def folders_from(folder: str) -> Iterator[str]:
    """A folder and those above it, the nearest first; none if the current one was deleted."""
    try:
        here = os.path.abspath(folder)
    except OSError:
        return
    yield here
    while (above := os.path.dirname(here)) != here:
        here = above
        yield here


class ConfigFile(NamedTuple):
    """A configuration file: its path, its text, and our settings with their path in it."""

    path: str
    text: str
    settings: Any
    at: Path


class ConfigError(ValueError):
    """A configuration that can't be used.

    `path` is its file, `message` says what is wrong; `position` is line and column (1-based, in
    characters), None if they are unknown. `more` are the other errors in the same file. As a
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
        # Needed only for an error.
        from validator.display import visible

        where = ":".join(map(str, (visible(self.path), *(self.position or ()))))
        return f"{where}: {visible(self.message)}"


class Override(NamedTuple):
    """Settings that differ for the files whose path matches a pattern."""

    pattern: str
    ignore: frozenset[str]
    severity: Mapping[str, Severity]
    kind: str | None = None


class Config:
    """What to check for.

    `select` are the rules to use, by their names or groups, or by `ALL`, `recommended` or `strict`;
    None is `recommended`: all except optional ones. `ignore` are the rules not to use, by names,
    groups or `ALL`, and codes of shellcheck. If both name a rule, the more specific name counts, a
    rule's before a group's and that before the others; if they are equal, `ignore`. `severity`
    overrides the severity of rules; an optional rule given there is used without `select`.
    `overrides` add to these settings for some files; what they ignore is ignored. A configuration
    file has them under `per-path`. `fail_on` is the minimum severity that fails a run. `limits`
    restrict what is read. `files` are patterns of further files that a search finds, `exclude` of
    files and folders that it leaves out. Patterns have the syntax of `.gitignore`, and match paths
    relative to `folder`. `kind` is the kind of documents for which none is given otherwise; for a
    file it comes from an override.

    `shellcheck` says whether shellcheck checks the scripts: `auto` if it is installed. None is
    `auto` in the command and the language server, and `off` in the library. `shell` is the shell of
    scripts without a `#!` line.

    Blocking rules, whose findings mean that a document was not completely checked, are always used
    and keep their severity. Raises ValueError if the name of a rule, of a severity or of a kind is
    unknown, or a limit is negative, and TypeError for an argument of another type: names of
    rules come as a set, a list or a tuple, severities also by their names.
    """

    def __init__(
        self,
        *,
        select: Collection[str] | None = None,
        ignore: Collection[str] = frozenset(),
        severity: Mapping[str, Severity | SeverityName] | None = None,
        overrides: tuple[Override, ...] = (),
        fail_on: Severity | SeverityName = Severity.ERROR,
        limits: Limits | None = None,
        files: Sequence[str] = (),
        exclude: Sequence[str] = (),
        folder: str | os.PathLike[str] = ".",
        kind: str | None = None,
        shellcheck: Literal["auto", "on", "off"] | None = None,
        shell: Literal["bash", "sh"] = "bash",
    ) -> None:
        self.select = None if select is None else arguments.names(select, "select")
        self.ignore = arguments.names(ignore, "ignore")
        arguments.instance(severity, Mapping, "severity")
        self.severity = {
            name: arguments.severity(value, "severity") for name, value in (severity or {}).items()
        }
        self.overrides = overrides
        self.fail_on = arguments.severity(fail_on, "fail_on")
        arguments.instance(limits, Limits, "limits")
        self.limits = limits or Limits()
        _check_limits(self.limits)
        arguments.names(files, "files")
        self.files = tuple(files)
        arguments.names(exclude, "exclude")
        self.exclude = tuple(exclude)
        self.folder = arguments.path(folder) or "."
        if kind is not None:
            check_kind(kind)
        self.kind = kind
        arguments.one_of(shellcheck, (None, "auto", "on", "off"), "shellcheck")
        self.shellcheck = shellcheck
        arguments.one_of(shell, ("bash", "sh"), "shell")
        self.shell = shell
        for setting in ("select", "ignore", "severity"):
            for name in sorted((getattr(self, setting) or frozenset()) - INDEX.keys()):
                wrong = wrong_name(name, setting)
                if wrong is not None:
                    raise ValueError(wrong)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Config) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]

    def replace(self, **changes: Any) -> "Config":
        """A copy with some settings changed, named as in the constructor."""
        return Config(**{**vars(self), **changes})

    def uses(self, rule: str) -> bool:
        """Whether a rule is enabled; blocking rules always are."""
        if rule in BLOCKING:
            return True
        if self.select is None:
            chosen = int(rule not in OPTIONAL or rule in self.severity)
        else:
            chosen = _specificity(rule, self.select)
        return chosen > _specificity(rule, self.ignore)

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
        """The blocking rules that this configuration ignores or gives another severity."""
        named = self.ignore.union(self.severity)
        for override in self.overrides:
            named = named.union(override.ignore, override.severity)
        return named & BLOCKING

    def for_path(self, path: str | None) -> "Config":
        """The configuration with the overrides for a path applied, in their order."""
        if not self.overrides or path is None:
            return self
        name = self._below(path)
        matching = [each for each in self.overrides if _patterns((each.pattern,)).match(name)]
        if not matching:
            return self
        severity = dict(self.severity)
        for override in matching:
            severity.update(override.severity)
        ignore = self.ignore.union(*(members(override.ignore) for override in matching))
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

    def excludes(self, path: str, *, folder: bool = False) -> bool:
        """Whether a search leaves out a file, or with `folder` a folder."""
        if not self.exclude:
            return False
        return _patterns(self.exclude).match(self._below(path), folder=folder)

    def _below(self, path: str) -> str:
        """A path for matching patterns: relative to the folder of the configuration."""
        from validator.files.paths import relative

        name = relative(path, self.folder)
        if not os.path.isabs(name) and not name.startswith("../"):
            return name
        # Through a link to the folder, or to a folder above it.
        parent, base = os.path.split(path)
        return relative(os.path.join(os.path.realpath(parent), base), os.path.realpath(self.folder))


def _check_limits(limits: Limits) -> None:
    for name, value in limits._asdict().items():
        if not isinstance(value, int) or isinstance(value, bool):
            raise TypeError(f"the limit `{name}` must be a whole number, not {value!r}")
        if value < 0:
            raise ValueError(f"the limit `{name}` must be at least 0, not {value}")


@lru_cache(10_000)
def _patterns(patterns: tuple[str, ...]) -> "Patterns":
    # Most configurations have no patterns.
    from validator.files.gitignore import Patterns

    return Patterns(patterns)


def _specificity(rule: str, names: frozenset[str]) -> int:
    """How specifically names select a rule: by its name 3, by its group 2, otherwise 1; 0: not."""
    if rule in names:
        return 3
    # A code of shellcheck has no group.
    if rule in INDEX and INDEX[rule].group in names:
        return 2
    if ALL in names or STRICT in names:
        return 1
    return int(RECOMMENDED in names and rule not in OPTIONAL)


def members(names: Collection[str]) -> frozenset[str]:
    """Names of rules and codes, with those of groups and `ALL` replaced by the rules in them."""
    if INDEX.keys() >= set(names):
        return frozenset(names)
    groups = frozenset(names) - INDEX.keys()
    rules = {rule for rule in INDEX if _specificity(rule, groups)}
    return frozenset(names).union(rules).difference(SELECTORS)


def wrong_name(name: str, setting: str) -> str | None:
    """What is wrong with a name in `select`, `ignore` or `severity`; None if nothing is."""
    if name in INDEX or (setting == "ignore" and is_code(name)):
        return None
    known = {"select": SELECTORS, "ignore": (ALL, *GROUPS), "severity": ()}[setting]
    if name in known:
        return None
    if name in SELECTORS:
        what = f"`{name}` is a group" if name in GROUPS else f"`{name}` selects several rules"
        if setting == "severity":
            return f"{what}; a severity is that of a rule"
        return f"{what}, and can't be ignored; name groups or rules, or `{ALL}`"
    return unknown_rule(name, known)


def unknown_rule(name: str, others: Sequence[str] = ()) -> str:
    """The message for an unknown rule name; `others` are names that are also known there."""
    from validator.likeness import Vocabulary
    from validator.wording import did_you_mean, quoted

    if is_code(name):
        return f"{quoted(name)} is a code of the rule `shellcheck`, and can only be ignored"
    # Codes are in capital letters.
    known = [*INDEX, *others]
    near = (name.upper(),) if is_code(name.upper()) else Vocabulary(known).nearest(name).names
    advice = did_you_mean(near) if near else "`automation-validator rules` lists them"
    return f"unknown rule {quoted(name)}; {advice}"


_DEFAULT = Config()


def config_or_default(config: Config | None) -> Config:
    """The configuration given as an argument, by default the default one.

    Raises TypeError for anything else, such as settings in a dictionary.
    """
    arguments.instance(config, Config, "config")
    return _DEFAULT if config is None else config
