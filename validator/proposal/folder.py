"""The files of a repository's folder, read within limits; links out of the folder are not followed.

What can't be read gives a note in place of an exception.
"""

from __future__ import annotations

import os
import re
import sys
from typing import Any

from validator.parsing import reader
from validator.parsing.limits import Limits
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence, number
from validator.parsing.text import Text, decode
from validator.proposal.note import Note

# A string always matches, also one that is not closed: to try each part takes quadratic time.
_STRING = r'("(?:\\[\s\S]?|[^"\\])*(?:"|\Z))'
_COMMENT = rf"{_STRING}|//[^\r\n]*|/\*[\s\S]*?(?:\*/|\Z)"
_TRAILING_COMMA = rf"{_STRING}|,(?=[ \t\r\n]*[\]}}])"


class Folder:
    """The known files of a folder; `notes` are about those that could not be read."""

    def __init__(self, path: str, limits: Limits) -> None:
        self._path = os.path.realpath(path)
        self._limits = limits
        self.notes: list[Note] = []

    def has(self, name: str) -> bool:
        """Whether there is a file of this name; it need not be readable."""
        path = os.path.join(self._path, name)
        return os.path.isfile(path) and self._is_inside(path)

    def first(self, *names: str) -> str | None:
        """The first of some names that a file has; None if there is none."""
        return next((name for name in names if self.has(name)), None)

    def text(self, name: str) -> str | None:
        """The text of a file; None if there is none, or it can't be read."""
        from validator.files.reading import read_bytes

        path = os.path.join(self._path, name)
        if not os.path.lexists(path):
            return None
        if not self._is_inside(path):
            self._leave_out(name, "it is a link out of the folder")
            return None
        try:
            data = read_bytes(path, self._limits.max_bytes)
        except OSError as error:
            self._leave_out(name, f"it can't be read: {error.strerror or error}")
            return None
        if len(data) > self._limits.max_bytes:
            self._leave_out(name, f"it is larger than {self._limits.max_bytes:,} bytes")
            return None
        text, problem = decode(data)
        if problem is not None:
            self._leave_out(name, problem.message)
            return None
        return text.removeprefix("\ufeff")

    def json(self, name: str, *, comments: bool = False) -> dict[str, Any] | None:
        """The members of a JSON file; `comments` accepts comments and trailing commas.

        None if there is no such file, or it is not valid.
        """
        text = self.text(name)
        if text is not None and comments:
            text = without_comments(text)
        return None if text is None else self._members(name, text, "x.json")

    def yaml(self, name: str) -> dict[str, Any] | None:
        """The fields of a YAML file; None if there is no such file, or it is not valid."""
        text = self.text(name)
        return None if text is None else self._members(name, text, "x.yaml")

    def toml(self, name: str) -> dict[str, Any] | None:
        """The tables of a TOML file; None if there is no such file, or it is not valid."""
        if sys.version_info >= (3, 11):
            import tomllib
        else:
            import tomli as tomllib

        text = self.text(name)
        if text is None:
            return None
        try:
            return tomllib.loads(text)
        # RecursionError: brackets nested a thousand times.
        except (ValueError, RecursionError) as error:
            self._leave_out(name, f"it is not valid TOML: {error}")
            return None

    def _members(self, name: str, text: str, kind: str) -> dict[str, Any] | None:
        source = reader.read(text, self._limits, kind)
        for problem in source.problems:
            # A tag such as `!reset` of Docker Compose says nothing about the rest.
            if problem.rule not in ("empty-document", "unsupported-tag"):
                line = Text(text).position(problem.span.start).line
                self._leave_out(name, f"line {line}: {problem.message}")
                return None
        if not isinstance(source.root, Mapping):
            self._leave_out(name, "it is empty or not a mapping")
            return None
        found = _plain(source.root, {})
        assert isinstance(found, dict)
        return found

    def _is_inside(self, path: str) -> bool:
        return os.path.realpath(path).startswith(os.path.join(self._path, ""))

    def _leave_out(self, name: str, why: str) -> None:
        self.notes.append(Note(name, "left out", why))


def without_comments(text: str) -> str:
    """JSON without its comments and trailing commas: spaces are in their places."""

    def blank(found: re.Match[str]) -> str:
        return found[1] or re.sub(r"[^\r\n]", " ", found[0])

    return re.sub(_TRAILING_COMMA, blank, re.sub(_COMMENT, blank, text))


def _plain(node: Node, done: dict[int, Any]) -> Any:
    """A node as Python objects; nodes that aliases share are shared."""
    if id(node) in done:
        return done[id(node)]
    made: Any
    if isinstance(node, Mapping):
        made = {name: _plain(value, done) for name, (_, value) in node.members.items()}
    elif isinstance(node, Sequence):
        made = [_plain(item, done) for item in node.items]
    elif isinstance(node, Scalar):
        made = _scalar(node)
    else:
        made = None
    done[id(node)] = made
    return made


def _scalar(node: Scalar) -> str | float | bool | None:
    if node.kind == "null":
        return None
    if node.kind == "boolean":
        return node.text.lower() in ("true", "yes", "on")
    # YAML 1.1 reads `22:22`, two ports, as a number in base 60.
    if node.kind in ("integer", "number") and ":" not in node.text:
        return number(node)
    return node.text
