"""Configuration files: find the one that applies to a folder, and load it."""

import os
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from validator.configuration.config import (
    FILE_NAME,
    PROJECT_FILE_NAME,
    Config,
    ConfigError,
    ConfigFile,
    Override,
    folders_from,
)
from validator.files.reading import read_bytes
from validator.finding import Severity
from validator.parsing.limits import Limits
from validator.parsing.text import Text, decode
from validator.rule import OwnNames
from validator.rules import STRICT

if TYPE_CHECKING:
    from validator.own_rules.own_rule import OwnRule

TABLE = "automation-validator"
"""The name of the table under `tool` in `pyproject.toml`."""

MAX_BYTES = 1_000_000
"""Maximum size of a configuration file, in bytes."""

# How people misspell it: as Python would, in capitals, or in one word.
_NEARLY = re.compile(rb"(?i)automation[-_. ]?validator")

# The parser's time for a dotted key grows with the square of its number of parts. A key is on one
# line; with this sum of the squares of the dots on each line, parsing takes a fraction of a second.
_MAX_WORK = 20_000_000

# The beginning of a line that defines our table: its header, or a key that leads to it.
_OURS = rf"""(?:\[?[ \t]*["']?tool["']?[ \t]*\.[ \t]*)?["']?{TABLE}["']?[ \t]*[].=]"""


def find_config(folder: str | os.PathLike[str]) -> str | None:
    """The path of the configuration file that applies in a folder: its own, or the nearest above.

    Returns None if there is none. A `pyproject.toml` counts if it has a table
    `[tool.automation-validator]`; one that can't be read is skipped. Raises ConfigError if an
    `automation-validator.toml` can't be read, or a file with our settings is not valid TOML.
    """
    for each in folders_from(os.fspath(folder)):
        found = _file_in(each)
        if found is not None:
            return found.path
    return None


def load_config(path: str | os.PathLike[str]) -> Config:
    """Load a configuration file.

    Raises ConfigError if it can't be read, is invalid, or is a `pyproject.toml` without our table.
    """
    return _config(_loaded(os.fspath(path)))


def load_steps(path: str) -> list[tuple[str, Config]]:
    """How a configuration file comes about: the files that it extends, and last itself.

    Each comes with the settings of it and those before it. Raises ConfigError.
    """
    from validator.configuration.extending import layers, merged

    file = _loaded(path)
    whole = _config(file)
    files = layers(file, _loaded)
    steps = []
    for number, each in enumerate(files, 1):
        data = merged(files[:number])
        config = _made(data, files, whole.folder, whole)
        # A setting may name a rule that only a later file adds, so it got those of all files.
        config.plugins = tuple(data.get("plugins", ()))
        steps.append((each.path, config))
    return steps


def _loaded(path: str) -> ConfigFile:
    """A configuration file, parsed. Raises ConfigError."""
    text = _read(path)
    data = _parse(path, text)
    if os.path.basename(path) != PROJECT_FILE_NAME:
        return ConfigFile(path, text, data, ())
    found = _in_project(path, text, data)
    if found is None:
        raise ConfigError(path, f"has no table `[tool.{TABLE}]`")
    return found


def config_in(folder: str) -> Config | None:
    """The configuration in a folder itself; None if it has none. Raises ConfigError."""
    found = _file_in(folder)
    return None if found is None else _config(found)


def _file_in(folder: str) -> ConfigFile | None:
    """The configuration file in a folder, parsed."""
    path = os.path.join(folder, FILE_NAME)
    if os.path.lexists(path):
        text = _read(path)
        return ConfigFile(path, text, _parse(path, text), ())
    path = os.path.join(folder, PROJECT_FILE_NAME)
    if not os.path.lexists(path):
        return None
    # The file belongs to other programs, unless it has our table.
    try:
        data = read_bytes(path, MAX_BYTES)
    except OSError:
        return None
    if not _NEARLY.search(data):
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
    """Whether a file that is not valid TOML probably has a table of ours."""
    return any(re.match(_OURS, line.lstrip(" \t")) for line in text.split("\n") if TABLE in line)


def _in_project(path: str, text: str, data: dict[str, Any]) -> ConfigFile | None:
    """Our table in a `pyproject.toml`; None if it has none. Raises ConfigError if misspelt."""
    tool = data.get("tool", {})
    if not isinstance(tool, dict):
        from validator.configuration.config_errors import Wrong, error_at

        wrong = Wrong((), "`tool` must be a table", on_key=True)
        raise error_at(ConfigFile(path, text, tool, ("tool",)), wrong)
    if TABLE in tool:
        return ConfigFile(path, text, tool[TABLE], ("tool", TABLE))
    for name in tool:
        if _NEARLY.fullmatch(name.encode()):
            from validator.configuration.config_errors import Wrong, error_at

            wrong = Wrong((), f"the table must have the name `tool.{TABLE}`", on_key=True)
            raise error_at(ConfigFile(path, text, tool, ("tool", name)), wrong)
    return None


def _read(path: str) -> str:
    """The text of a configuration file."""
    try:
        return _text(path, read_bytes(path, MAX_BYTES))
    except FileNotFoundError as error:
        reason = "it is a broken link" if os.path.islink(path) else error.strerror
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
        # The only error that is not the parser's own: Python refuses to convert so many digits.
        found = re.search(r"(?<![\d_])\d[\d_]{4000}", text)
        at = Text(text).position(found.start())[:2] if found else None
        raise ConfigError(path, "a number has too many digits", at) from error


def _not_toml(path: str, text: str, message: str) -> ConfigError:
    """Convert the parser's error, which ends with the place: `(at line 1, column 4)`."""
    found = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", message)
    if found is None:
        return ConfigError(path, f"not valid TOML: {message}")
    at = (int(found[2]), int(found[3])) if found[2] else Text(text).position(len(text))[:2]
    word = _bare_word(text, *at)
    if found[1] == "Invalid value" and word:
        return ConfigError(path, f'not valid TOML: put `{word}` in quotes: `"{word}"`', at)
    return ConfigError(path, f"not valid TOML: {found[1][:1].lower()}{found[1][1:]}", at)


def _bare_word(text: str, line: int, column: int) -> str:
    """The word at a place that is a string without its quotes, "" for anything else."""
    rest = text.split("\n")[line - 1][column - 1 :]
    found = re.match(r"([A-Za-z][\w-]{0,59})[ \t\r]*(?:[],}#]|$)", rest)
    return found[1] if found else ""


def _config(file: ConfigFile) -> Config:
    from validator.configuration.config_errors import check

    files, data = [file], file.settings
    extends = isinstance(data, dict) and "extends" in data
    if extends:
        from validator.configuration.extending import layers

        files = layers(file, _loaded)
    own = _own_names(files)
    folder = os.path.dirname(file.path) or "."
    for each in files:
        check(each, own, folder)
    if extends:
        from validator.configuration.extending import merged

        data = merged(files)
    return _made(data, files, folder)


def _made(
    data: dict[str, Any], files: list[ConfigFile], folder: str, added: Config | None = None
) -> Config:
    """The configuration with some valid settings from files, with the rules of `added` if given."""
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
        fail_on=Severity[data.get("fail-on", _fail_on(data)).upper()],
        limits=Limits(**limits),
        files=tuple(data.get("files", ())),
        exclude=tuple(data.get("exclude", ())),
        folder=folder,
        shellcheck=data.get("shellcheck"),
        shell=data.get("shell", "bash"),
        rules=_rules(data.get("rules", ()), files) if added is None else added.rules,
        plugins=tuple(data.get("plugins", ())) if added is None else added.plugins,
    )


def _own_names(files: list[ConfigFile]) -> OwnNames:
    """The names of the rules of one's own in configurations that may not be valid."""
    tables = [file.settings for file in files if isinstance(file.settings, dict)]
    lists = {
        setting: [
            each
            for table in tables
            if isinstance(table.get(setting), list)
            for each in table[setting]
        ]
        for setting in ("rules", "plugins")
    }
    names = [rule.get("name") for rule in lists["rules"] if isinstance(rule, dict)]
    return OwnNames(
        frozenset(name for name in names if isinstance(name, str)),
        tuple(name for name in lists["plugins"] if isinstance(name, str)),
    )


def _rules(tables: Sequence[dict[str, Any]], files: list[ConfigFile]) -> "tuple[OwnRule, ...]":
    """The rules of one's own that a valid configuration declares; the last declaration counts."""
    if not tables:
        return ()
    from validator.own_rules.own_rule import OwnRule

    sources = {rule["name"]: file.path for file in files for rule in file.settings.get("rules", ())}
    return tuple(OwnRule(**table, source=sources[table["name"]]) for table in tables)


def _fail_on(settings: dict[str, Any]) -> str:
    """The minimum severity that fails a run, unless it is set."""
    return "warning" if STRICT in settings.get("select", ()) else "error"


def _severities(table: dict[str, Any]) -> dict[str, Severity]:
    return {rule: Severity[name.upper()] for rule, name in table.get("severity", {}).items()}
