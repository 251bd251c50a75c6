"""Cron expressions: what the platform reads, in words and in times."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.cron import CronError, parse

NOW = datetime(2026, 11, 28, 17, 0, 30, tzinfo=timezone.utc)

WORDS = {
    "0 9 * * 1": "at 09:00 on Monday",
    "0 9 * * MON-FRI": "at 09:00 from Monday to Friday",
    "*/30 * * * *": "every 30 minutes",
    "* * * * *": "every minute",
    "0 * * * *": "every hour",
    "@hourly": "every hour",
    "15 * * * *": "at minute 15 of the hour",
    "0 */2 * * *": "every 2 hours",
    "0 0,12 * * *": "at 00:00 and 12:00 every day",
    "@daily": "at 00:00 every day",
    "@weekly": "at 00:00 on Sunday",
    "@monthly": "at 00:00 on day 1 of the month",
    "@yearly": "at 00:00 on day 1 of the month in January",
    "@every 1h30m": "every 1 hour 30 minutes",
    "*/20 8-18 * * 1-5": "every 20 minutes, in the hours 8 to 18 from Monday to Friday",
    "0 0 1 */3 *": "at 00:00 on day 1 of the month in January, April, July and October",
    # Without a star, either of the two days is enough.
    "0 0 13 * FRI": "at 00:00 on day 13 of the month and on Friday",
    "CRON_TZ=Europe/Berlin 0 9 * * 1": "at 09:00 on Monday (Europe/Berlin)",
    "0 0 31 2 *": "never",
}


@pytest.mark.parametrize("text", WORDS)
def test_words(text: str) -> None:
    assert parse(text).words() == WORDS[text]


RUNS = {
    "0 9 * * 1": ["2026-11-30 09:00", "2026-12-07 09:00", "2026-12-14 09:00"],
    "*/30 * * * *": ["2026-11-28 17:30", "2026-11-28 18:00", "2026-11-28 18:30"],
    "0 17 28 11 *": ["2027-11-28 17:00", "2028-11-28 17:00", "2029-11-28 17:00"],
    "0 0 13 * FRI": ["2026-12-04 00:00", "2026-12-11 00:00", "2026-12-13 00:00"],
    "0 0 29 2 ?": ["2028-02-29 00:00", "2032-02-29 00:00"],
    "TZ=Europe/Berlin 0 9 * * *": ["2026-11-29 08:00", "2026-11-30 08:00", "2026-12-01 08:00"],
    "@every 36h": ["2026-11-30 05:00", "2026-12-01 17:00", "2026-12-03 05:00"],
    "0 0 30 2 *": [],
}


@pytest.mark.parametrize("text", RUNS)
def test_the_next_runs(text: str) -> None:
    found = [f"{run:%Y-%m-%d %H:%M}" for run in parse(text).runs(NOW, 3)]
    assert found == RUNS[text]


def test_an_unknown_time_zone_has_no_runs() -> None:
    with pytest.raises(LookupError):
        parse("TZ=Nowhere/At_all 0 9 * * *").runs(NOW, 1)


# A star with a step is no star.
@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("0 0 31 2 *", True),
        ("0 0 30-31 FEB *", True),
        ("0 0 31 4,6,9,11 *", True),
        (", * * * *", True),
        ("0 0 31 2 1", False),
        ("0 0 31 2 */2", False),
        ("0 0 29 2 *", False),
        ("0 0 31 * *", False),
        ("@every 1s", False),
    ],
)
def test_never(text: str, never: bool) -> None:
    schedule = parse(text)
    assert schedule.never is never
    assert bool(schedule.runs(NOW, 1)) is not never


# The expression, the part concerned, and what was meant.
INVALID = [
    ("", "", None),
    ("0 9 * *", "0 9 * *", None),
    ("0 0 9 * * 1", "0 0 9 * * 1", "0 9 * * 1"),
    ("5 0 9 * * 1", "5 0 9 * * 1", None),
    ("60 * * * *", "60", None),
    ("* 24 * * *", "24", None),
    ("* * 0 * *", "0", None),
    ("* * 32 * *", "32", None),
    ("* * * 13 *", "13", None),
    ("* * * jann *", "jann", None),
    ("* * * * 7", "7", "* * * * 0"),
    ("* * * * 5-7", "5-7", None),
    ("* * * * sat-mon", "sat-mon", None),
    ("1,2,x * * * *", "x", None),
    ("*/0 * * * *", "*/0", None),
    ("*/a * * * *", "*/a", None),
    ("1/2/3 * * * *", "1/2/3", None),
    ("1-2-3 * * * *", "1-2-3", None),
    ("-1 * * * *", "-1", None),
    ("TZ=UTC 0 99 * * *", "99", None),
    ("@dayly", "@dayly", "@daily"),
    ("@DAILY", "@DAILY", "@daily"),
    ("@reboot", "@reboot", None),
    ("@every", "@every", None),
    ("@every x", "@every x", None),
    ("٣ * * * *", "٣", None),
]


@pytest.mark.parametrize(("text", "part", "meant"), INVALID)
def test_what_is_not_valid_is_said_with_its_place(text: str, part: str, meant: str | None) -> None:
    with pytest.raises(CronError) as raised:
        parse(text)
    error = raised.value
    assert text[error.start : error.end] == part
    assert error.meant == meant
    if meant is not None:
        parse(meant)


def field(least: int, greatest: int) -> st.SearchStrategy[str]:
    numbers = st.integers(least, greatest)
    ranges = st.tuples(numbers, numbers).map(lambda pair: f"{min(pair)}-{max(pair)}")
    plain = st.just("*") | numbers.map(str) | ranges
    steps = st.tuples(plain, st.integers(1, 7)).map(lambda pair: f"{pair[0]}/{pair[1]}")
    return st.lists(plain | steps, min_size=1, max_size=3).map(",".join)


EXPRESSIONS = st.tuples(field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 6)).map(
    " ".join
)


@given(EXPRESSIONS, st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1)))
def test_no_run_is_left_out(text: str, moment: datetime) -> None:
    schedule, start = parse(text), moment.replace(tzinfo=timezone.utc)
    assert schedule.words()
    runs = schedule.runs(start, 3)
    assert runs == sorted(set(runs))
    here = start.replace(second=0, microsecond=0)
    expected = []
    for _ in range(3 * 24 * 60):
        here += timedelta(minutes=1)
        if fires(text, here):
            expected.append(here)
            if len(expected) == 3:
                break
    last = here
    assert [run for run in runs if run <= last] == expected


def fires(text: str, moment: datetime) -> bool:
    """By the definition, one minute at a time."""
    minute, hour, day, month, weekday = text.split()
    values = (moment.minute, moment.hour, moment.month)
    if not all(map(takes, (minute, hour, month), values, (59, 23, 12), (0, 0, 1))):
        return False
    by_day = takes(day, moment.day, 31, 1)
    by_weekday = takes(weekday, moment.isoweekday() % 7, 6, 0)
    # One of several parts that is a star is enough for the field.
    stars = any(part in ("*", "*/1") for each in (day, weekday) for part in each.split(","))
    return by_day and by_weekday if stars else by_day or by_weekday


def takes(text: str, value: int, greatest: int, least: int) -> bool:
    for part in text.split(","):
        bounds, _, step = part.partition("/")
        low, _, high = bounds.partition("-")
        first = least if low == "*" else int(low)
        last = greatest if low == "*" or (step and not high) else int(high or low)
        if first <= value <= last and (value - first) % int(step or 1) == 0:
            return True
    return False
