"""The scripts of the older format's `init` and `before`, put at the beginning of `command`."""

from __future__ import annotations

import pytest

from validator import check_text
from validator.fixer import fix_text

TASK = "tasks:\n  t:\n    name: T\n{}    triggeredBy: [manual]\n"


@pytest.mark.parametrize(
    ("fields", "after"),
    [
        ("    init: a\n    command: b\n", "    command: |\n      a\n      b\n"),
        ("    command: b\n    init: a\n", "    command: |\n      a\n      b\n"),
        ("    init: a\n", "    command: a\n"),
        # Each comment stays with what it is about.
        (
            "    init: a # one\n    command: b # two\n",
            "    command: |\n      # one\n      a\n      # two\n      b\n",
        ),
        (
            "    # one\n    init: a\n    # two\n    # three\n    command: b\n",
            "    command: |\n      # one\n      a\n      # two\n      # three\n      b\n",
        ),
        (
            "    init: | # one\n      a\n\n      b\n    command: # two\n      c\n",
            "    command: |\n      # one\n      a\n\n      b\n      # two\n      c\n",
        ),
        # A comment in another column is about something else.
        (
            "  # other\n    init: a\n    command: b\n",
            "  # other\n    command: |\n      a\n      b\n",
        ),
        # Not twice.
        ("    init: a\n    command: a\n", "    command: a\n"),
        ("    init: |\n      a\n    command: 'a'\n", "    command: 'a'\n"),
        (
            "    # one\n    init: a # two\n    command: a # three\n",
            "    # one\n    # two\n    command: a # three\n",
        ),
        # All styles of scalars.
        (
            '    init: >-\n      a\n      b\n\n      c\n    command: "d\\te"\n',
            "    command: |\n      a b\n      c\n      d\te\n",
        ),
        (
            "    init: |2+\n      a\n       b\n\n    command: 'é # no'\n",
            "\n    command: |\n      a\n       b\n      é # no\n",
        ),
        (
            "    before: a\n    init: b\n    command: c\n",
            "    command: |\n      a\n      b\n      c\n",
        ),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_merge(fields: str, after: str, line_end: str) -> None:
    text = TASK.replace("{}", fields).replace("\n", line_end)
    fixed = fix_text(text, unsafe=True)
    assert fixed.text == TASK.replace("{}", after).replace("\n", line_end)
    assert fixed.report.ok


@pytest.mark.parametrize(
    "fields",
    [
        "    init: '#!/bin/sh'\n    command: b\n",
        '    init: "a\\n  \\nb"\n    command: b\n',
        '    init: " a"\n    command: b\n',
        '    init: "a\\0"\n    command: b\n',
        "    init: a \\\n    command: b\n",
        "    init: &x a\n    command: b\n",
        "    init: !!str a\n    command: b\n",
        "    init: a # automation-validator: ignore[x] y\n    command: b\n",
    ],
)
def test_no_fix_where_something_would_be_lost(fields: str) -> None:
    text = TASK.replace("{}", fields)
    (finding,) = [each for each in check_text(text).findings if each.rule == "unknown-field"]
    assert finding.fixes == ()


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("    command: b\n    init: a", "    command: |\n      a\n      b"),
        ("    init: a\n    command: b", "    command: |\n      a\n      b"),
        ("    command: b\n    description: d\n    init: a", None),
        ("    command: a\n    init: a", "    command: a"),
    ],
)
def test_the_end_of_the_file(text: str, after: str | None) -> None:
    head = "tasks:\n  t:\n    name: T\n    triggeredBy: [manual]\n"
    after = after or "    command: |\n      a\n      b\n    description: d"
    assert fix_text(head + text, unsafe=True).text == head + after
