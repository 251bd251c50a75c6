"""The option --diff: changes as a patch for `git apply` and `patch -p1`."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from validator.cli.messages import say
from validator.cli.streams import write_bytes
from validator.display import inert, visible
from validator.editing.unified_diff import unified_diff
from validator.files.paths import relative
from validator.fixer import Fixed
from validator.parsing.text import decode, encoding_of

_ESCAPES = {
    code: f"\\{letter}" for code, letter in zip('\a\b\t\n\v\f\r"\\', 'abtnvfr"\\', strict=True)
}

_LOGS = ("CI", "GITHUB_ACTIONS", "TEAMCITY_VERSION", "TF_BUILD")
"""Environment variables that are set where standard output may be the log of a CI job."""


class Diff:
    """The patch that a run writes: the changes of each file as a unified diff.

    All its paths are relative to one folder, since neither `git apply` nor `patch` accepts a path
    with `..`: to the current folder, or to the nearest one above that contains all files.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        """`paths` are the files and folders to check."""
        self._folder = _shared_folder([os.curdir, *paths])
        self._has_told = False

    def show(self, path: str, data: bytes, fixed: Fixed) -> None:
        """Write the changes that fixes make in the file with the bytes `data`.

        A program gets the file's own characters. For a terminal and the log of a CI job, control
        characters are escaped, and whatever a runner would take for a command.
        """
        if not fixed.edits:
            return
        # A search of the current folder may find a file above it.
        self._folder = _shared_folder([self._folder, path])
        name = relative(path, self._folder)
        header = (f"--- {_quoted(f'a/{name}')}\n", f"+++ {_quoted(f'b/{name}')}\n")
        mark = bool(encoding_of(data)[0])
        lines = [*header, *unified_diff(decode(data)[0], fixed.edits, mark=mark)]
        if sys.stdout.isatty() or _is_log():
            shown = [_shown(line) for line in lines]
            click.echo("".join(shown), nl=False)
            if shown != lines and not sys.stdout.isatty():
                say(f"{path}: the diff is escaped for the log; to apply it, redirect it to a file")
        else:
            write_bytes("".join(lines).encode())
        self._tell_folder()

    def _tell_folder(self) -> None:
        """Report once where to apply the patch, if that is not the current folder."""
        above = relative(self._folder, os.curdir)
        if not self._has_told and above != ".":
            self._has_told = True
            say(f"Hint: apply this patch with `git -C {above} apply` or `patch -d {above} -p1`.")


def _shared_folder(paths: Sequence[str]) -> str:
    """The nearest folder that contains all of these paths; the first of them is a folder."""
    # ValueError: another drive. OSError: the current folder was deleted.
    with suppress(ValueError, OSError):
        return os.path.commonpath([os.path.abspath(path) for path in paths])
    folders = [paths[0], *map(os.path.dirname, paths[1:])]
    with suppress(ValueError):
        return os.path.commonpath([each for each in folders if os.path.isabs(each)])
    return paths[0]


def _quoted(name: str) -> str:
    """A file name as git writes it in a patch, in ASCII quotes if it isn't plain text."""
    escaped = "".join(map(_escaped, name))
    # A CI runner takes `##vso[` for a command, also in a name.
    escaped = re.sub("#(?=#)", r"\\043", escaped)
    if escaped != name:
        return f'"{escaped}"'
    # `patch` takes the text after a space for a date, unless there is a tab.
    return f"{name}\t" if " " in name else name


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if visible(character) == character:
        return character
    return "".join(f"\\{byte:03o}" for byte in os.fsencode(character))


def _is_log() -> bool:
    """Whether a CI runner may read standard output line by line: not if it is a file."""
    if not any(map(os.environ.get, _LOGS)):
        return False
    try:
        return not stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):
        return True


def _shown(line: str) -> str:
    """A line of a diff for people; tabs are kept, so that it can nearly always be applied."""
    body = line.removesuffix("\n").removesuffix("\r")
    return inert("\t".join(map(visible, body.split("\t")))) + line[len(body) :]
