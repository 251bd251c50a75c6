"""JSON with comments, as `devcontainer.json` has it: written, not read."""

from __future__ import annotations

import json
from typing import NamedTuple

_STEP = "  "
_WIDTH = 80


class Member(NamedTuple):
    """A member of an object, or an entry of a list, whose `name` is empty.

    `comments` are lines above it that begin with `#`. `value` is a string, a number, a boolean, or
    what it contains; None for comments that are above nothing.
    """

    name: str
    value: str | int | Object | List | None
    comments: tuple[str, ...] = ()


class Object(NamedTuple):
    """An object and its members, in their order."""

    members: tuple[Member, ...]


class List(NamedTuple):
    """A list and its entries, in their order."""

    entries: tuple[Member, ...]


def write_json(root: Object) -> str:
    """The text of a document, with a line break at its end."""
    return _value(root, "") + "\n"


def _value(value: str | int | Object | List, indentation: str) -> str:
    if isinstance(value, Object):
        return _collection(value.members, "{}", indentation)
    if isinstance(value, List):
        plain = [each.value for each in value.entries if isinstance(each.value, str | int)]
        if len(plain) == len(value.entries) and not any(each.comments for each in value.entries):
            line = json.dumps(plain, ensure_ascii=False)
            if len(indentation) + len(line) < _WIDTH // 2:
                return line
        return _collection(value.entries, "[]", indentation)
    return json.dumps(value, ensure_ascii=False)


def _collection(members: tuple[Member, ...], brackets: str, indentation: str) -> str:
    inner = indentation + _STEP
    lines: list[str] = []
    last = max((at for at, each in enumerate(members) if each.value is not None), default=-1)
    for at, member in enumerate(members):
        lines += [f"{inner}{_comment(each)}" for each in member.comments]
        if member.value is not None:
            name = f"{json.dumps(member.name, ensure_ascii=False)}: " if member.name else ""
            lines.append(f"{inner}{name}{_value(member.value, inner)}{',' * (at < last)}")
    if not lines:
        return brackets
    return "\n".join([brackets[0], *lines, f"{indentation}{brackets[1]}"])


def _comment(line: str) -> str:
    """A comment in the style of JSON."""
    return f"//{line[1:]}" if line.startswith("#") else f"// {line}"
