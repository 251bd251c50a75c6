"""Timestamps as comparable instants."""

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
    """The instant of an RFC 3339 timestamp; None if the text is not one.

    The datetime module is limited to microseconds, and to offsets that stay within its calendar.
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


def seconds_between(start: Instant, end: Instant) -> float:
    """The time from one instant to another in seconds, negative if `end` is earlier."""
    return end.seconds - start.seconds + (end.nanoseconds - start.nanoseconds) / 1e9
