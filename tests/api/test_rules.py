"""Consistency of fields in API documents, and what is not concluded from broken ones."""

from __future__ import annotations

from collections.abc import Iterator
from cProfile import Profile
from typing import Any

import pytest

from validator.api import checks
from validator.api.checks import problems
from validator.api.model import ApiDocument
from validator.api.rules import all_checks
from validator.api.timestamp import instant
from validator.finding import Problem
from validator.parsing.limits import Limits
from validator.parsing.nodes import Path
from validator.parsing.objects import to_nodes
from validator.parsing.reader import read

A, B, C, D = (f"0000000{n}-0000-4000-8000-000000000000" for n in "1234")


def found(document: Any, kind: str, *refused: Path) -> list[str]:
    made = problems(to_nodes(document), kind, frozenset(refused), lambda _rule: True)
    return [f"{each.rule} {each.pointer}" for each in made]


# Phases.


def execution(
    said: str | None,
    *steps: str | None,
    message: str = "",
    desired: str | None = None,
    plan: bool = True,
    services: bool = False,
) -> dict[str, Any]:
    """An execution of one group, in a phase, with steps in phases; None is one without a status."""
    ids = [A, B, C, D][: len(steps)]
    target = {"serviceId": D} if services else {"task": {"id": D}}
    spec: dict[str, Any] = {"plan": [{"steps": [{"id": each, **target} for each in ids]}]}
    if desired:
        spec["desiredPhase"] = f"TASK_EXECUTION_PHASE_{desired}"
    status: dict[str, Any] = {
        "failureMessage": message,
        "steps": [
            {"id": each, "phase": f"TASK_EXECUTION_PHASE_{phase}"}
            for each, phase in zip(ids, steps, strict=True)
            if phase
        ],
    }
    if said:
        status["phase"] = f"TASK_EXECUTION_PHASE_{said}"
    return {"id": A, "spec": spec, "status": status} if plan else {"id": A, "status": status}


P, R, S, F, X, U = "PENDING", "RUNNING", "SUCCEEDED", "FAILED", "STOPPED", "UNSPECIFIED"


@pytest.mark.parametrize(
    ("said", "steps"),
    [
        (P, [P, None]),
        (P, [None]),
        (P, [S, P]),
        (R, [None]),
        (R, [S, None]),
        (R, [R, S]),
        (R, [S, P]),
        (R, [X, P]),
        (R, [S, U]),
        (S, [S, S]),
        (S, [S, U]),
        (F, [F, R]),
        (F, [F, X, S, None]),
        (F, [P, None]),
        (F, [U, R]),
        (F, [X, X]),
        (X, [X, S]),
        (X, [X, None]),
        (X, [None]),
        (None, [F]),
        (U, [F, S]),
    ],
)
def test_phases_that_agree(said: str, steps: list[str | None]) -> None:
    assert found(execution(said, *steps), "task-execution") == []


@pytest.mark.parametrize(
    ("said", "steps", "plan_matters"),
    [
        (P, [R, None], False),
        (P, [F, None], False),
        (P, [S, S], True),
        (R, [F, R], False),
        (R, [F, U], False),
        (R, [S, S], True),
        (R, [X, S], True),
        (S, [F, S], False),
        (S, [S, R], False),
        (S, [S, P], False),
        (S, [S, X], False),
        (S, [S, None], True),
        (F, [S, S], True),
        (F, [R, S], False),
        (X, [S, S], True),
        (X, [F, X], True),
        (X, [R, X], True),
    ],
)
def test_phases_that_disagree(said: str, steps: list[str | None], plan_matters: bool) -> None:
    here = ["phase-mismatch /status/phase"]
    assert found(execution(said, *steps), "task-execution") == here
    without = found(execution(said, *steps, plan=False), "task-execution")
    assert without == ([] if plan_matters else here)


def test_what_was_asked_to_stop_may_be_stopped_whatever_its_steps_say() -> None:
    for steps in ([S], [F], [R], [P, None]):
        assert found(execution(X, *steps, desired=X), "task-execution") == []
    assert found(execution(X, S, desired=S), "task-execution") != []
    assert found(execution(S, R, desired=X), "task-execution") != []


def test_an_execution_may_fail_without_its_steps() -> None:
    for steps in ([S], [R], [P, None]):
        assert found(execution(F, *steps, message="no machine"), "task-execution") == []
    assert found(execution(F, S, message=" "), "task-execution") != []


def test_the_step_of_a_service_may_be_over_while_the_service_runs() -> None:
    for said in (R, S, F, P):
        assert found(execution(said, S, R, services=True), "task-execution") == []


def test_a_status_without_a_list_of_steps_says_nothing_of_them() -> None:
    document = execution(S, None)
    assert found(document, "task-execution") == ["phase-mismatch /status/phase"]
    del document["status"]["steps"]
    assert found(document, "task-execution") == []


def groups(*phases: list[str | None], said: str = R) -> dict[str, Any]:
    """An execution of groups of steps in phases."""
    plan, statuses, number = [], [], 0
    for group in phases:
        steps = []
        for phase in group:
            number += 1
            step = f"{number:08}-0000-4000-8000-000000000000"
            steps.append({"id": step, "task": {"id": D}})
            if phase:
                statuses.append({"id": step, "phase": f"TASK_EXECUTION_PHASE_{phase}"})
        plan.append({"steps": steps})
    status = {"phase": f"TASK_EXECUTION_PHASE_{said}", "steps": statuses}
    return {"id": A, "spec": {"plan": plan}, "status": status}


@pytest.mark.parametrize(
    ("phases", "expected"),
    [
        ([[S, S], [R, None]], []),
        ([[S, U], [R]], []),
        ([[S, X], [R]], []),
        ([[R, None], [P], [None]], []),
        ([[R, S], [X]], []),
        ([[S, None], [R]], ["group-order /status/steps/1/phase"]),
        ([[P], [S, R]], ["group-order /status/steps/1/phase", "group-order /status/steps/2/phase"]),
        ([[S], [P], [R]], ["group-order /status/steps/2/phase"]),
        ([[R], [], [S]], ["group-order /status/steps/1/phase"]),
    ],
)
def test_groups_run_one_after_another(phases: list[list[str | None]], expected: list[str]) -> None:
    assert found(groups(*phases), "task-execution") == expected


def test_a_later_step_may_fail_when_an_earlier_one_has() -> None:
    assert found(groups([F, R], [F], said=F), "task-execution") == []
    expected = ["group-order /status/steps/1/phase"]
    assert found(groups([R], [F], said=F), "task-execution") == expected


def test_an_early_service_has_started() -> None:
    document = groups([P], [R])
    document["spec"]["plan"][1]["steps"][0] = {"id": "00000002" + A[8:], "serviceId": D}
    assert found(document, "task-execution") == ["group-order /status/steps/1/phase"]
    document = groups([R], [R])
    document["spec"]["plan"][0]["steps"][0] = {"id": "00000001" + A[8:], "serviceId": D}
    assert found(document, "task-execution") == []


# Times.


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2025-03-01T09:30:00Z", "2025-03-01T09:30:00.000000001Z"),
        ("2025-03-01T09:30:00.1Z", "2025-03-01T09:30:00.11Z"),
        ("2025-03-01T10:29:59+01:00", "2025-03-01T09:30:00Z"),
        ("2024-12-31T23:59:59Z", "2024-12-31T23:00:00-01:00"),
        ("0001-01-01T00:00:00+23:59", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59-23:59"),
        ("2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z"),
    ],
)
def test_times_are_compared_as_moments(earlier: str, later: str) -> None:
    one, other = instant(earlier), instant(later)
    assert one is not None
    assert other is not None
    assert one < other
    metadata = {"createdAt": earlier, "startedAt": later}
    assert found({"id": A, "metadata": metadata}, "task-execution") == []
    metadata = {"created_at": later, "completed_at": earlier}
    expected = ["time-order /metadata/completed_at"]
    assert found({"id": A, "metadata": metadata}, "task-execution") == expected


def test_the_same_moment_in_two_offsets() -> None:
    assert instant("2025-03-01T09:30:00.50Z") == instant("2025-03-01T11:00:00.5+01:30")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "2025-03-01",
        "2025-02-30T00:00:00Z",
        "2016-12-31T23:59:60",
        "٢٠٢٥-03-01T00:00:00Z",
    ],
)
def test_what_is_no_timestamp_has_no_moment(text: str) -> None:
    assert instant(text) is None


def test_a_leap_second_comes_before_the_next_minute() -> None:
    leap, after = instant("2016-12-31T23:59:60Z"), instant("2017-01-01T00:00:00Z")
    assert leap is not None
    assert after is not None
    assert leap <= after


# Broken values lead to no conclusions, and hide no problems next to them.


def task(name: str, *needs: str, **fields: Any) -> dict[str, Any]:
    return {"id": name, "dependsOn": list(needs), **fields}


def test_a_list_holds_a_part_of_the_environment() -> None:
    tasks = [task(A, B, C), task(B, A)]
    assert found({"tasks": tasks}, "task-list") == ["dependency-cycle /tasks/0/dependsOn/0"]
    expected = ["dependency-cycle /tasks/0/dependsOn/0", "unknown-dependency /tasks/0/dependsOn/1"]
    assert found({"tasks": tasks}, "environment") == expected


def test_lists_may_be_of_several_environments() -> None:
    def named(name: str, environment: str | None) -> dict[str, Any]:
        item = task(name, metadata={"reference": "build"})
        return item if environment is None else {**item, "environmentId": environment}

    for first, second, same in [(A, B, False), (A, A.upper(), True), (None, None, True)]:
        document = {"tasks": [named(C, first), named(D, second)]}
        expected = ["duplicate-reference /tasks/1/metadata/reference"] if same else []
        assert found(document, "task-list") == expected


def test_a_refused_id_may_be_any() -> None:
    document = {"tasks": [task(A, B, A), task("b")]}
    assert found(document, "environment", ("tasks", 1, "id")) == [
        "self-dependency /tasks/0/dependsOn/1"
    ]
    assert found({"tasks": [task(A, B), 5]}, "environment", ("tasks", 1)) == []
    assert found({"tasks": [task(A, B)], "services": "x"}, "environment", ("services",)) == []
    assert found({"tasks": [task(A, B)], "servces": []}, "environment", ()) == []


def test_other_mistakes_in_an_item_hide_nothing() -> None:
    document = {"tasks": [task(A, B), task(C, D, A, A, environmentId="x", foo=1)]}
    refused = [("tasks", 1), ("tasks", 1, "environmentId")]
    assert found(document, "environment", *refused) == [
        "duplicate-dependency /tasks/1/dependsOn/2",
        "unknown-dependency /tasks/0/dependsOn/0",
        "unknown-dependency /tasks/1/dependsOn/0",
    ]


def test_a_refused_entry_is_passed_over() -> None:
    document = {"tasks": [task(A, "x", "x", A)]}
    refused = [("tasks", 0, "dependsOn", 0), ("tasks", 0, "dependsOn", 1)]
    expected = ["self-dependency /tasks/0/dependsOn/2"]
    assert found(document, "environment", *refused) == expected


def test_two_spellings_of_a_list_are_passed_over() -> None:
    document = {**task(A, A), "depends_on": [A]}
    assert found(document, "task", (), ("dependsOn",), ("depends_on",)) == []


def test_a_misspelt_field_is_not_missing() -> None:
    step = {"id": B, "servceId": C}
    document = {"id": A, "spec": {"plan": [{"steps": [step]}]}}
    assert found(document, "task-execution", ("spec", "plan", 0, "steps", 0)) == []
    status = {"phase": "TASK_EXECUTION_PHASE_FAILED"}
    document = {"id": A, "metadata": {"completdAt": "x"}, "status": status}
    assert found(document, "task-execution", ("metadata",)) == []
    assert found({"manul": True}, "automation-trigger", ()) == []
    assert found({"manual": "yes"}, "automation-trigger", ("manual",)) == []


def test_a_plan_that_can_not_be_read_may_hold_any_step() -> None:
    plan = [
        {"steps": [{"id": "x", "task": {"id": D}}, {"id": B, "task": {"id": D}, "dependsOn": [C]}]}
    ]
    status = {"steps": [{"id": A}]}
    document = {"id": A, "spec": {"plan": plan}, "status": status}
    assert found(document, "task-execution", ("spec", "plan", 0, "steps", 0, "id")) == []
    assert len(found(document, "task-execution")) == 2
    assert found({"id": A, "status": status}, "task-execution") == []


def test_unknown_phases_say_nothing() -> None:
    statuses = [{"phase": "TASK_EXECUTION_PHASE_FAILED"}, {"phase": "x"}, {}]
    assert found({"statuses": statuses}, "status-history", ("statuses", 1, "phase")) == []


def test_versions_are_compared_as_numbers() -> None:
    def history(*versions: Any) -> list[str]:
        return found({"statuses": [{"statusVersion": v} for v in versions]}, "status-history")

    assert history("9", "10", 10, None, "18446744073709551615") == []
    assert history(18446744073709551615, "18446744073709551614") == [
        "status-version /statuses/1/statusVersion"
    ]
    assert history("10", None, "9") == ["status-version /statuses/2/statusVersion"]
    assert history(1, 100, 3, 4) == ["status-version /statuses/2/statusVersion"]


# Messages.


def said(text: str, kind: str) -> list[str]:
    root = read(text, Limits()).root
    assert root is not None
    return [each.message for each in problems(root, kind, frozenset(), lambda _rule: True, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{}", "no trigger is set; set one, such as `manual: true`"),
        (
            "prebuild: no",
            (
                "`prebuild: false` has no effect, so no trigger is set; "
                "write `prebuild: true`, or remove the trigger"
            ),
        ),
        (
            "{before_snapshot: yes, manual: off}",
            "`manual: false` has no effect next to `before_snapshot`; remove it",
        ),
        (
            '{"manual": true, "beforeSnapshot": true, "prebuild": true}',
            (
                "`manual`, `beforeSnapshot` and `prebuild` are set in one trigger; "
                "give each its own, or keep one"
            ),
        ),
    ],
)
def test_what_is_said_of_triggers(text: str, expected: str) -> None:
    assert said(text, "automation-trigger") == [expected]


# The entry point.


def test_a_crash_hides_no_other_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_document: ApiDocument) -> Iterator[Problem]:
        raise RuntimeError("out of order")

    made = {**all_checks(), "duplicate-id": fail}
    monkeypatch.setattr(checks, "all_checks", lambda: made)
    root = to_nodes({"tasks": [task(A, A)]})
    failure, other = problems(root, "task-list", frozenset(), lambda _rule: True)
    assert failure.rule == "internal-error"
    assert failure.message == "the rule `duplicate-id` failed: RuntimeError: out of order"
    assert other.rule == "self-dependency"


def test_only_the_rules_that_are_wanted_are_asked() -> None:
    root = to_nodes({"tasks": [task(A, A, A)]})
    made = problems(root, "task-list", frozenset(), lambda rule: rule == "duplicate-dependency")
    assert [each.rule for each in made] == ["duplicate-dependency"]


@pytest.mark.parametrize("kind", ["environment-class", "task", "service-list", "task-execution"])
@pytest.mark.parametrize(
    "document", [None, [], "x", 5, {}, {"id": {}, "metadata": [], "status": 1}]
)
def test_what_has_another_shape_is_passed_over(kind: str, document: Any) -> None:
    assert found(document, kind, ()) == []


def chain(count: int) -> dict[str, Any]:
    """A chain of tasks, with a mistake in each."""
    names = [f"{number:08x}-0000-4000-8000-000000000000" for number in range(count)]
    tasks = [
        task(name, *names[:1], name, need) for name, need in zip(names[1:], names, strict=False)
    ]
    return {"tasks": [task(names[0]), *tasks]}


def calls(count: int) -> int:
    """The number of function calls in a check of a chain of tasks."""
    root = to_nodes(chain(count))
    profile = Profile()
    made = profile.runcall(problems, root, "environment", frozenset(), lambda _rule: True)
    assert len(made) >= count - 1
    return sum(each.callcount for each in profile.getstats())


def test_time_is_linear() -> None:
    calls(10)
    assert calls(10_000) < 11 * calls(1_000)


# Triggers of AI automations.


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ({}, ["exactly-one-field /triggers/0"]),
        ({"pullRequest": None}, ["exactly-one-field /triggers/0/pullRequest"]),
        (
            {"manual": None},
            [
                "exactly-one-field /triggers/0/manual",
                "from-trigger-without-pull-request /triggers/0/context/fromTrigger",
            ],
        ),
        (
            {"time": {"cronExpression": "@daily"}},
            ["from-trigger-without-pull-request /triggers/0/context/fromTrigger"],
        ),
    ],
)
def test_a_trigger_may_still_be_about_pull_requests(
    start: dict[str, Any], expected: list[str]
) -> None:
    trigger = {**start, "context": {"fromTrigger": {}}}
    assert sorted(found({"triggers": [trigger]}, "workflow-file")) == expected
