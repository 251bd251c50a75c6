"""The times of a cron expression."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone, tzinfo
from itertools import islice

from validator.cron.expression import Expression

# The greatest day of each month in a leap year.
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# In years; a leap day may be eight years away.
_FAR = 9


def never(expression: Expression) -> bool:
    """Whether no time fits, as with 31 February."""
    if expression.interval:
        return False
    by_day = any(
        day <= _LENGTHS[month - 1] for month in expression.months for day in expression.days
    )
    by_weekday = bool(expression.weekdays and expression.months)
    fits = _together(expression, by_day, by_weekday)
    return not (fits and expression.minutes and expression.hours)


def runs(expression: Expression, after: datetime, count: int) -> list[datetime]:
    """The next times in UTC after a moment, at most `count`.

    There are fewer if there are no more, and none for `@every`, which counts from the moment when
    the platform has read it. Raises LookupError for an unknown time zone.
    """
    if expression.interval or never(expression):
        return []
    return list(islice(_moments(expression, after.astimezone(timezone.utc)), count))


def _moments(expression: Expression, after: datetime) -> Iterator[datetime]:
    zone: tzinfo = timezone.utc
    if expression.zone:
        from zoneinfo import ZoneInfo

        zone = ZoneInfo(expression.zone)
    day = after.astimezone(zone).date()
    last = day.replace(day=1, year=day.year + _FAR)
    while day < last:
        if _fires_on(expression, day):
            # Where clocks are set back, some times come twice.
            for moment in sorted(set(_of_day(expression, day, zone))):
                if moment > after:
                    yield moment
        day += timedelta(days=1)


def _of_day(expression: Expression, day: date, zone: tzinfo) -> Iterator[datetime]:
    for hour in expression.hours:
        for minute in expression.minutes:
            for fold in (0, 1):
                local = datetime(day.year, day.month, day.day, hour, minute, fold=fold)
                moment = local.replace(tzinfo=zone).astimezone(timezone.utc)
                # Where clocks are set forward, some times do not exist.
                if moment.astimezone(zone).replace(tzinfo=None) == local:
                    yield moment


def _fires_on(expression: Expression, day: date) -> bool:
    by_weekday = day.isoweekday() % 7 in expression.weekdays
    fits = _together(expression, day.day in expression.days, by_weekday)
    return fits and day.month in expression.months


def _together(expression: Expression, by_day: bool, by_weekday: bool) -> bool:
    """Whether the two fields for a day fit: one of them is enough if neither is `*`."""
    if expression.any_day or expression.any_weekday:
        return by_day and by_weekday
    return by_day or by_weekday
