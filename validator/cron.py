"""Cron expressions as the platform reads them: five fields or a descriptor, in words and in times.

The syntax is that of the Go library robfig/cron, version 3, without its optional field for seconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAY_NAMES = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


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

DESCRIPTORS = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
"""The descriptors, and the five fields that each stands for; `@every` is not among them."""

_EVERY = r"@every\s+((?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+)"
_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9}
_ZONE = r"(?:CRON_)?TZ=(\S*)\s+"
# The greatest day of each month in a leap year.
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# In years; a leap day may be eight years away.
_FAR = 9


class CronError(ValueError):
    """An expression that the platform rejects.

    `start` and `end` are the 0-based characters of the part concerned; `advice` says what to write
    instead, and `meant` is the expression that was evidently meant, None if that is unknown.
    """

    def __init__(self, message: str, start: int, end: int, meant: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.meant = meant


class Schedule(NamedTuple):
    """When an expression fires.

    `text` are its five fields; `every` is a fixed interval in seconds instead of them, 0 if it has
    none. `minutes` to `weekdays` are the values of the fields, a weekday 0 for Sunday. `any_day`
    and `any_weekday` say whether these two fields are `*`: if neither is, one match is enough.
    `zone` is the name of a time zone, "" for UTC.
    """

    text: str
    every: float
    zone: str
    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    any_day: bool
    any_weekday: bool

    @property
    def never(self) -> bool:
        """Whether no time fits, as with 31 February."""
        if self.every:
            return False
        some_day = any(day <= _LENGTHS[month - 1] for month in self.months for day in self.days)
        by_weekday = bool(self.weekdays and self.months) and not self.any_weekday
        fits = some_day and bool(self.weekdays)
        if not self.any_day and by_weekday:
            fits = fits or by_weekday
        return not (fits and self.minutes and self.hours)

    def runs(self, after: datetime, count: int) -> list[datetime]:
        """The next times in UTC after a moment, at most `count`; fewer if there are no more.

        Raises LookupError for an unknown time zone.
        """
        if self.every:
            step = timedelta(seconds=max(1, int(self.every)))
            start = after.astimezone(timezone.utc).replace(microsecond=0)
            return [start + step * number for number in range(1, count + 1)]
        found: list[datetime] = []
        if self.never:
            return found
        for moment in self._moments(after):
            found.append(moment)
            if len(found) == count:
                break
        return found

    def _moments(self, after: datetime) -> Iterator[datetime]:
        zone: timezone = timezone.utc
        if self.zone:
            from zoneinfo import ZoneInfo

            zone = ZoneInfo(self.zone)  # type: ignore[assignment]
        here = after.astimezone(zone)
        day, last = here.date(), here.date().replace(day=1, year=here.year + _FAR)
        while day < last:
            if self._fires_on(day):
                for hour in sorted(self.hours):
                    for minute in sorted(self.minutes):
                        moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
                        if moment > here:
                            yield moment.astimezone(timezone.utc)
            day += timedelta(days=1)

    def _fires_on(self, day: date) -> bool:
        by_day, by_weekday = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        both = self.any_day or self.any_weekday
        return day.month in self.months and (
            (by_day and by_weekday) if both else (by_day or by_weekday)
        )

    def words(self) -> str:
        """The schedule as a phrase: "at 09:00 on Monday"."""
        if self.every:
            return f"every {_duration(self.every)}"
        if self.never:
            return "never"
        parts = [self._time(), self._day()]
        if len(self.months) < 12:
            parts.append(
                f"in {_listed([_MONTH_NAMES[month - 1] for month in sorted(self.months)])}"
            )
        zone = f" ({self.zone})" if self.zone else ""
        return " ".join(part for part in parts if part) + zone

    def _time(self) -> str:
        minutes, hours = sorted(self.minutes), sorted(self.hours)
        if len(minutes) * len(hours) <= 4:
            return "at " + _listed(
                [f"{hour:02}:{minute:02}" for hour in hours for minute in minutes]
            )
        step = _step(minutes, 60) if len(minutes) > 1 else 0
        if step == 1:
            said = "every minute"
        elif step:
            said = f"every {step} minutes"
        elif len(minutes) == 1 and minutes[0] == 0:
            said = "on the hour"
        else:
            said = f"at minute {_listed(_runs(minutes))} of the hour"
        if len(hours) == 24:
            return "every hour" if said == "on the hour" else said
        hourly = _step(hours, 24)
        if hourly and said == "on the hour":
            return f"every {hourly} hours"
        if hourly:
            return f"{said}, every {hourly} hours"
        return f"{said}, in the hours {_listed(_runs(hours))}"

    def _day(self) -> str:
        weekdays = [_DAY_NAMES[day] for day in sorted(self.weekdays)]
        days = f"on day {_listed(_runs(sorted(self.days)))} of the month"
        on = f"on {_listed(weekdays)}"
        if sorted(self.weekdays) == [1, 2, 3, 4, 5]:
            on = "from Monday to Friday"
        if len(self.days) == 31 and len(self.weekdays) == 7:
            return "every day" if len(self.minutes) * len(self.hours) <= 4 else ""
        if len(self.days) == 31:
            # Without a `*`, each of the two fields is enough.
            return on if self.any_day else "every day"
        if len(self.weekdays) == 7:
            return days if self.any_weekday else "every day"
        if self.any_day or self.any_weekday:
            return f"{days} if that is {_listed(weekdays, 'or')}"
        return f"{days} and {on}"


def parse(text: str) -> Schedule:
    """Read a cron expression. Raises CronError if the platform rejects it."""
    zone, at = "", 0
    # Only at the very beginning, and exactly so.
    found = re.match(_ZONE, text)
    if found is not None:
        zone, at = found[1], found.end()
    body = text[at:]
    if body.lstrip().startswith("@"):
        return _descriptor(text, zone)
    places = [match.span() for match in re.finditer(r"\S+", text) if match.start() >= at]
    if len(places) != len(_FIELDS):
        raise _wrong_number(text, places)
    minutes, hours, days, months, weekdays = (
        _values(text, start, end, field)
        for (start, end), field in zip(places, _FIELDS, strict=True)
    )
    return Schedule(
        " ".join(text[start:end] for start, end in places),
        0,
        zone,
        minutes.chosen,
        hours.chosen,
        days.chosen,
        months.chosen,
        weekdays.chosen,
        days.star,
        weekdays.star,
    )


def _descriptor(text: str, zone: str) -> Schedule:
    start = text.index("@")
    word = text[start:]
    if word in DESCRIPTORS:
        return parse(DESCRIPTORS[word])._replace(zone=zone)
    every = re.fullmatch(_EVERY, word)
    if every is not None:
        parts = re.findall(r"(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h)", every[1])
        seconds = sum(float(number) * _UNITS[unit] for number, unit in parts)
        none: frozenset[int] = frozenset()
        return Schedule(
            word,
            max(1.0, seconds),
            zone,
            none,
            none,
            none,
            none,
            none,
            any_day=True,
            any_weekday=True,
        )
    if word.startswith("@every "):
        message = "write a duration after `@every`, such as `@every 1h30m`"
        raise CronError(message, start, len(text))
    from validator.likeness import Likeness, Vocabulary
    from validator.wording import did_you_mean, listed, quoted

    lower = word.strip().lower()
    near = Vocabulary(list(DESCRIPTORS)).nearest(lower)
    if lower in DESCRIPTORS:
        near = Likeness((lower,), slip=True)
    advice = did_you_mean(near.names) if near.names else f"expected {listed(list(DESCRIPTORS))}"
    meant = text[:start] + near.names[0] if len(near.names) == 1 else None
    raise CronError(f"{quoted(word)} is not a descriptor; {advice}", start, len(text), meant)


def _wrong_number(text: str, places: list[tuple[int, int]]) -> CronError:
    count = len(places)
    fields = "minute, hour, day of the month, month, day of the week"
    if count == len(_FIELDS) + 1:
        message = f"a cron expression has five fields, without seconds ({fields}); this has six"
        start, end = places[0]
        meant = text[:start] + text[places[1][0] :] if text[start:end] == "0" else None
        return CronError(message, start, places[-1][1], meant)
    shown = f"{count} field{'s' * (count != 1)}"
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
        low = _number(first, text, start, end, field)
        high = _number(rest[0], text, start, end, field) if rest else low
    step = 1
    if steps:
        if not re.fullmatch("[0-9]{1,9}", steps[0]) or int(steps[0]) == 0:
            raise error(f"the step after `/` in `{part}` must be a number from 1")
        step = int(steps[0])
        if not rest:
            high = field.greatest
        star = star and step == 1
    if low > high:
        raise error(f"the range `{bounds}` is the wrong way round; split it into two, with a comma")
    return range(low, high + 1, step), star


def _number(word: str, text: str, start: int, end: int, field: _Field) -> int:
    name = word.lower()
    if name in field.names:
        return field.names.index(name) + field.least
    limits = f"{field.least} to {field.greatest}"
    if not re.fullmatch("[0-9]{1,9}", word):
        example = f", or `{field.names[1].upper()}`" if field.names else ""
        message = f"`{word}` is not valid for the {field.name}; write {limits}{example}"
        raise CronError(message, start, end)
    number = int(word)
    if field.least <= number <= field.greatest:
        return number
    if number == 7 and field.names is _DAYS:
        meant = f"{text[:start]}0{text[end:]}" if text[start:end] == "7" else None
        raise CronError("Sunday is `0` here, not `7`", start, end, meant)
    raise CronError(f"{number} is out of range for the {field.name}; write {limits}", start, end)


def _step(values: list[int], whole: int) -> int:
    """The step of values that divide a whole evenly, from 0; 0 if they do not."""
    step = whole // len(values)
    return step if values == list(range(0, whole, step)) and whole % step == 0 else 0


def _runs(values: list[int]) -> list[str]:
    """Numbers in words, three or more in a row as a range."""
    found: list[list[int]] = []
    for value in values:
        if found and value == found[-1][-1] + 1:
            found[-1].append(value)
        else:
            found.append([value])
    return [
        said
        for run in found
        for said in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run))
    ]


def _listed(words: list[str], last: str = "and") -> str:
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _duration(seconds: float) -> str:
    whole = int(seconds)
    parts = [(whole // 3600, "hour"), (whole // 60 % 60, "minute"), (whole % 60, "second")]
    said = [f"{count} {unit}{'s' * (count != 1)}" for count, unit in parts if count]
    return " ".join(said)
