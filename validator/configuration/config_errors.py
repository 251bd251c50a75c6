"""Validate the settings of a configuration file, and report all errors at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from validator.configuration.config import ConfigError
from validator.configuration.selection import wrong_name
from validator.finding import Problem
from validator.parsing.limits import Limits
from validator.parsing.nodes import Path, unescaped
from validator.parsing.text import Text
from validator.rule import OwnNames

if TYPE_CHECKING:
    from validator.configuration.config import ConfigFile

MAX_ERRORS = 20
"""Maximum number of errors of a configuration that are reported individually."""

_LIMITS = Limits(max_nodes=10_000)


class Wrong(NamedTuple):
    """An error at a path in our settings; with `on_key`, it is about the key."""

    path: Path
    message: str
    on_key: bool = False


def check(file: ConfigFile, own: OwnNames, folder: str) -> None:
    """Raise ConfigError, with all errors, for settings that can't be used.

    `own` are the names of rules of one's own, `folder` is that to which patterns are relative.
    """
    if not isinstance(file.settings, dict):
        name = ".".join(map(str, file.at))
        raise error_at(file, Wrong((), f"`{name}` must be a table", on_key=True))
    wrong = list(_all_wrong(file, own, folder))
    if not wrong:
        return
    # Finding the place of an error takes time that grows with the text.
    errors = [error_at(file, each) for each in wrong[:MAX_ERRORS]]
    first, *more = sorted(errors, key=lambda error: error.position or (0, 0))
    if len(wrong) > MAX_ERRORS:
        more.append(ConfigError(file.path, f"{len(wrong) - MAX_ERRORS:,} more errors"))
    raise ConfigError(first.path, first.message, first.position, tuple(more))


def _all_wrong(file: ConfigFile, own: OwnNames, folder: str) -> Iterator[Wrong]:
    """The errors in settings: unknown rules, then all others by `schema/config.schema.json`."""
    found: set[Path] = set()
    # The schema's message for these would list the names of all rules.
    for path, name in _named_rules(file.settings):
        if not isinstance(name, str):
            found.add(path)
            yield Wrong(path, f"`{path[-2]}` takes names of rules, as strings")
        elif wrong := wrong_name(name, str(path[-2]), own):
            found.add(path)
            yield Wrong(path, wrong, on_key=True)
    for problem in _against_the_schema(file):
        path = _path(problem, file.settings)
        if path not in found:
            found.add(path)
            yield Wrong(path, problem.message, on_key=problem.rule == "unknown-field")
    if not any(path[:1] in ((), ("files",), ("exclude",), ("per-path",)) for path in found):
        yield from _wrong_patterns(file, folder)
    if "rules" in file.settings:
        from validator.configuration.rule_errors import wrong_rules

        for path, message, on_key in wrong_rules(file.settings["rules"]):
            if path not in found:
                yield Wrong(path, message, on_key)
    limits = file.settings.get("limits")
    for name, value in limits.items() if isinstance(limits, dict) else ():
        # In JSON Schema 5.0 is an integer; in TOML it is not.
        if isinstance(value, float) and ("limits", name) not in found:
            yield Wrong(("limits", name), f"`{name}` must be a whole number: no `.`")


def _against_the_schema(file: ConfigFile) -> tuple[Problem, ...]:
    from validator.contract import conformance
    from validator.parsing.objects import Unreadable, to_nodes

    try:
        settings = to_nodes(_without_names(file.settings), _LIMITS)
        return tuple(conformance.check("", settings, "config").problems)
    except Unreadable as error:
        return (error.problem,)


def _without_names(settings: Any) -> Any:
    """Settings without lists of names, which are checked already, and may be names of one's own."""
    tables = {name: value for name, value in settings.items() if not _is_list_of_names(name, value)}
    overrides = tables.get("per-path")
    if isinstance(overrides, dict):
        tables["per-path"] = {
            pattern: {n: v for n, v in table.items() if not _is_list_of_names(n, v)}
            if isinstance(table, dict)
            else table
            for pattern, table in overrides.items()
        }
    return tables


def _is_list_of_names(setting: str, value: Any) -> bool:
    return setting in ("select", "ignore") and isinstance(value, list)


def _wrong_patterns(file: ConfigFile, folder: str) -> Iterator[Wrong]:
    """Patterns that can't match a file, and the first one beyond the limit."""
    lists = {name: file.settings.get(name, ()) for name in ("files", "exclude")}
    overrides = file.settings.get("per-path", ())
    if not any(lists.values()) and not overrides:
        return
    from validator.configuration.pattern_errors import MAX_CHARACTERS, why_not

    length = 0
    patterns: list[tuple[Path, str]] = [
        ((name, at), each) for name, some in lists.items() for at, each in enumerate(some)
    ]
    for path, pattern in [*patterns, *((("per-path", each), each) for each in overrides)]:
        alone = path[0] == "per-path" or path[1] == 0
        length += len(pattern)
        if length > MAX_CHARACTERS:
            message = f"the patterns have more than {MAX_CHARACTERS:,} characters in all"
            yield Wrong(path, message, on_key=True)
            return
        problem = why_not(pattern, folder, alone=alone)
        if problem is not None:
            yield Wrong(path, problem, on_key=True)


def _named_rules(settings: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
    """The names of rules in a configuration, valid or not, and their paths."""
    tables: list[tuple[Path, Any]] = [((), settings)]
    overrides = settings.get("per-path")
    if isinstance(overrides, dict):
        tables += [(("per-path", pattern), table) for pattern, table in overrides.items()]
    for path, table in tables:
        if not isinstance(table, dict):
            continue
        for setting in ("select", "ignore", "severity"):
            names = table.get(setting)
            if setting == "severity" and isinstance(names, dict):
                yield from (((*path, setting, name), name) for name in names)
            if setting != "severity" and isinstance(names, list):
                yield from (((*path, setting, index), name) for index, name in enumerate(names))


def _path(problem: Problem, settings: Any) -> Path:
    """The path for the JSON pointer of a problem."""
    path: Path = ()
    value = settings
    for step in problem.pointer.split("/")[1:]:
        name = unescaped(step)
        key = int(name) if isinstance(value, list) else name
        path = (*path, key)
        value = value[key]
    return path


def error_at(file: ConfigFile, wrong: Wrong) -> ConfigError:
    """The error at a path in our settings: at its key or its value, or with its name."""
    from validator.configuration.toml_places import find

    path = (*file.at, *wrong.path)
    place = find(file.text, path)
    if place is None:
        message = f"{_dotted(path)}: {wrong.message}" if path else wrong.message
        return ConfigError(file.path, message)
    position = Text(file.text).position(place.key if wrong.on_key else place.value)
    return ConfigError(file.path, wrong.message, position[:2])


def _dotted(path: Path) -> str:
    """A path in TOML notation: `per-path."api/*".kind`."""
    import json

    bare = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
    names = [str(name) for name in path]
    return ".".join(name if name and set(name) <= set(bare) else json.dumps(name) for name in names)
