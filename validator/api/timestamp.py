"""Timestamps as instants that can be compared."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_RFC_3339 = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?"
    r"(?:Z|([+-])([0-9]{2}):([0-9]{2}))"
)


class Instant(NamedTuple):
    """A point in time: seconds since the year 1 in UTC, and nanoseconds."""

    seconds: int
    nanoseconds: int


def instant(text: str) -> Instant | None:
    """The instant that an RFC 3339 timestamp names; None for what is no timestamp.

    The datetime module has microseconds only, and no offsets that lead out of its calendar.
    """
    found = _RFC_3339.fullmatch(text)
    if found is None:
        return None
    day, hours, minutes, seconds, fraction, sign, offset_hours, offset_minutes = found.groups()
    try:
        days = date.fromisoformat(day).toordinal()
    except ValueError:
        return None
    offset = 0 if sign is None else int(offset_hours) * 60 + int(offset_minutes)
    total = (days * 24 + int(hours)) * 60 + int(minutes) + (offset if sign == "-" else -offset)
    return Instant(total * 60 + int(seconds), int((fraction or "").ljust(9, "0")))
