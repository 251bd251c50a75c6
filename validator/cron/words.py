"""Say in words when a cron expression fires."""

from __future__ import annotations

from validator.cron.expression import Expression
from validator.cron.schedule import never

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
# So many times of a day are listed one by one.
_FEW = 4


def words(expression: Expression) -> str:
    """When an expression fires, as a phrase: "at 09:00 on Monday"."""
    if expression.interval:
        return f"every {_duration(expression.interval)}"
    if never(expression):
        return "never"
    zone = f" ({expression.zone})" if expression.zone else ""
    return " ".join(filter(None, (_time(expression), _day(expression), _month(expression)))) + zone


def _time(expression: Expression) -> str:
    minutes, hours = sorted(expression.minutes), sorted(expression.hours)
    if len(minutes) * len(hours) <= _FEW:
        return "at " + _and([f"{hour:02}:{minute:02}" for hour in hours for minute in minutes])
    step = _step(hours, 24)
    if minutes == [0]:
        if step:
            return "every hour" if step == 1 else f"every {step} hours"
        return f"on the hour{_hours(hours)}"
    if len(minutes) == 1 and step > 1:
        return f"at minute {minutes[0]} of the hour, every {step} hours"
    return _minutes(minutes) + _hours(hours)


def _minutes(minutes: list[int]) -> str:
    step = _step(minutes, 60)
    if step:
        return "every minute" if step == 1 else f"every {step} minutes"
    return f"at minute {_and(_runs(minutes))} of the hour"


def _hours(hours: list[int]) -> str:
    if len(hours) == 24:
        return ""
    return f", in the hour{'s' * (len(hours) > 1)} {_and(_runs(hours))}"


def _day(expression: Expression) -> str:
    days = f"on day {_and(_runs(sorted(expression.days)))} of the month"
    every_day, every_weekday = len(expression.days) == 31, len(expression.weekdays) == 7
    either = not (expression.any_day or expression.any_weekday)
    # If one of two is enough, one that always fits decides.
    if (every_day and every_weekday) or (either and (every_day or every_weekday)):
        return "every day" if len(expression.minutes) * len(expression.hours) <= _FEW else ""
    if every_day:
        return f"on {_weekdays(expression)}" if _is_list(expression) else _weekdays(expression)
    if every_weekday:
        return days
    every = "on every " if _is_list(expression) else ""
    # What follows is about both.
    comma = "," if len(expression.months) < 12 else ""
    return f"{days}, and also {every}{_weekdays(expression)}{comma}"


def _weekdays(expression: Expression) -> str:
    if not _is_list(expression):
        return "from Monday to Friday"
    return _and([_DAYS[day] for day in sorted(expression.weekdays)])


def _is_list(expression: Expression) -> bool:
    return sorted(expression.weekdays) != [1, 2, 3, 4, 5]


def _month(expression: Expression) -> str:
    if len(expression.months) == 12:
        return ""
    return f"in {_and([_MONTHS[month - 1] for month in sorted(expression.months)])}"


def _step(values: list[int], whole: int) -> int:
    """The step of several values that divide a whole evenly, from 0; 0 if they do not."""
    step = whole // len(values)
    return step if len(values) > 1 and values == list(range(0, whole, step)) else 0


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


def _and(said: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(said[:-1]), said[-1]]))


def _duration(seconds: int) -> str:
    parts = [(seconds // 3600, "hour"), (seconds // 60 % 60, "minute"), (seconds % 60, "second")]
    said = [f"{count} {unit}{'s' * (count != 1)}" for count, unit in parts if count]
    return said[0].removeprefix("1 ") if len(said) == 1 else " ".join(said)
