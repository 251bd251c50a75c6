"""Types that other YAML readers give to unquoted values that are strings for PyYAML.

The platform reads its files with a YAML reader for Go. There are two families, as published:
`gopkg.in/yaml.v2` (also used by `sigs.k8s.io/yaml`) and `gopkg.in/yaml.v3`. Both accept more
numbers than YAML 1.1 and PyYAML do; their booleans and dates differ from each other.
"""

from __future__ import annotations

import re

BOOLEANS = frozenset(
    spelling
    for word in ("yes", "no", "on", "off", "y", "n")
    for spelling in (word, word.title(), word.upper())
)
"""Booleans in yaml.v2, strings in yaml.v3. The longer ones are booleans in PyYAML too."""

# Longer ones are numbers for neither of them, or for PyYAML too.
_LONGEST_NUMBER = 400
_WHOLE = r"([-+]?)0(?:[xX]([0-9a-fA-F]+)|[oO]([0-7]+)|[bB]([01]+))"
_DECIMAL = r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
_DATE = (
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:[Tt][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})"
    r"| [0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]+)?)?"
)


def go_number(text: str) -> str | None:
    """The kind of number that a value is for both Go readers: `integer`, `number`, or None.

    For example `1e3`, `08`, `0o17`, `0X1F` and `-.5`, which are strings for PyYAML.
    """
    if len(text) > _LONGEST_NUMBER or text.startswith("_"):
        return None
    digits = text if text.startswith(".") else text.replace("_", "")
    whole = re.fullmatch(_WHOLE, digits)
    if whole is not None:
        return "integer" if _fits(whole) else None
    if re.fullmatch(_DECIMAL, digits) is None or float(digits) in (float("inf"), float("-inf")):
        return None
    return "number"


def _fits(whole: re.Match[str]) -> bool:
    """Whether an integer fits into 64 bits: signed if it has a sign, and unsigned otherwise."""
    sign, *digits = whole.groups()
    bases = zip(digits, (16, 8, 2), strict=True)
    value = next(int(text, base) for text, base in bases if text)
    return value < 2**64 if not sign else value < 2**63 + (sign == "-")


def is_doubtful(text: str) -> bool:
    """Whether YAML readers disagree on the type of a value that is a number for none of them."""
    return text in BOOLEANS or text == "=" or is_date(text)


def is_date(text: str) -> bool:
    """Whether a value is a date for yaml.v3; for yaml.v2 no value is one."""
    found = re.fullmatch(_DATE, text)
    if found is None:
        return False
    from datetime import date

    try:
        date(*map(int, found.groups()))
    except ValueError:
        return False
    return True
