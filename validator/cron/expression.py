"""Read a cron expression: five fields or a descriptor, after an optional time zone."""

from __future__ import annotations

import re
from typing import NamedTuple

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


class _Field(NamedTuple):
    """A field of an expression: its least and greatest value, and names for values."""

    name: str
    least: int
    greatest: int
    names: tuple[str, ...] = ()


_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of the month", 1, 31),
    _Field("month", 1, 12, _MONTHS),
    _Field("day of the week", 0, 6, _DAYS),
)

_DESCRIPTORS = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
_EVERY = "@every "

# What Go takes for a duration, a number and a space.
_PART = r"([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)"
_DURATION = rf"([-+]?)(?:0|(?:{_PART})+)"
_MICRO = 10**3
_SECOND = 10**9
_NANOSECONDS = {
    "h": 3600 * _SECOND,
    "m": 60 * _SECOND,
    "s": _SECOND,
    "ms": 10**6,
    "us": _MICRO,
    # The sign for micro, and the Greek letter.
    "\u00b5s": _MICRO,
    "\u03bcs": _MICRO,
    "ns": 1,
}
_NUMBER = r"\+?0*([0-9]{1,19})"
_GREATEST_NUMBER = 2**63 - 1
# No other control characters, which Python counts as spaces.
_WORD = "[^\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"


class CronError(ValueError):
    """An expression that the platform rejects.

    `message` says what is wrong and what to write instead. `start` and `end` are the 0-based
    characters of the part concerned. `meant` is the expression that was evidently meant, None if
    that is unknown.
    """

    def __init__(self, message: str, start: int, end: int, meant: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.meant = meant


class Expression(NamedTuple):
    """The values of the fields of a cron expression.

    `zone` is the name of its time zone, "" for UTC. A weekday is 0 for Sunday. `any_day` and
    `any_weekday` say whether these two fields are `*`: if neither is, one match is enough.
    `interval` is the number of seconds between two runs, for an expression with `@every`, which has
    no fields; 0 for others.
    """

    zone: str
    minutes: frozenset[int] = frozenset()
    hours: frozenset[int] = frozenset()
    days: frozenset[int] = frozenset()
    months: frozenset[int] = frozenset()
    weekdays: frozenset[int] = frozenset()
    any_day: bool = True
    any_weekday: bool = True
    interval: int = 0


def parse(text: str) -> Expression:
    """Read a cron expression. Raises CronError if the platform rejects it."""
    zone, at = _zone(text)
    # Without a time zone, no space may be before or after a descriptor.
    end = len(text.rstrip()) if at else len(text)
    word = text[at:end]
    if word.lstrip().startswith("@"):
        return _descriptor(text, word, at)._replace(zone=zone)
    places = [match.span() for match in re.finditer(_WORD, text) if match.start() >= at]
    if len(places) != len(_FIELDS):
        raise _wrong_number(text, places)
    minutes, hours, days, months, weekdays = (
        _values(text, start, end, field)
        for (start, end), field in zip(places, _FIELDS, strict=True)
    )
    return Expression(
        zone,
        minutes.chosen,
        hours.chosen,
        days.chosen,
        months.chosen,
        weekdays.chosen,
        days.star,
        weekdays.star,
    )


def _zone(text: str) -> tuple[str, int]:
    """The time zone of an expression, and where the rest begins; 0 if it names none."""
    prefix = next((each for each in ("TZ=", "CRON_TZ=") if text.startswith(each)), None)
    if prefix is None:
        return "", 0
    start, end = len(prefix), text.find(" ")
    if end < 0:
        message = "only a time zone is here; write the expression after it, with a space between"
        raise CronError(message, 0, len(text))
    zone = text[start:end]
    if zone not in ("", "UTC", "Local") and not _is_zone(zone):
        from validator.wording import quoted

        message = f"{quoted(zone)} is not a time zone; write one such as `Europe/Berlin` or `UTC`"
        raise CronError(message, start, end)
    rest = text[end:]
    return ("" if zone == "UTC" else zone), len(text) - len(rest.lstrip())


def _is_zone(name: str) -> bool:
    """Whether a time zone exists; also if this machine does not know any."""
    from zoneinfo import ZoneInfo, available_timezones

    try:
        ZoneInfo(name)
    # OSError: the name is that of a folder of time zones.
    except (LookupError, ValueError, OSError):
        return not available_timezones()
    return True


def _descriptor(text: str, word: str, at: int) -> Expression:
    if word in _DESCRIPTORS:
        return parse(_DESCRIPTORS[word])
    if word.startswith(_EVERY):
        seconds = _seconds(word[len(_EVERY) :])
        if seconds is not None:
            return Expression("", interval=seconds)
    raise _not_a_descriptor(text, word, at)


def _not_a_descriptor(text: str, word: str, at: int) -> CronError:
    name = word.strip()
    start = text.index(name, at)
    end = start + len(name)
    first, *rest = name.split()
    if first == _EVERY.strip():
        duration = "".join(rest)
        meant = None if _seconds(duration) is None else text[:at] + _EVERY + duration
        message = "write a duration after `@every`, such as `@every 1h30m`"
        return CronError(message, start, end, meant)
    if name in _DESCRIPTORS:
        message = f"remove the spaces and line breaks around `{name}`"
        return CronError(message, start, end, text[:at] + name)
    from validator.likeness import Likeness, Vocabulary
    from validator.wording import did_you_mean, listed, quoted

    near = Vocabulary(list(_DESCRIPTORS)).nearest(name.lower())
    if name.lower() in _DESCRIPTORS:
        near = Likeness((name.lower(),), slip=True)
    advice = did_you_mean(near.names) if near.names else f"expected {listed(list(_DESCRIPTORS))}"
    meant = text[:at] + near.names[0] if len(near.names) == 1 else None
    return CronError(f"{quoted(name)} is not a descriptor; {advice}", start, end, meant)


def _seconds(text: str) -> int | None:
    """A duration of Go in whole seconds, at least 1; None if it is not valid."""
    found = re.fullmatch(_DURATION, text)
    if found is None:
        return None
    total = 0
    for number, unit in re.findall(_PART, text):
        whole, _, rest = number.partition(".")
        total += int(whole or "0") * _NANOSECONDS[unit]
        total += int(rest or "0") * _NANOSECONDS[unit] // 10 ** len(rest)
    if total > _GREATEST_NUMBER:
        return None
    return max(1, 0 if found[1] == "-" else total // 10**9)


def _wrong_number(text: str, places: list[tuple[int, int]]) -> CronError:
    count = len(places)
    fields = "minute, hour, day of the month, month, day of the week"
    if count == len(_FIELDS) + 1:
        message = f"a cron expression has five fields, without seconds ({fields}); this has six"
        start, end = places[0]
        meant = text[:start] + text[places[1][0] :] if text[start:end] == "0" else None
        return CronError(message, start, places[-1][1], meant)
    from validator.wording import counted

    shown = counted(count, "field")
    message = f"this cron expression has {shown}; write five ({fields}), or `@daily`"
    end = places[-1][1] if places else len(text)
    return CronError(message, places[0][0] if places else 0, end)


class _Values(NamedTuple):
    """The values of a field, and whether it counts as `*`."""

    chosen: frozenset[int]
    star: bool


def _values(text: str, start: int, end: int, field: _Field) -> _Values:
    found: set[int] = set()
    star = False
    for part in re.finditer("[^,]+", text[start:end]):
        here = start + part.start()
        values, is_star = _range(text, here, here + len(part[0]), field)
        found.update(values)
        star = star or is_star
    return _Values(frozenset(found), star)


def _range(text: str, start: int, end: int, field: _Field) -> tuple[range, bool]:
    part = text[start:end]
    bounds, *steps = part.split("/")
    first, *rest = bounds.split("-")

    def error(message: str) -> CronError:
        return CronError(message, start, end)

    if len(steps) > 1 or (len(rest) > 1 and first not in ("*", "?")):
        raise error(f"`{part}` is not valid for the {field.name}; write `1-5`, `*/10` or a list")
    star = first in ("*", "?")
    low, high = field.least, field.greatest
    if not star:
        low = _value(first, text, start, end, field)
        high = _value(rest[0], text, start, end, field) if rest else low
    step = 1
    if steps:
        number = _number(steps[0])
        if not number:
            raise error(f"the step after `/` in `{part}` must be a number from 1")
        step = number
        if not rest:
            high = field.greatest
        star = star and step == 1
    if low > high:
        raise error(f"the range `{bounds}` is the wrong way round; split it into two, with a comma")
    return range(low, high + 1, step), star


def _value(word: str, text: str, start: int, end: int, field: _Field) -> int:
    name = word.lower()
    if name in field.names:
        return field.names.index(name) + field.least
    limits = f"{field.least} to {field.greatest}"
    number = _number(word)
    if number is None:
        example = f", or `{field.names[1].upper()}`" if field.names else ""
        shown = word or text[start:end]
        message = f"`{shown}` is not valid for the {field.name}; write {limits}{example}"
        raise CronError(message, start, end)
    if field.least <= number <= field.greatest:
        return number
    if number == 7 and field.names is _DAYS:
        meant = f"{text[:start]}0{text[end:]}" if text[start:end] == "7" else None
        raise CronError("Sunday is `0` here, not `7`", start, end, meant)
    raise CronError(f"{number} is out of range for the {field.name}; write {limits}", start, end)


def _number(word: str) -> int | None:
    """A whole number as Go reads it, of at most 63 bits; None if it is not valid."""
    found = re.fullmatch(_NUMBER, word)
    number = None if found is None else int(found[1])
    return None if number is None or number > _GREATEST_NUMBER else number
