"""Check the arguments of the library's functions, so that a mistake is a clear error at once."""

from __future__ import annotations

import os
from collections.abc import Collection

from validator.finding import Severity


def names(value: object, argument: str) -> frozenset[str]:
    """A collection of names as a set. Raises TypeError for anything else, such as one string."""
    if isinstance(value, str):
        raise TypeError(f"`{argument}` takes several names: write {{{value!r}}}, not {value!r}")
    if not isinstance(value, Collection):
        raise TypeError(f"`{argument}` takes names as strings, not {_type(value)}")
    for each in value:
        if not isinstance(each, str):
            raise TypeError(f"`{argument}` takes names as strings, but contains {_type(each)}")
    return frozenset(value)


def severity(value: object, argument: str) -> Severity:
    """A severity, or the one with this name.

    Raises TypeError for a value of another type, ValueError for another name.
    """
    if isinstance(value, Severity):
        return value
    if not isinstance(value, str):
        raise TypeError(f"`{argument}` takes a Severity, or its name, not {_type(value)}")
    for each in Severity:
        if str(each) == value:
            return each
    known = ", ".join(map(repr, map(str, Severity)))
    raise ValueError(f"`{argument}` takes {known}, not {value!r}")


def text(value: object) -> None:
    """Raise TypeError unless a value is a text: a string, or the bytes of a file."""
    if not isinstance(value, (str, bytes)):
        raise TypeError(f"the text must be a string or bytes, not {_type(value)}")


def path(value: str | os.PathLike[str] | None) -> str | None:
    """A path as a string. Raises TypeError for anything else, such as bytes."""
    if value is None:
        return None
    name = os.fspath(value)
    if not isinstance(name, str):
        raise TypeError(f"a path must be a string or a path object, not {_type(value)}")
    return name


def instance(value: object, of: type, argument: str) -> None:
    """Raise TypeError unless a value is None or of a type."""
    if value is not None and not isinstance(value, of):
        article = "an" if of.__name__[0].lower() in "aeiou" else "a"
        raise TypeError(f"`{argument}` must be {article} {of.__name__}, not {_type(value)}")


def _type(value: object) -> str:
    return "None" if value is None else f"{type(value).__name__}"


def one_of(value: object, known: tuple[object, ...], argument: str) -> None:
    """Raise ValueError unless a value is one of those known."""
    if value not in known:
        raise ValueError(f"`{argument}` takes {', '.join(map(repr, known))}, not {value!r}")
