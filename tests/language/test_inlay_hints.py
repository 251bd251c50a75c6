"""Inlay hints: what runs before an item, what pulls it in, and cron expressions in words."""

from __future__ import annotations

import pytest

from validator.finding import Span
from validator.language.features.inlay_hints import inlay_hints
from validator.language.snapshot import View

TEXT = """\
services:
  db: {name: DB, commands: {start: postgres}}
tasks:
  install: {name: I, command: make, triggeredBy: [prebuild]}
  "build": {name: B, command: make, dependsOn: [install, db]}
  lint:
    name: L
    command: make
    dependsOn: [install, build]
    triggeredBy: [manual]
  alone: {name: A, command: make}
"""
WORKFLOW = """\
name: x
triggers:
  - context: {agent: {prompt: x}}
    time:
      cronExpression: "0 9 * * 1" # weekly
  - context: {agent: {prompt: x}}
    time: {cronExpression: nonsense}
"""


def shown(view: View) -> str:
    """The text with its hints."""
    text = view.text.value
    for each in reversed(inlay_hints(view, Span(0, len(text)))):
        text = f"{text[: each.offset]} <{each.label}>{text[each.offset :]}"
    return text


def test_the_order_of_tasks_and_services() -> None:
    lines = shown(View.of(TEXT)).replace(", dependsOn: [install, db]", "").splitlines()
    assert [line for line in lines if "<" in line] == [
        "  db: <pulled in by build> {name: DB, commands: {start: postgres}}",
        '  "build": <2nd, after install and db, pulled in by lint> {name: B, command: make}',
        "  lint: <3rd, after build>",
    ]


def test_a_cycle_and_an_empty_document_have_no_order() -> None:
    cycle = "tasks:\n  a: {name: A, command: x, dependsOn: [b], triggeredBy: [manual]}\n"
    cycle += "  b: {name: B, command: x, dependsOn: [a], triggeredBy: [manual]}\n"
    assert inlay_hints(View.of(cycle), Span(0, len(cycle))) == ()
    assert inlay_hints(View.of(""), Span(0, 0)) == ()


def test_only_what_is_visible() -> None:
    view = View.of(TEXT)
    at = TEXT.index("lint:")
    assert [each.label for each in inlay_hints(view, Span(at, at + 10))] == ["3rd, after build"]


def test_hints_stay_in_place_while_the_text_is_broken() -> None:
    before = View.of(TEXT)
    assert before.document.automations
    after = View.of(TEXT.replace("services:", "services:\n  [\n"), previous=before)
    assert after.stale
    assert "  lint: <3rd, after build>" in shown(after).splitlines()


@pytest.mark.parametrize("line", ['cronExpression: "0 9 * * 1"', "cron_expression: 0 9 * * 1"])
def test_cron_in_words(line: str) -> None:
    text = WORKFLOW.replace('cronExpression: "0 9 * * 1"', line)
    view = View.of(text, ".ona/automations/weekly.yaml")
    (hint,) = inlay_hints(view, Span(0, len(text)))
    assert (hint.kind, hint.label) == ("cron", "at 09:00 on Monday")
    assert text[: hint.offset].endswith(line)
