"""The two spellings of a field: the API's `dependsOn`, and the Python SDK's `depends_on`."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CAPITAL = re.compile("[A-Z]")
_UNDERSCORE = re.compile("_([a-z])")


def snake_case(name: str) -> str:
    """The SDK's spelling of a field."""
    return _CAPITAL.sub(lambda found: f"_{found[0].lower()}", name)


def camel_case(name: str) -> str:
    """The API's spelling of a field."""
    # Called for every field and value in advice, and few have an underscore.
    return _UNDERSCORE.sub(lambda found: found[1].upper(), name) if "_" in name else name


def one_spelling(fields: Iterable[str], like: Iterable[str]) -> list[str]:
    """Fields without duplicates in the other spelling.

    The SDK's spelling is kept if one of the names in `like` has it, otherwise the API's.
    """
    fields = list(fields)
    spell = snake_case if any("_" in name for name in like) else camel_case
    return [name for name in fields if spell(name) == name or spell(name) not in fields]
