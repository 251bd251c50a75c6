"""Cron expressions: what the platform reads, in words and in times."""

from __future__ import annotations

import zoneinfo
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.cron.expression import CronError, parse
from validator.cron.schedule import never, runs
from validator.cron.words import words

NOW = datetime(2026, 11, 28, 17, 0, 30, tzinfo=timezone.utc)

needs_zones = pytest.mark.skipif(
    not zoneinfo.available_timezones(), reason="there is no database of time zones"
)

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
    "0 0 13 * FRI": "at 00:00 on day 13 of the month, and also on every Friday",
    "0 9 1-7 * 1,4": "at 09:00 on day 1 to 7 of the month, and also on every Monday and Thursday",
    "0 9 1 6 1-5": "at 09:00 on day 1 of the month, and also from Monday to Friday, in June",
    "0 9 1-31 * 1": "at 09:00 every day",
    "0 9 1 * 0-6": "at 09:00 every day",
    # A step that does not divide the hour begins anew in each.
    "*/25 * * * *": "at minute 0, 25 and 50 of the hour",
    "5/15 * * * *": "at minute 5, 20, 35 and 50 of the hour",
    "0 9-17/2 * * 1-5": "on the hour, in the hours 9, 11, 13, 15 and 17 from Monday to Friday",
    "* 0 * * *": "every minute, in the hour 0",
    "30 */2 * * *": "at minute 30 of the hour, every 2 hours",
    "*/20 */8 * * *": "every 20 minutes, in the hours 0, 8 and 16",
    "@every 1h": "every hour",
    "@every 500ms": "every second",
    "@every 2.3h": "every 2 hours 18 minutes",
    "CRON_TZ=Europe/Berlin 0 9 * * 1": "at 09:00 on Monday (Europe/Berlin)",
    "0 0 31 2 *": "never",
}


@pytest.mark.parametrize("text", WORDS)
def test_words(text: str) -> None:
    assert words(parse(text)) == WORDS[text]


RUNS = {
    "0 9 * * 1": ["2026-11-30 09:00", "2026-12-07 09:00", "2026-12-14 09:00"],
    "*/30 * * * *": ["2026-11-28 17:30", "2026-11-28 18:00", "2026-11-28 18:30"],
    "0 17 28 11 *": ["2027-11-28 17:00", "2028-11-28 17:00", "2029-11-28 17:00"],
    "0 0 13 * FRI": ["2026-12-04 00:00", "2026-12-11 00:00", "2026-12-13 00:00"],
    "0 0 29 2 ?": ["2028-02-29 00:00", "2032-02-29 00:00"],
    "TZ=Europe/Berlin 0 9 * * *": ["2026-11-29 08:00", "2026-11-30 08:00", "2026-12-01 08:00"],
    # Nobody but the platform knows since when.
    "@every 36h": [],
    "0 0 30 2 *": [],
}


@needs_zones
@pytest.mark.parametrize("text", RUNS)
def test_the_next_runs(text: str) -> None:
    assert next_runs(text, NOW) == RUNS[text]


def next_runs(text: str, after: datetime) -> list[str]:
    return [f"{run:%Y-%m-%d %H:%M}" for run in runs(parse(text), after, 3)]


@needs_zones
def test_a_time_that_clocks_skip_or_repeat() -> None:
    text = "TZ=Europe/Berlin 30 2 * * *"
    spring = datetime(2027, 3, 27, 12, tzinfo=timezone.utc)
    assert next_runs(text, spring)[:2] == ["2027-03-29 00:30", "2027-03-30 00:30"]
    autumn = datetime(2027, 10, 30, 12, tzinfo=timezone.utc)
    assert next_runs(text, autumn)[:2] == ["2027-10-31 00:30", "2027-10-31 01:30"]


def test_the_zone_of_the_platform_is_unknown() -> None:
    with pytest.raises(LookupError):
        runs(parse("TZ=Local 0 9 * * *"), NOW, 1)


def test_a_time_zone_is_not_judged_without_a_list_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zoneinfo, "available_timezones", set)
    assert parse("TZ=Nowhere/At_all 0 9 * * *").zone == "Nowhere/At_all"


# A star with a step is no star.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0 0 31 2 *", True),
        ("0 0 30-31 FEB *", True),
        ("0 0 31 4,6,9,11 *", True),
        (", * * * *", True),
        ("0 0 31 2 1", False),
        ("0 0 31 2 */2", False),
        ("0 0 29 2 *", False),
        ("0 0 31 * *", False),
        ("* * , * 1", False),
        ("* * , * *", True),
        ("* * * * ,", True),
        ("* * * , 1", True),
        ("* , * * *", True),
    ],
)
def test_never(text: str, expected: bool) -> None:
    assert never(parse(text)) is expected
    assert bool(runs(parse(text), NOW, 1)) is not expected


def test_an_interval_is_never_never() -> None:
    assert not never(parse("@every 1s"))


# In corners of the syntax of Go: the platform reads these too.
@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (" 0\t9 *  *\n* ", "0 9 * * *"),
        ("0\u00a09 * * *", "0 9 * * *"),
        ("+5 007 * * *", "5 7 * * *"),
        ("5,,10, * * * *", "5,10 * * * *"),
        ("*-5 ? * * ?-x", "* * * * *"),
        ("*/99999999999 * * * *", "0 * * * *"),
        ("0 0 * Jan-mAR sun-SAT", "0 0 * 1-3 0-6"),
        ("TZ= @daily", "0 0 * * *"),
        ("CRON_TZ=UTC  @daily ", "0 0 * * *"),
        ("@every 1.h", "@every 60m"),
        ("@every .5h30m", "@every 3600s"),
        ("@every 1\u03bcs", "@every 1s"),
        ("@every 0", "@every 1s"),
        ("@every -2h", "@every 1s"),
        ("@every +1m1500ms", "@every 61s"),
    ],
)
def test_corners_of_the_syntax(text: str, plain: str) -> None:
    assert parse(text)._replace(any_day=True, any_weekday=True) == parse(plain)._replace(
        any_day=True, any_weekday=True
    )


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
    ("@every 1h 30m", "@every 1h 30m", "@every 1h30m"),
    ("@every\t1h", "@every\t1h", "@every 1h"),
    ("@every  1h", "@every  1h", "@every 1h"),
    ("@every ٣h", "@every ٣h", None),
    ("@every 300000000h", "@every 300000000h", None),
    ("@daily\n", "@daily", "@daily"),
    (" @daily", "@daily", "@daily"),
    ("*/-1 * * * *", "*/-1", None),
    ("1- * * * *", "1-", None),
    ("/5 * * * *", "/5", None),
    ("99999999999999999999 * * * *", "99999999999999999999", None),
    ("*\x1c* * * *", "*\x1c* * * *", None),
    ("TZ=UTC", "TZ=UTC", None),
    pytest.param("TZ=Nowhere/At_all 0 9 * * *", "Nowhere/At_all", None, marks=needs_zones),
    pytest.param("CRON_TZ=../UTC 0 9 * * *", "../UTC", None, marks=needs_zones),
    pytest.param("TZ=Europe 0 9 * * *", "Europe", None, marks=needs_zones),
    pytest.param("TZ=UTC\t0 9 * * *", "UTC\t0", None, marks=needs_zones),
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
    expression, start = parse(text), moment.replace(tzinfo=timezone.utc)
    assert words(expression)
    found = runs(expression, start, 3)
    assert found == sorted(set(found))
    here = start.replace(second=0, microsecond=0)
    expected = []
    for _ in range(3 * 24 * 60):
        here += timedelta(minutes=1)
        if fires(text, here):
            expected.append(here)
            if len(expected) == 3:
                break
    last = here
    assert [run for run in found if run <= last] == expected


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
