"""Completions at a cursor, and the text after choosing one."""

import pytest

from tests.language.marked import cursor
from validator import check_text
from validator.language.features.completion import Completion, complete
from validator.language.snapshot import View
from validator.model.automations import TRIGGERS


def labels(marked: str) -> list[str]:
    view, at = cursor(marked)
    return [each.label for each in complete(view, at)]


def chosen(marked: str, label: str, *, snippets: bool = False) -> str:
    """The text after a completion is chosen."""
    view, at = cursor(marked)
    (found,) = [each for each in complete(view, at, snippets=snippets) if each.label == label]
    text = view.text.value
    assert found.span.start <= at <= found.span.end
    assert not {"\n", "\r"} & set(text[found.span.start : found.span.end])
    return text[: found.span.start] + found.text + text[found.span.end :]


FILE = """\
services:
  db:
    name: Database
    commands: {start: postgres}
tasks:
  first:
    name: First
    command: first
    dependsOn: [db, gone]
  second:
    name: Second
    command: second
    dependsOn: [first]
  third:
    name: Third
    command: third
    """

SERVICE = "services:\n  a:\n    "
TASK = "tasks:\n  a:\n    "

FIELDS = {
    "task": ["description", "dependsOn", "triggeredBy", "runsOn", "prebuildRequiresSuccess"],
    "service": [
        *("name", "description", "commands", "triggeredBy", "role", "runsOn", "readinessTimeout")
    ],
}


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("‸", ["services", "tasks"]),
        ("tasks:\n‸", ["services"]),
        ("‸\ntasks: [", ["services"]),
        (SERVICE + "‸", FIELDS["service"]),
        (TASK + "‸", ["name", "command", *FIELDS["task"]]),
        (TASK + "name: a\n    c‸\n    command: b", FIELDS["task"]),
        (
            TASK + "triggered_by: []\n    name: a\n    command: b\n    ‸",
            [each for each in FIELDS["task"] if each != "triggeredBy"],
        ),
        (SERVICE + "commands:\n      ready: a\n      ‸", ["start", "stop"]),
        (SERVICE + "commands: {ready: a, ‸}", ["start", "stop"]),
        (TASK + "runsOn:\n      ‸", ["docker", "machine"]),
        (TASK + "runsOn:\n      machine: {}\n      ‸", []),
        (TASK + "runsOn:\n      docker:\n        ‸", ["image", "environment"]),
        (TASK + "runsOn:\n      machine:\n        ‸", []),
        (TASK + "unknown:\n      ‸", []),
        ('{"tasks": {"a": {"name": "a", "command": "b", ‸', FIELDS["task"]),
    ],
)
def test_fields_that_are_valid_there_and_not_yet_present(marked: str, expected: list[str]) -> None:
    assert labels(marked) == expected


SERVICE_TRIGGERS = [each for each in TRIGGERS if each != "beforeSnapshot"]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (TASK + "triggeredBy: [‸", list(TRIGGERS)),
        (TASK + "triggeredBy: [manual, ‸]", list(TRIGGERS[1:])),
        (
            TASK + "triggeredBy: [before_snapshot, ma‸, post_machine_start]",
            ["manual", *TRIGGERS[2:5]],
        ),
        (TASK + "triggeredBy:\n    - manual\n    - ‸", list(TRIGGERS[1:])),
        (TASK + "triggeredBy: ‸", list(TRIGGERS)),
        (SERVICE + "triggeredBy: [‸", SERVICE_TRIGGERS),
        (SERVICE + "triggered_by:\n      ‸", SERVICE_TRIGGERS),
        (SERVICE + "role:‸", ["default", "editor", "ai-agent"]),
        (SERVICE + "role: e‸", ["default", "editor", "ai-agent"]),
        (SERVICE + "name: ‸", []),
        (TASK + "prebuildRequiresSuccess: ‸", ["true", "false"]),
        (TASK + "runsOn: {docker: {environment: [‸]}}", []),
    ],
)
def test_words(marked: str, expected: list[str]) -> None:
    assert labels(marked) == expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("dependsOn: [‸]", ["db", "first", "second"]),
        ("dependsOn: [‸", ["db", "first", "second"]),
        ("dependsOn: [fi‸, db]", ["first", "second"]),
        ("depends_on:\n    - db\n    - ‸", ["first", "second"]),
        ("dependsOn:\n      ‸", ["db", "first", "second"]),
        ("dependsOn: ‸", ["db", "first", "second"]),
    ],
)
def test_dependencies_without_itself_and_what_is_there(field: str, expected: list[str]) -> None:
    assert labels(FILE + field) == expected


def test_no_dependency_that_would_close_a_cycle() -> None:
    text = FILE.replace("[db, gone]", "[‸]") + "dependsOn: [db]\n"
    assert labels(text) == ["db", "third"]


def test_a_text_that_was_never_whole_has_references_too() -> None:
    marked = FILE.replace("name: First", 'name: "First') + "dependsOn: [‸]"
    assert cursor(marked)[0].stale
    assert labels(marked) == ["db", "first", "second"]


def test_what_is_depended_on_and_missing_can_be_declared() -> None:
    marked = FILE.rstrip(" ") + "  ‸"
    assert labels(marked) == ["gone", "new task"]
    assert chosen(marked, "gone") == FILE.rstrip(" ") + "  gone:"


@pytest.mark.parametrize(
    ("marked", "label", "after"),
    [
        (SERVICE + "rol‸", "role", SERVICE + "role: "),
        (SERVICE + "rol‸: x", "role", SERVICE + "role: x"),
        (SERVICE + "‸role: x", "name", SERVICE + "name: x"),
        (SERVICE + "role:‸", "editor", SERVICE + "role: editor"),
        (SERVICE + "role: ed‸itor", "ai-agent", SERVICE + "role: ai-agent"),
        (SERVICE + "role: 'e‸'", "editor", SERVICE + "role: 'editor'"),
        (SERVICE + 'role: "e‸', "editor", SERVICE + 'role: "editor"'),
        (SERVICE + "com‸", "commands", SERVICE + "commands:\n      "),
        (
            "services:\r\n   a:\r\n      com‸",
            "commands",
            "services:\r\n   a:\r\n      commands:\r\n         ",
        ),
        (SERVICE + "trig‸", "triggeredBy", SERVICE + "triggeredBy:\n      - "),
        (SERVICE + "triggeredBy:‸", "manual", SERVICE + "triggeredBy: [manual]"),
        (SERVICE + "triggeredBy:\n      -‸", "manual", SERVICE + "triggeredBy:\n      - manual"),
        (SERVICE + "triggeredBy:\n      ma‸", "manual", SERVICE + "triggeredBy:\n      - manual"),
        (SERVICE + "runsOn:\n      ‸", "machine", SERVICE + "runsOn:\n      machine: {}"),
        ("services: {a: {‸}}", "triggeredBy", "services: {a: {triggeredBy: []}}"),
        ("services: {a: {‸}}", "commands", "services: {a: {commands: {}}}"),
        ('{"tasks": {"a": {"dep‸"}}}', "dependsOn", '{"tasks": {"a": {"dependsOn": []}}}'),
        ('{"tasks": {"a": {‸}}}', "name", '{"tasks": {"a": {"name": }}}'),
        (
            '{"tasks": {"a": {"triggeredBy": [‸]}}}',
            "manual",
            '{"tasks": {"a": {"triggeredBy": ["manual"]}}}',
        ),
        (
            "tasks:\n  'on': {}\n  b:\n    dependsOn: [‸]",
            "on",
            "tasks:\n  'on': {}\n  b:\n    dependsOn: [\"on\"]",
        ),
        ("tas‸", "tasks", "tasks:\n  "),
    ],
)
def test_the_text_after_a_choice(marked: str, label: str, after: str) -> None:
    assert chosen(marked, label) == after


@pytest.mark.parametrize(
    ("marked", "label"), [("tasks:\n   ‸", "new task"), ("services:\n  ‸\n", "new service")]
)
def test_a_whole_item_in_plain_text_is_right_as_it_is(marked: str, label: str) -> None:
    report = check_text(chosen(marked, label))
    assert report.findings == ()


def test_a_whole_item_as_a_snippet() -> None:
    marked = "services:\r\n    ‸"
    assert chosen(marked, "new service", snippets=True) == (
        "services:\r\n    ${1:reference}:\r\n        name: ${2:Name}\r\n        commands:\r\n"
        "            start: ${3:command}\r\n            ready: ${4:command}\r\n"
        "        triggeredBy: [${5|manual,postDevcontainerStart,postEnvironmentStart,prebuild|}]$0"
    )
    view, at = cursor(marked)
    assert [each.snippet for each in complete(view, at, snippets=True)] == [True]
    assert [each.snippet for each in complete(view, at)] == [False]


def found(marked: str, label: str) -> Completion:
    view, at = cursor(marked)
    return next(each for each in complete(view, at) if each.label == label)


def test_a_field_is_described() -> None:
    name = found(TASK + "‸", "name")
    assert (name.kind, name.detail) == ("field", "Name (required)")
    assert "A short name for the task" in name.documentation.markdown
    assert found("‸", "tasks").kind == "section"


def test_a_trigger_and_a_reference_are_described() -> None:
    trigger = found(TASK + "triggeredBy: [‸", "prebuild")
    assert trigger.documentation.plain == (
        "`prebuild` (trigger): during a prebuild, where user secrets are missing"
    )
    task = found(FILE + "dependsOn: [‸]", "first")
    assert task.detail == "task"
    assert "task `first`: First" in task.documentation.markdown


def test_the_best_comes_first() -> None:
    view, at = cursor(TASK + "‸")
    sorts = [each.sort for each in complete(view, at)]
    assert sorts == sorted(sorts)
    assert len(set(sorts)) == len(sorts)


@pytest.mark.parametrize(
    "marked",
    [TASK + "command: |\n      ‸", TASK + "# ‸", TASK + "command: a\n      ‸", "[‸]", "-‸"],
)
def test_nothing_where_nothing_of_the_contract_stands(marked: str) -> None:
    assert labels(marked) == []


def test_outside_the_text() -> None:
    assert complete(View.of("tasks: {a: {}}"), 1000) == ()
