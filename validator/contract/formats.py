"""Formats of strings, such as UUIDs: their names, and what to write instead of invalid ones."""

from __future__ import annotations

import re
from collections.abc import Callable

from validator.tuples import NamedTuple

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

LONGEST = 86400
"""Maximum duration, in seconds."""

GREATEST = 2**64 - 1
"""Maximum 64-bit number."""

# In seconds: the longest duration of protobuf, about 10,000 years.
_LONGEST_OF_ALL = 315_576_000_000
_LONGEST_PLACEHOLDER = 200
# One digit repeated or all in a row, and words for something that is still to be written.
_PLACEHOLDER = (
    r"(?i)([0-9a-fx])\1{7}(?:-\1{4}){3}-\1{12}|12345678-1234-1234-1234-1234567890(?:ab|12)"
    r"|01234567-89ab-cdef-0123-456789abcdef|x{3,99}|<.*>|\$?\{.*\}"
    r"|.*(?:REPLACE|CHANGE)[-_ ]?(?:ME|WITH|THIS).*|YOUR[-_ ].*|(?:TODO|FIXME)\b.*"
    r"|(?:[a-z]+[-_])+(?:id|uid|uuid)"
)
_LONGEST_TIME = len("09:30:00.123456789")
_UNITS = {"": 1, "s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "hr": 3600}
_HEXADECIMAL = r"[0-9a-fA-F]{32}"
_MOMENT = r"(\d{4}-\d\d-\d\d)(?:[Tt ]+(\d\d:\d\d:\d\d(?:\.\d{1,9})?)) ?([Zz]|[+-]\d\d:?\d\d)?"


class Format(NamedTuple):
    """A format of strings.

    `rule` is the rule for strings without the format, and `name` its name in messages. `advice`
    says what to write instead of a string; `mend` returns what it evidently was meant to be, None
    if that is unknown.
    """

    rule: str
    name: str
    advice: Callable[[str], str]
    mend: Callable[[str], str | None] = lambda _text: None


def is_placeholder(text: str) -> bool:
    """Whether a string stands for an id that its author has yet to write."""
    return len(text) < _LONGEST_PLACEHOLDER and re.fullmatch(_PLACEHOLDER, text) is not None


def _uuid_advice(text: str) -> str:
    meant = _as_uuid(text)
    if meant is not None:
        return f"write `{meant}`"
    if is_placeholder(text):
        return "it is a placeholder: write the id itself"
    return "a UUID has 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12"


def _as_uuid(text: str) -> str | None:
    """A UUID in one of its other forms: without dashes, in braces, as a URN."""
    digits = re.sub(r"^urn:uuid:|[{}\s-]", "", text.lower())
    if not re.fullmatch(_HEXADECIMAL, digits):
        return None
    return "-".join([digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]])


def _timestamp_advice(text: str) -> str:
    found = re.fullmatch(_MOMENT, text)
    if found is None:
        return "write date, `T`, time and zone, such as `2025-03-01T09:30:00Z`"
    if found[3] is None:
        return "it lacks a time zone: add `Z` for UTC, or an offset such as `+01:00`"
    if len(found[2]) > _LONGEST_TIME:
        return "a second has at most nine digits after its dot"
    meant = _as_timestamp(text)
    if meant is not None and meant != text:
        return f"write `{meant}`"
    return "there is no such day or time"


def _as_timestamp(text: str) -> str | None:
    """A timestamp that lacks only the punctuation of RFC 3339."""
    found = re.fullmatch(_MOMENT, text)
    if found is None or found[3] is None or len(found[2]) > _LONGEST_TIME:
        return None
    zone = found[3].upper()
    if len(zone) == 5:
        zone = f"{zone[:3]}:{zone[3:]}"
    meant = f"{found[1]}T{found[2]}{zone}"
    return meant if _exists(meant) else None


def _exists(moment: str) -> bool:
    from datetime import datetime

    try:
        # Python 3.10 accepts neither `Z` nor fractions with nine digits; neither matters here.
        datetime.fromisoformat(re.sub(r"\.\d+", "", moment).replace("Z", "+00:00"))
    except ValueError:
        return False
    return True


def _number_advice(text: str) -> str:
    meant = _as_number(text)
    if meant is not None:
        return f'write `"{meant}"`'
    if re.fullmatch(r"[0-9]+", text):
        return f"the greatest is `{GREATEST}`"
    return 'write digits, such as `"1024"`'


def _as_number(text: str) -> str | None:
    found = re.fullmatch(r"\s*\+?0*([0-9]{1,20})\s*", text)
    if found is None or int(found[1]) > GREATEST:
        return None
    return str(int(found[1]))


def _url_advice(text: str) -> str:
    if re.search(r"\s", text.strip()):
        return "a URL has no spaces; write `%20`"
    return "write a scheme and an address, such as `https://logs.example/1`"


def _duration_advice(text: str) -> str:
    return _advice_up_to(LONGEST, text)


def _long_duration_advice(text: str) -> str:
    return _advice_up_to(_LONGEST_OF_ALL, text)


def _advice_up_to(longest: int, text: str) -> str:
    seconds = _in_seconds(text)
    if seconds is None:
        return "write seconds with the unit `s`, such as `300s`"
    if float(seconds[:-1]) > longest:
        return f"the longest is `{longest}s`"
    return f"write `{seconds}`"


def _in_seconds(text: str) -> str | None:
    """The duration that a string gives with another unit, or with none; may be too long."""
    found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,9})?) ?([a-z]{0,3})", text.lower(), re.ASCII)
    if found is None or found[2] not in _UNITS:
        return None
    unit = _UNITS[found[2]]
    seconds = found[1] if unit == 1 else f"{float(found[1]) * unit:g}"
    return f"{seconds}s"


def _as_duration(text: str) -> str | None:
    seconds = _in_seconds(text)
    return None if seconds is None or float(seconds[:-1]) > LONGEST else seconds


def _output_key_advice(_text: str) -> str:
    return "use lower-case letters, with single underscores between words"


def _as_output_key(text: str) -> str | None:
    """The words of a text as a key: `TestsPassed` and `tests-passed` are `tests_passed`."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|[-_. ]+", "_", text).strip("_").lower()
    return words if re.fullmatch("[a-z]+(?:_[a-z]+)*", words) and len(words) <= 50 else None


def _whole_number_advice(_text: str) -> str:
    return "write a whole number within the limits of the field, such as `5`"


def _decimal_advice(_text: str) -> str:
    return "write a number, such as `0.5`"


def _reference_advice(_text: str) -> str:
    return "use 1 to 128 letters, digits, `-` or `_`"


_UUID = Format("invalid-format", "UUID", _uuid_advice, _as_uuid)

# By the `format` in the schemas: those of JSON Schema, and our own.
_FORMATS = {
    "date-time": Format("invalid-format", "timestamp", _timestamp_advice, _as_timestamp),
    "float": Format("invalid-format", "number", _decimal_advice),
    "int32": Format("invalid-format", "whole number", _whole_number_advice),
    "long-duration": Format("invalid-duration", "duration", _long_duration_advice, _in_seconds),
    "optional-uri": Format("invalid-format", "URL", _url_advice),
    "optional-uuid": _UUID,
    "output-key": Format("invalid-format", "output key", _output_key_advice, _as_output_key),
    "protobuf-duration": Format("invalid-duration", "duration", _duration_advice, _as_duration),
    "reference": Format("invalid-reference", "reference", _reference_advice),
    "uri": Format("invalid-format", "URL", _url_advice),
    "uint64": Format("invalid-format", "64-bit number", _number_advice, _as_number),
    "uuid": _UUID,
}


def format_of(schema: dict[str, Any]) -> Format:
    """The format required by a schema with a pattern, even if the schema does not name it."""
    known = _FORMATS.get(schema.get("format", ""))
    return known or Format(
        "invalid-format",
        schema["title"].lower(),
        lambda _text: f"it must match `{schema['pattern']}`",
    )
