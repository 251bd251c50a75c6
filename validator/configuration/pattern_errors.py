"""Explain why a pattern of a configuration can't match any file."""

from __future__ import annotations

import os
import re

from validator.files.gitignore import is_valid
from validator.wording import quoted

MAX_CHARACTERS = 10_000
"""Maximum length of all patterns of a configuration: each is compared with every file."""

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_NEEDLESS = re.compile(r"(?<!\\)(?:\\\\)*\\(?=[\w.-])")
_WILD = re.compile(r"[*?[\\]")


def why_not(pattern: str, folder: str, *, alone: bool) -> str | None:
    """The problem of a pattern relative to a folder; None if it can match a file.

    `alone` says that there is no earlier pattern from which `!` could make an exception.
    """
    glob = pattern.rstrip(" ").removeprefix("!")
    problem = _unreadable(pattern, glob) or _unreachable(glob, folder)
    if problem is not None:
        return f"the pattern {quoted(pattern)} can't match a file: {problem}"
    if pattern.startswith("!") and alone:
        return (
            f"the pattern {quoted(pattern)} makes an exception from earlier patterns, and there is "
            "none before it"
        )
    return None


def _unreadable(pattern: str, glob: str) -> str | None:
    """The problem of a pattern's syntax; None if there is none."""
    if set(glob.split("/")) <= {"", "."}:
        return "it names nothing"
    if re.search(r"[\n\r\0]", pattern):
        return "it contains a line break or a null character"
    if pattern.startswith("#"):
        return f"`#` begins a comment; write {quoted(chr(92) + pattern)}"
    if _DRIVE.match(glob):
        return "it is absolute; write it from the folder of the configuration"
    if re.search(_NEEDLESS, glob):
        return r"`\` quotes the character after it; write `/` between folders"
    if not is_valid(pattern):
        ends = re.search(r"(?<!\\)(?:\\\\)*\\$", glob)
        return r"it ends in `\`" if ends else "its `[` is not closed, or names an unknown class"
    return None


def _unreachable(glob: str, folder: str) -> str | None:
    """The problem of the path of a pattern; None if there is none."""
    names = glob.split("/")
    below = names[1:] if not names[0] else names
    inner = below[:-1] if not below[-1] else below
    if ".." in inner:
        return "`..` matches nothing; a file outside of the folder has its own configuration"
    if glob.startswith("~/"):
        return "`~` is not expanded; write it from the folder of the configuration"
    if "." in inner or "" in inner:
        plain = "/".join(name for name in below if name not in ("", "."))
        return f"write {quoted(f'/{plain}' if not names[0] or '/' not in plain else plain)}"
    if not names[0] and _is_absolute(below, folder):
        return "it begins at the folder of the configuration, not at the root of the file system"
    return None


def _is_absolute(names: list[str], folder: str) -> bool:
    """Whether a path exists from the root of the file system, and not from a folder."""
    literal = names[: next((n for n, name in enumerate(names) if _WILD.search(name)), len(names))]
    # A single name, such as `/src`, may as well be a folder that does not exist yet.
    return (
        len(literal) > 1
        and os.path.lexists("/" + "/".join(literal[:2]))
        and not os.path.lexists(os.path.join(folder, literal[0]))
    )
