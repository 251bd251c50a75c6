"""Configuration files: which one is in force in a folder, and what it says."""

import os
import re
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from validator.config import (
    FILE_NAME,
    PROJECT_FILE_NAME,
    Config,
    ConfigError,
    Override,
    folders_from,
    unknown_rule,
)
from validator.files import read_bytes
from validator.finding import Problem, Severity
from validator.nodes import Path
from validator.rules import INDEX
from validator.source import Limits
from validator.text import Text, decode

TABLE = "automation-validator"
"""The name of the table under `tool` in `pyproject.toml`."""

MAX_BYTES = 1_000_000
"""The size of a configuration file that is read at most."""

# The time that the parser takes for a dotted key grows with the square of its parts. A key is on
# one line; the sum of the squares of the dots on each line takes a fraction of a second.
_MAX_WORK = 20_000_000

_LIMITS = Limits(max_nodes=10_000)

# The beginning of a line that makes a table of ours: its header, or a key that leads to it.
_OURS = rf"""(?:\[?[ \t]*["']?tool["']?[ \t]*\.[ \t]*)?["']?{TABLE}["']?[ \t]*[].=]"""


class _File(NamedTuple):
    """A configuration file: its path, its text, and our settings with the path to them in it."""

    path: str
    text: str
    settings: Any
    at: Path


def find_config(folder: str) -> str | None:
    """The configuration file that is in force in a folder: its own, or the nearest above it.

    A `pyproject.toml` counts where it has a table `[tool.automation-validator]`; one that can't
    be read counts for nothing. Raises ConfigError where a file that has such a table is not valid
    TOML.
    """
    for each in folders_from(folder):
        found = _file_in(each)
        if found is not None:
            return found.path
    return None


def load_config(path: str) -> Config:
    """The configuration in a file. Raises ConfigError where it is wrong or can't be read."""
    text = _read(path)
    data = _parse(path, text)
    if os.path.basename(path) != PROJECT_FILE_NAME:
        return _config(_File(path, text, data, ()))
    found = _in_project(path, text, data)
    if found is None:
        raise ConfigError(path, f"has no table `[tool.{TABLE}]`")
    return _config(found)


def config_in(folder: str) -> Config | None:
    """The configuration in a folder itself; None where it has none. Raises ConfigError."""
    found = _file_in(folder)
    return None if found is None else _config(found)


def _file_in(folder: str) -> _File | None:
    """The configuration file in a folder, parsed."""
    path = os.path.join(folder, FILE_NAME)
    if os.path.lexists(path):
        text = _read(path)
        return _File(path, text, _parse(path, text), ())
    path = os.path.join(folder, PROJECT_FILE_NAME)
    if not os.path.lexists(path):
        return None
    # Whatever is there may be another program's, unless it has our table.
    try:
        data = read_bytes(path, MAX_BYTES)
    except OSError:
        return None
    if TABLE.encode() not in data:
        return None
    text = decode(data)[0]
    try:
        parsed = _parse(path, _text(path, data))
    except ConfigError:
        if _seems_ours(text):
            raise
        return None
    return _in_project(path, text, parsed)


def _seems_ours(text: str) -> bool:
    """Whether a file that is not valid TOML has a table of ours, as far as can be told."""
    return any(re.match(_OURS, line.lstrip(" \t")) for line in text.split("\n") if TABLE in line)


def _in_project(path: str, text: str, data: dict[str, Any]) -> _File | None:
    """The table of ours in a `pyproject.toml`; None where it has none."""
    tool = data.get("tool", {})
    if not isinstance(tool, dict):
        raise _error(_File(path, text, tool, ("tool",)), (), "`tool` must be a table", on_key=True)
    return _File(path, text, tool[TABLE], ("tool", TABLE)) if TABLE in tool else None


def _read(path: str) -> str:
    """The text of a configuration file."""
    try:
        return _text(path, read_bytes(path, MAX_BYTES))
    except FileNotFoundError as error:
        reason = "it is a link that leads nowhere" if os.path.islink(path) else error.strerror
        raise ConfigError(path, f"can't be read: {reason}") from error
    except OSError as error:
        raise ConfigError(path, f"can't be read: {error.strerror or error}") from error


def _text(path: str, data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise ConfigError(path, f"larger than {MAX_BYTES:,} bytes, which is too large to be read")
    text, problem = decode(data)
    if problem is not None:
        raise ConfigError(path, problem.message, Text(text).position(problem.span.start)[:2])
    return text


def _parse(path: str, text: str) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    dots = [line.count(".") for line in text.split("\n")]
    if sum(count * count for count in dots) > _MAX_WORK:
        line = dots.index(max(dots)) + 1
        raise ConfigError(path, "keys have too many parts: too many dots in a line", (line, 1))
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(path, text, str(error)) from error
    except RecursionError as error:
        raise ConfigError(path, "nested too deep") from error
    except ValueError as error:
        # The only error that is not the parser's own: Python converts no number of so many digits.
        found = re.search(r"(?<![\d_])\d[\d_]{4000}", text)
        at = Text(text).position(found.start())[:2] if found else None
        raise ConfigError(path, "a number has too many digits", at) from error


def _not_toml(path: str, text: str, message: str) -> ConfigError:
    """The parser's error; it ends with the place: `(at line 1, column 4)`."""
    found = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", message)
    if found is None:
        return ConfigError(path, f"not valid TOML: {message}")
    at = (int(found[2]), int(found[3])) if found[2] else Text(text).position(len(text))[:2]
    return ConfigError(path, f"not valid TOML: {found[1][:1].lower()}{found[1][1:]}", at)


def _config(file: _File) -> Config:
    data = file.settings
    _check(file)
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
        folder=os.path.dirname(file.path) or ".",
    )


def _severities(table: dict[str, Any]) -> dict[str, Severity]:
    return {rule: Severity[name.upper()] for rule, name in table.get("severity", {}).items()}


def _check(file: _File) -> None:
    """Hold a configuration to its schema, `schema/config.schema.json`."""
    from validator import contract
    from validator.objects import Unreadable, to_nodes

    if not isinstance(file.settings, dict):
        name = ".".join(map(str, file.at))
        raise _error(file, (), f"`{name}` must be a table", on_key=True)
    # Before the schema, whose message would list the names of all rules.
    for path, name in _named_rules(file.settings):
        if not isinstance(name, str):
            raise _error(file, path, f"`{path[-2]}` takes names of rules, as strings")
        if name not in INDEX:
            raise _error(file, path, unknown_rule(name), on_key=True)
    try:
        problems = contract.check("", to_nodes(file.settings, _LIMITS), "config").problems
    except Unreadable as error:
        problems = (error.problem,)
    if problems:
        first = problems[0]
        on_key = first.rule == "unknown-field"
        raise _error(file, _path(first, file.settings), first.message, on_key=on_key)
    _check_patterns(file)
    for name, value in file.settings.get("limits", {}).items():
        # To JSON Schema 5.0 is an integer; to TOML it is not.
        if isinstance(value, float):
            message = f"`{name}` must be a whole number: no `.`"
            raise _error(file, ("limits", name), message)


def _check_patterns(file: _File) -> None:
    """Raise ConfigError for a pattern that can't match a file, or for too many of them."""
    files, overrides = file.settings.get("files", ()), file.settings.get("per-path", ())
    if not files and not overrides:
        return
    from validator.pattern_errors import MAX_CHARACTERS, why_not

    folder = os.path.dirname(file.path)
    alone = True
    length = 0
    patterns: list[tuple[Path, str]] = [(("files", at), each) for at, each in enumerate(files)]
    for path, pattern in [*patterns, *((("per-path", each), each) for each in overrides)]:
        alone = alone or path[0] == "per-path"
        length += len(pattern)
        if length > MAX_CHARACTERS:
            problem: str | None = (
                f"the patterns have more than {MAX_CHARACTERS:,} characters in all"
            )
        else:
            problem = why_not(pattern, folder, alone=alone)
        if problem is not None:
            raise _error(file, path, problem, on_key=True)
        alone = False


def _named_rules(settings: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
    """What stands for names of rules in a configuration, whatever its form, and where it is."""
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
    """Where a problem is: the path that its JSON pointer stands for."""
    path: Path = ()
    value = settings
    for step in problem.pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        key = int(name) if isinstance(value, list) else name
        path = (*path, key)
        value = value[key]
    return path


def _error(file: _File, path: Path, message: str, *, on_key: bool = False) -> ConfigError:
    """The error at a path in our settings: at its key or its value, or with its name."""
    from validator.toml_places import find

    path = (*file.at, *path)
    place = find(file.text, path)
    if place is None:
        return ConfigError(file.path, f"{_dotted(path)}: {message}" if path else message)
    position = Text(file.text).position(place.key if on_key else place.value)
    return ConfigError(file.path, message, position[:2])


def _dotted(path: Path) -> str:
    """A path as TOML writes it: `per-path."api/*".kind`."""
    import json

    bare = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
    names = [str(name) for name in path]
    return ".".join(name if name and set(name) <= set(bare) else json.dumps(name) for name in names)
