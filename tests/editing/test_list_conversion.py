"""Lists of tasks and services become mappings."""

from __future__ import annotations

import pytest
import yaml

from tests.oracle import accepts
from validator import check_text
from validator.editing.composition import apply
from validator.fixer import fix_text

TRIGGER = "triggeredBy: [postDevcontainerStart]"


def converted(text: str) -> str | None:
    """A text after the fix of its list; None if it has none."""
    found = (each for each in check_text(text).findings if each.rule == "wrong-type")
    for finding in found:
        for fix in finding.fixes:
            assert not fix.safe
            return apply(text, list(fix.edits))
    return None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "- name: Run\n  command: a # c\n# d\n- command: b\n",
            f"""  Run:
    name: Run
    command: a # c
    {TRIGGER}
# d
  task-2:
    name: task-2
    command: b
    {TRIGGER}
""",
        ),
        (
            "  - name: SetupEditor\n    triggeredBy: [manual]\n    command: a\n",
            "  SetupEditor:\n    name: SetupEditor\n    triggeredBy: [manual]\n    command: a\n",
        ),
        # A misspelt trigger is still one, and has its own finding.
        (
            "  - name: Set up editor!\n    triggers: [manual]\n    command: a\n",
            "  Set-up-editor:\n    name: Set up editor!\n    triggers: [manual]\n    command: a\n",
        ),
        ("  - command: a", f"  task-1:\n    name: task-1\n    command: a\n    {TRIGGER}"),
        (
            "  -   name: 'yes'\n      command: |+\n        a\n\n",
            f"  task-yes:\n      {TRIGGER}\n      name: 'yes'\n      command: |+\n        a\n\n",
        ),
        (
            "  - {name: A, command: a}\n",
            None,
        ),
        ("  - # c\n    name: A\n", None),
        ("  - &a\n    name: A\n    command: b\n  - *a\n", None),
        ("  - a\n", None),
        ("  [{name: A}]\n", None),
    ],
)
def test_tasks(before: str, after: str | None) -> None:
    assert converted("tasks:\n" + before) == (after and "tasks:\n" + after)
    crlf = before.replace("\n", "\r\n")
    assert converted("tasks:\r\n" + crlf) == (after and ("tasks:\n" + after).replace("\n", "\r\n"))


def test_services() -> None:
    text = (
        "tasks:\n  App: {name: A, command: a, triggeredBy: [manual]}\n"
        "services:\n- name: App\n  commands: {start: a}\n- name: App\n  triggeredBy: [manual]\n"
    )
    after = (
        "tasks:\n  App: {name: A, command: a, triggeredBy: [manual]}\n"
        "services:\n  App-1:\n    name: App\n    commands: {start: a}\n"
        "  App-2:\n    name: App\n    triggeredBy: [manual]\n"
    )
    assert converted(text) == after
    assert check_text(after).ok


def test_an_older_file_loads_after_its_fixes() -> None:
    text = "tasks:\n- name: A B\n  before: a\n  init: b # c\n  command: d\n- init: npm ci\n"
    fixed = fix_text(text, unsafe=True)
    assert accepts("automations-file", yaml.safe_load(fixed.text))
    assert fixed.text == (
        f"tasks:\n  A-B:\n    name: A B\n    command: |\n      a\n      # c\n      b\n      d\n"
        f"    {TRIGGER}\n  task-2:\n    name: task-2\n    command: npm ci\n    {TRIGGER}\n"
    )
    assert fix_text(fixed.text, unsafe=True).text == fixed.text
