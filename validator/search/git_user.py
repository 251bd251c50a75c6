"""The user's own configuration of git: what it ignores in every repository."""

from __future__ import annotations

import os
import re
from contextlib import suppress

from validator.files.reading import read_bytes

_MAX_CONFIGURATION = 1_000_000


def user_ignore_file() -> str:
    """The user's ignore file for all repositories; it need not exist.

    It is `core.excludesFile` in the user's configuration of git, without included files, or the
    default for that setting. "" if there is none.
    """
    git = os.path.join(os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config"), "git")
    files = [os.path.join(git, "config"), os.path.expanduser("~/.gitconfig")]
    if "GIT_CONFIG_GLOBAL" in os.environ:
        files = [os.environ["GIT_CONFIG_GLOBAL"]]
    named = None
    for path in files:
        with suppress(OSError):
            text = read_bytes(path, _MAX_CONFIGURATION).decode(errors="replace")
            named = _excludes_file(text, named)
    if named is None:
        return os.path.join(git, "ignore")
    # Git resolves a relative path from the folder it runs in, which may not be the user's.
    path = os.path.expanduser(named)
    return path if os.path.isabs(path) else ""


def _excludes_file(text: str, before: str | None) -> str | None:
    """The value of `core.excludesFile` in a configuration of git; `before` if it has none."""
    section = ""
    for line in text.splitlines():
        header = _SECTION.match(line)
        if header is not None:
            section = header[1].strip().lower()
        setting = _SETTING.match(line, 0 if header is None else header.end())
        if section == "core" and setting is not None:
            before = _value(setting[1])
    return before


_SECTION = re.compile(r"\s*\[([^\]]*)\]")
_SETTING = re.compile(r"\s*excludesfile\s*=\s*(.*)", re.IGNORECASE)
_VALUE = re.compile(r"""\\(.)|"|[#;]|.""")


def _value(written: str) -> str:
    """A value in a configuration of git, without its quotes, escapes and comment."""
    value, quoted = "", False
    for part in _VALUE.finditer(written.rstrip()):
        if part[0] == '"':
            quoted = not quoted
        elif part[0] in "#;" and not quoted:
            return value.rstrip()
        else:
            value += {"n": "\n", "t": "\t"}.get(part[1], part[1]) if part[1] else part[0]
    return value
