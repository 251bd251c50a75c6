"""Commands that install packages: which tool, for which language, in which folder."""

from __future__ import annotations

import posixpath
import re

from validator.shell import commands
from validator.shell.syntax import Command, Script
from validator.shell.words import Word
from validator.tuples import NamedTuple

_NODE = ("bun", "npm", "pnpm", "yarn")
_INSTALLS = {
    "apk": "add",
    "apt": "install",
    "apt-get": "install",
    "brew": "install",
    "bun": "add ci i install",
    "bundle": "install",
    "cargo": "fetch install",
    "composer": "install require update",
    "conda": "install",
    "dnf": "install",
    "dotnet": "restore",
    "gem": "install",
    "go": "install",
    "npm": "add ci i install",
    "pip": "install",
    "pip3": "install",
    "pipenv": "install sync",
    "pipx": "install",
    "pnpm": "add i install",
    "poetry": "install",
    "uv": "add pip sync",
    "yarn": "add install",
    "yum": "install",
}
_LANGUAGES = {
    **dict.fromkeys(_NODE, "JavaScript"),
    **dict.fromkeys(("pip", "pip3", "pipenv", "poetry", "uv"), "Python"),
    "bundle": "Ruby",
    "composer": "PHP",
}
# What runs with the packages of a project.
_USERS = {
    **dict.fromkeys((*_NODE, "bunx", "npx", "pnpx"), "JavaScript"),
    **dict.fromkeys(("rails", "rake"), "Ruby"),
    **dict.fromkeys(
        ("fastapi", "flask", "gunicorn", "manage.py", "streamlit", "uvicorn"), "Python"
    ),
    "artisan": "PHP",
}
_FOLDERS = ("--cwd", "--dir", "--directory", "--prefix", "-C")
_VALUED = (*_FOLDERS, "--filter", "--workspace", "-F", "-w")
_GLOBAL = ("-g", "--global")
# Where the platform puts a repository, and scripts start.
_WORKSPACE = r"/workspaces/[^/]+(?:/|$)"


class Use(NamedTuple):
    """A command that installs packages of a language, or runs with them, and its folder.

    The folder is relative to that in which scripts start, `.` for that itself.
    """

    command: Command
    language: str
    folder: str
    installs: bool


def installed_by(command: Command) -> str:
    """The words of an installing command that say so, `npm ci`; empty if it installs nothing."""
    words = commands.program(command)
    name = words[0].text if words else ""
    verb = _verb(words)
    if name == "yarn" and not verb and not any(word.text == "--version" for word in words):
        return "yarn"
    if verb not in _INSTALLS.get(name, "").split() or (name, verb) == ("uv", "pip"):
        return "uv pip install" if _is_uv_pip_install(words) else ""
    return f"{name} {verb}"


def uses(script: Script) -> list[Use]:
    """The commands of a script that install packages, or run with them.

    Empty if it can't be said in which folders: `cd` with a variable, or in an inner command.
    """
    found: list[Use] = []
    folder = "."
    for command in script.commands:
        words = commands.program(command)
        name = words[0].text if words else ""
        if name == "cd":
            if command.compound is not None or len(words) != 2 or not words[1].literal:
                return []
            folder = _joined(folder, words[1].text)
            continue
        installs = bool(installed_by(command)) and not any(w.text in _GLOBAL for w in words)
        first = command.words[0].text if command.words else ""
        language = _LANGUAGES.get(name, "") if installs else _USERS.get(name) or _USERS.get(first)
        if language and (installs or not _fetches(command)):
            found.append(Use(command, language, _joined(folder, _own_folder(words)), installs))
    return found


def _fetches(command: Command) -> bool:
    """Whether a command installs what it runs: `uv run`, `npx --yes`."""
    first, *rest = (word.text for word in command.words)
    return first == "uv" or (first == "npx" and any(word in ("-y", "--yes") for word in rest))


def _is_uv_pip_install(words: list[Word]) -> bool:
    return [word.text for word in words[:3]] == ["uv", "pip", "install"]


def _verb(words: list[Word]) -> str:
    """The first word that is neither the program, nor an option or the value of one."""
    at = 1
    while at < len(words):
        if words[at].text in _VALUED:
            at += 2
        elif words[at].text.startswith("-"):
            at += 1
        else:
            return words[at].text
    return ""


def _own_folder(words: list[Word]) -> str:
    """The folder that an option names."""
    for at, word in enumerate(words[:-1]):
        if word.text in _FOLDERS:
            return words[at + 1].text
    return "."


def _joined(folder: str, other: str) -> str:
    other = re.sub(_WORKSPACE, "/", other) if re.match(_WORKSPACE, other) else other
    root = posixpath.normpath(posixpath.join("/", folder, other))
    return root.lstrip("/") or "."
