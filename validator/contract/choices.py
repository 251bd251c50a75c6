"""The values of an enumeration."""

from __future__ import annotations

from functools import cache

from validator.contract.spelling import camel_case


def choices(values: list[str | None]) -> list[str]:
    """The values of an enumeration that an author can choose from."""
    return _choices(tuple(values))


# There are few enumerations, but any value of a document can be wrong.
@cache
def _choices(values: tuple[str | None, ...]) -> list[str]:
    names = [value for value in values if value and not value.endswith("_UNSPECIFIED")]
    return [name for name in names if camel_case(name) == name or camel_case(name) not in names]
