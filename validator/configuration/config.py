"""The configuration: what to check for. `config_file` loads it from a file."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from validator import arguments
from validator.finding import Problem, Severity
from validator.kinds import check_kind
from validator.parsing.limits import Limits
from validator.parsing.nodes import Path
from validator.rule import OwnNames, Rule
from validator.rules import BLOCKING, INDEX, OPTIONAL, specificity
from validator.tuples import NamedTuple

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any, Literal

    from validator.files.gitignore import Patterns
    from validator.own_rules.own_rule import OwnRule

    SeverityName = Literal["error", "warning", "hint"]
    """A severity by its name."""
else:
    SeverityName = str

FILE_NAME = "automation-validator.toml"
"""The configuration file; it takes precedence over a table in `pyproject.toml` next to it."""

PROJECT_FILE_NAME = "pyproject.toml"


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
        more: tuple[ConfigError, ...] = (),
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
    """Settings for the files whose path matches a pattern, in the syntax of `.gitignore`.

    `ignore` are more rules not to use, `severity` overrides the severity of rules, and `kind` is
    the kind of these documents; None if it is inferred.
    """

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

    `rules` are rules of one's own. `plugins` are the names of plug-ins, installed packages that add
    rules; with `run_plugins` false their names are known, but they are not imported.

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
        rules: Sequence[OwnRule] = (),
        plugins: Sequence[str] = (),
        run_plugins: bool = True,
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
        self.rules = tuple(rules)
        arguments.names(plugins, "plugins")
        self.plugins = tuple(plugins)
        self.run_plugins = run_plugins
        if self.rules:
            _check_rules(self.rules)
        for setting in ("select", "ignore", "severity"):
            for name in sorted((getattr(self, setting) or frozenset()) - INDEX.keys()):
                # Few names are not those of rules.
                from validator.configuration.selection import wrong_name

                wrong = wrong_name(name, setting, self.own_names)
                if wrong is not None:
                    raise ValueError(wrong)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Config) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """The settings that are not the default ones, as a call."""
        default = vars(_DEFAULT)
        changed = (f"{name}={set_!r}" for name, set_ in vars(self).items() if set_ != default[name])
        return f"Config({', '.join(changed)})"

    def replace(self, **changes: Any) -> Config:
        """A copy with some settings changed, named as in the constructor."""
        return Config(**{**vars(self), **changes})

    def uses(self, rule: str) -> bool:
        """Whether a rule is enabled; blocking rules always are."""
        if rule in BLOCKING:
            return True
        if self.select is None:
            chosen = int(rule not in OPTIONAL or rule in self.severity)
        else:
            chosen = specificity(rule, self.select)
        return chosen > specificity(rule, self.ignore)

    @property
    def own_names(self) -> OwnNames:
        """The names of the rules of one's own."""
        if not self.rules and not self.plugins:
            return _NO_NAMES
        return OwnNames(frozenset(rule.name for rule in self.rules), self.plugins)

    def requests(self, rule: str) -> bool:
        """Whether a rule that is off by default is enabled."""
        if self.select is None:
            return rule in self.severity and self.uses(rule)
        return self.uses(rule) and specificity(rule, self.select - {"recommended"}) > 0

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

    def own_rules(self) -> dict[str, Rule]:
        """The rules of one's own by name, without checks; of plug-ins only if they are run."""
        if not self.rules and not self.plugins:
            return {}
        from validator.own_rules.descriptions import described

        return described(self.rules, self.plugins if self.run_plugins else ())

    def for_path(self, path: str | None) -> Config:
        """The configuration with the overrides for a path applied, in their order."""
        if not self.overrides or path is None:
            return self
        name = self._below(path)
        matching = [each for each in self.overrides if _patterns((each.pattern,)).match(name)]
        if not matching:
            return self
        # Few files have settings of their own.
        from validator.configuration.selection import members

        severity = dict(self.severity)
        for override in matching:
            severity.update(override.severity)
        ignore = self.ignore.union(
            *(members(override.ignore, self.own_names) for override in matching)
        )
        named = [override.kind for override in matching if override.kind is not None]
        kind = named[-1] if named else self.kind
        return self.replace(ignore=ignore, severity=severity, overrides=(), kind=kind)

    def of_kind(self, kind: str | None) -> Config:
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


_NO_NAMES = OwnNames()


def _check_rules(rules: tuple[OwnRule, ...]) -> None:
    from validator.own_rules.own_rule import OwnRule

    seen: set[str] = set()
    for rule in rules:
        arguments.instance(rule, OwnRule, "rules")
        if rule.name in INDEX:
            raise ValueError(f"there is a rule `{rule.name}` already; give yours another name")
        if rule.name in seen:
            raise ValueError(f"two rules have the name `{rule.name}`")
        seen.add(rule.name)


def _check_limits(limits: Limits) -> None:
    for name, value in limits._asdict().items():
        if not isinstance(value, int) or isinstance(value, bool):
            raise TypeError(f"the limit `{name}` must be a whole number, not {value!r}")
        if value < 0:
            raise ValueError(f"the limit `{name}` must be at least 0, not {value}")


@lru_cache(10_000)
def _patterns(patterns: tuple[str, ...]) -> Patterns:
    # Most configurations have no patterns.
    from validator.files.gitignore import Patterns

    return Patterns(patterns)


_DEFAULT = Config()


def config_or_default(config: Config | None) -> Config:
    """The configuration given as an argument, by default the default one.

    Raises TypeError for anything else, such as settings in a dictionary.
    """
    arguments.instance(config, Config, "config")
    return _DEFAULT if config is None else config
