"""Configurations that extend others: find the files, and merge their settings."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from importlib.machinery import PathFinder
from typing import Any

from validator.configuration.config import ConfigFile
from validator.configuration.config_errors import Wrong, error_at
from validator.parsing.nodes import Path
from validator.wording import quoted

DEEPEST = 5
"""Maximum number of configurations above one that each extends the next."""

MOST_FILES = 20
"""Maximum number of files that a configuration consists of."""

_PACKAGE = "package:"


def layers(file: ConfigFile, load: Callable[[str], ConfigFile]) -> list[ConfigFile]:
    """A configuration and all that it extends, in the order in which they are merged.

    `load` reads and parses a file. Raises ConfigError, at the entry of `extends` if that is wrong.
    """
    found: list[ConfigFile] = []
    _add(file, (file,), load, found)
    return found


def _add(
    file: ConfigFile,
    chain: tuple[ConfigFile, ...],
    load: Callable[[str], ConfigFile],
    found: list[ConfigFile],
) -> None:
    for at, entry in _entries(file):
        path, problem = _path(entry, file)
        real = os.path.realpath(path)
        names = [os.path.realpath(each.path) for each in chain]
        if problem is None and real in names:
            cycle = [each.path for each in chain[names.index(real) :]]
            shown = " extends ".join(quoted(os.path.basename(each)) for each in [*cycle, path])
            problem = f"the configurations extend each other in a cycle: {shown}"
        elif problem is None and len(chain) > DEEPEST:
            problem = f"more than {DEEPEST} configurations extend one another"
        elif problem is None and len(found) + len(chain) >= MOST_FILES:
            problem = f"the configuration consists of more than {MOST_FILES} files"
        elif problem is None and not os.path.lexists(path):
            problem = f"the configuration {quoted(entry)} does not exist"
        if problem is not None:
            raise error_at(file, Wrong(at, problem))
        extended = load(path)
        _add(extended, (*chain, extended), load, found)
    found.append(file)


def _entries(file: ConfigFile) -> Iterator[tuple[Path, str]]:
    """The entries of `extends`, and their places; what is of another type is reported later."""
    entries = file.settings.get("extends") if isinstance(file.settings, dict) else None
    if isinstance(entries, str):
        yield ("extends",), entries
    elif isinstance(entries, list):
        yield from (
            (("extends", n), each) for n, each in enumerate(entries) if isinstance(each, str)
        )


def _path(entry: str, file: ConfigFile) -> tuple[str, str | None]:
    """The path of a file to extend, and what is wrong with it."""
    if entry.startswith(_PACKAGE):
        return _in_package(entry)
    if "://" in entry:
        return "", "only files can be extended: nothing is fetched from a network"
    if os.path.isabs(entry) or entry.startswith("~") or "\0" in entry:
        return "", f"write {quoted(entry)} relative to the folder of this file"
    if not entry.endswith(".toml"):
        return "", f"{quoted(entry)} is not the name of a `.toml` file"
    return os.path.join(os.path.dirname(file.path), entry), None


def _in_package(entry: str) -> tuple[str, str | None]:
    """The path of a file in an installed package, which is not imported: that would run its code.

    It is looked for in the folders of packages, but not in the current one.
    """
    package, _, name = entry.removeprefix(_PACKAGE).partition("/")
    parts = name.split("/")
    if not package.isidentifier() or not name.endswith(".toml") or {"", ".", ".."} & set(parts):
        return "", f"write {quoted(entry)} as `package:NAME/FILE.toml`"
    here = os.path.realpath(os.curdir)
    folders = [each for each in sys.path if each and os.path.realpath(each) != here]
    spec = PathFinder.find_spec(package, folders)
    places = list(spec.submodule_search_locations or ()) if spec is not None else []
    if not places:
        return "", f"no package {quoted(package)} is installed in {quoted(sys.prefix)}"
    paths = [os.path.join(place, *parts) for place in places]
    return next(filter(os.path.lexists, paths), paths[0]), None


_ADDED = ("exclude", "files", "plugins")


def merged(files: list[ConfigFile]) -> dict[str, Any]:
    """The settings of some valid configurations, each of which extends those before it."""
    whole: dict[str, Any] = {}
    for file in files:
        for name, value in file.settings.items():
            if name in ("severity", "limits"):
                whole[name] = {**whole.get(name, {}), **value}
            elif name in _ADDED:
                whole[name] = [*dict.fromkeys([*whole.get(name, ()), *value])]
            elif name == "rules":
                replaced = {rule["name"] for rule in value}
                kept = [rule for rule in whole.get(name, ()) if rule["name"] not in replaced]
                whole[name] = [*kept, *value]
            elif name == "per-path":
                whole[name] = _overrides(whole.get(name, {}), value)
            elif name not in ("extends", "ignore"):
                whole[name] = value
        # What is selected by the same name is not ignored any more.
        before = [n for n in whole.get("ignore", ()) if n not in file.settings.get("select", ())]
        whole["ignore"] = [*before, *file.settings.get("ignore", ())]
    return whole


def _overrides(before: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Settings per path: the new ones count more than those before, which come first."""
    whole = {pattern: table for pattern, table in before.items() if pattern not in new}
    for pattern, table in new.items():
        old = before.get(pattern, {})
        whole[pattern] = {
            **old,
            **table,
            "ignore": [*old.get("ignore", ()), *table.get("ignore", ())],
            "severity": {**old.get("severity", {}), **table.get("severity", {})},
        }
    return whole
