"""Changes that no finding asks for: what they make of a text, and when there are none."""

from __future__ import annotations

import pytest

from tests.language.marked import cursor
from tests.language.test_robust import FIXTURE_TEXTS, REAL_TEXTS
from validator import check_text
from validator.editing.composition import apply
from validator.language.features.refactorings import Refactoring, refactorings
from validator.language.snapshot import View

BLOCK = "Write this script as a block"
READY = "Add `ready`, which waits for port 3000"
TRIGGERS = "Add the triggers `prebuild` and `postDevcontainerStart`"
TO_SERVICE = "Make this task a service"
TO_TASK = "Make this service a task"


def offered(marked: str, *taken: str, path: str = ".ona/config.yaml") -> dict[str, Refactoring]:
    view, offset = cursor(marked, path=path)
    return {each.title: each for each in refactorings(view, offset, set(taken).__contains__)}


def done(marked: str, title: str) -> str:
    return apply(marked.replace("‸", ""), offered(marked)[title].edits)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("command: ‸npm ci", "command: |-\n      npm ci"),
        ("command: ‸'npm ci'", "command: |-\n      npm ci"),
        ('command: "a‸ # b\\nc\\n"', "command: |\n      a # b\n      c"),
        ("com‸mand: >\n      a\n      b", "command: |\n      a b"),
        ("command:‸ >-\n      a\n\n      b", "command: |-\n      a\n      b"),
    ],
)
def test_a_script_becomes_a_block(before: str, after: str) -> None:
    text = "tasks:\n  a:\n    name: A\n    {}\n    triggeredBy: [manual]\n"
    assert done(text.format(before), BLOCK) == text.format(after)


@pytest.mark.parametrize(
    "line",
    [
        "command: |\n      a‸",
        "command: ‸a # comment",
        "command: &x ‸a",
        'command: "‸ a"',
        'command: "‸a\\n\\n"',
        'command: "‸\\x07"',
        "name: x‸",
    ],
)
def test_some_scripts_do_not(line: str) -> None:
    assert BLOCK not in offered(f"tasks:\n  a:\n    name: A\n    {line}\n")


def test_a_script_moves_to_a_file() -> None:
    text = 'tasks:\n  a:\n    name: A\n    command: |\n      mak‸e\n      ./x "$A"\n    # c\n'
    found = offered(text)["Move this script to `.ona/scripts/a.sh`"]
    assert found.file is not None
    assert found.file.path == ".ona/scripts/a.sh"
    assert found.file.content == '#!/usr/bin/env bash\nset -e\n\nmake\n./x "$A"\n'
    after = apply(text.replace("‸", ""), found.edits)
    assert after == "tasks:\n  a:\n    name: A\n    command: bash .ona/scripts/a.sh\n    # c\n"


def test_a_script_of_a_service_and_a_name_in_use() -> None:
    text = "services:\n  a:\n    name: A\n    commands:\n      start: |\n        x‸\n        y\n"
    taken = ".ona/scripts/a-start.sh"
    assert "Move this script to `.ona/scripts/a-start-2.sh`" in offered(text, taken)
    assert "Move this script to `.ona/scripts/a-start.sh`" in offered(text)


@pytest.mark.parametrize(
    "fields",
    [
        "command: ‸x",
        "command: |\n      x‸\n      y\n    runsOn: {docker: {image: x}}",
        "command: &a |\n      x‸\n      y",
    ],
)
def test_some_scripts_stay_where_they_are(fields: str) -> None:
    found = offered(f"tasks:\n  a:\n    name: A\n    {fields}\n")
    assert not [title for title in found if title.startswith("Move")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "  a:\n    name: A\n    commands:\n      start: |\n        ‸next dev\n",
            (
                "  a:\n    name: A\n    commands:\n      start: |\n        next dev\n"
                '      ready: "curl -s -o /dev/null http://localhost:3000"\n'
            ),
        ),
        (
            "  a: {name: A, commands: {start: x --port 3000‸}}\n",
            (
                "  a: {name: A, commands: {start: x --port 3000, "
                'ready: "curl -s -o /dev/null http://localhost:3000"}}\n'
            ),
        ),
        (
            "  ‸a:\n    commands:\n      start: next dev # x",
            (
                "  a:\n    commands:\n      start: next dev # x\n"
                '      ready: "curl -s -o /dev/null http://localhost:3000"'
            ),
        ),
    ],
)
def test_ready_waits_for_the_port(before: str, after: str) -> None:
    assert done(f"services:\n{before}", READY) == f"services:\n{after}"


def test_there_is_no_ready_without_a_port_or_if_there_is_one() -> None:
    assert READY not in offered("services:\n  a: {name: A, commands: {start: ‸./x}}\n")
    ready = "services:\n  a: {name: A, commands: {start: ‸next dev, ready: x}}\n"
    assert READY not in offered(ready)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "  a:\n    name: A\n    ‸command: |\n      x\n",
            (
                "  a:\n    name: A\n    command: |\n      x\n"
                "    triggeredBy: [prebuild, postDevcontainerStart]\n"
            ),
        ),
        (
            "  ‸a: {name: A, command: x}\n",
            "  a: {name: A, command: x, triggeredBy: [prebuild, postDevcontainerStart]}\n",
        ),
        (
            "  ‸a:\n    triggeredBy: [manual]\n",
            "  a:\n    triggeredBy: [manual, prebuild, postDevcontainerStart]\n",
        ),
        (
            "  ‸a:\n    triggered_by:\n    - manual # x\n    name: A\n",
            (
                "  a:\n    triggered_by:\n    - manual # x\n    - prebuild\n"
                "    - postDevcontainerStart\n    name: A\n"
            ),
        ),
        (
            "  ‸a:\n    name: A\n    triggeredBy: []\n",
            "  a:\n    name: A\n    triggeredBy: [prebuild, postDevcontainerStart]\n",
        ),
    ],
)
def test_both_install_triggers(before: str, after: str) -> None:
    assert done(f"tasks:\n{before}", TRIGGERS) == f"tasks:\n{after}"


def test_only_a_missing_install_trigger_is_added() -> None:
    found = offered("tasks:\n  ‸a: {name: A, command: x, triggeredBy: [prebuild]}\n")
    assert "Add the trigger `postDevcontainerStart`" in found
    assert TRIGGERS not in found
    assert TRIGGERS not in offered("tasks:\n  ‸a: {name: A, command: x, triggeredBy: }\n")


TASKS = """\
services:
  b: {name: B}

tasks:
  c: {name: C, command: c}
  # above
  ‸a:
    name: A
    command: |
      x

      y
    triggeredBy: [manual]
"""
SERVICES = """\
services:
  b: {name: B}
  # above
  ‸a:
    name: A
    commands:
      start: |
        x

        y
    triggeredBy: [manual]

tasks:
  c: {name: C, command: c}
"""
PAIRS = [
    (
        "tasks:\n  ‸a:\n    name: A\n    command: x\n",
        "services:\n  ‸a:\n    name: A\n    commands:\n      start: x\n",
    ),
    (TASKS, SERVICES),
]


@pytest.mark.parametrize(("task", "service"), PAIRS)
def test_a_task_becomes_a_service_and_back(task: str, service: str) -> None:
    assert done(task, TO_SERVICE) == service.replace("‸", "")
    assert done(service, TO_TASK) == task.replace("‸", "")


def test_the_other_section_is_created() -> None:
    text = "tasks:\n  ‸a: {name: A, command: x}\n  b: {name: B, command: y, dependsOn: [a]}\n"
    assert done(text, TO_SERVICE) == (
        "services:\n  a: {name: A, commands: {start: x}}\n"
        "tasks:\n  b: {name: B, command: y, dependsOn: [a]}\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "tasks:\n  ‸a: {name: A, command: x, dependsOn: []}\n",
        "tasks:\n  ‸a: {name: A, command: x, prebuildRequiresSuccess: true}\n",
        "tasks:\n  ‸a: {name: A, command: x, triggeredBy: [beforeSnapshot]}\n",
        "tasks:\n  ‸a: {name: A}\n",
        "tasks:\n  ‸a/b~c: {name: A, dependsOn: [], command: x}\n",
        "tasks: {‸a: {name: A, command: x}}\n",
        "services:\n  ‸a: {name: A, commands: {start: x, ready: y}}\n",
        "services:\n  ‸a: {name: A, commands: {start: x}, role: editor}\n",
        "services:\n    b: {name: B}\ntasks:\n  ‸a: {name: A, command: x}\n",
    ],
)
def test_no_field_is_lost(text: str) -> None:
    assert not {TO_TASK, TO_SERVICE} & set(offered(text))


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('{"tasks": {"a": {"name": "A", ‸"command": "x"}}}', ".ona/automations.json"),
        ("tasks: [‸", ".ona/config.yaml"),
        ("‸tasks:\n  a: {name: A, command: x}\n", ".ona/config.yaml"),
        ("action: {steps: [{task: {command: ‸x}}]}\n", ".ona/automations/x.yaml"),
    ],
)
def test_there_are_none(text: str, path: str) -> None:
    assert offered(text, path=path) == {}


@pytest.mark.parametrize("text", [*FIXTURE_TEXTS, *REAL_TEXTS])
def test_no_change_makes_an_error(text: str) -> None:
    view = View.of(text)
    if view.stale or len(text) > 10_000:
        return
    errors = errors_of(text)
    for automation in view.document.distinct[:4]:
        for _, node in list(automation.node.members.values())[:6]:
            for each in refactorings(view, node.start, lambda _: False):
                after = apply(view.text.value, each.edits)
                # What a broken text lacks may be missed only then.
                assert errors or not errors_of(after), each.title


def errors_of(text: str) -> set[str]:
    return {each.rule for each in check_text(text).findings if each.severity.name == "ERROR"}
