"""Timelines: which executions belong together, and what they waited for."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus import FOLDER, needs_corpus, verdicts
from tests.plans import document, files
from tests.timelines.executions import execution, uuid
from validator import read_document
from validator.api.timeline import Run, timeline
from validator.model import graph, plan
from validator.model.automations import Document
from validator.parsing.limits import Limits

FILE = """\
tasks:
  a: {name: A, command: x}
  b: {name: B, command: y, dependsOn: [a]}
  c: {name: C, command: z, dependsOn: [a, b]}
  d: {name: D, command: w, triggeredBy: [manual]}
"""


def runs(*executions: dict[str, Any]) -> list[list[str | None]]:
    """The references of each run's executions."""
    made = timeline(executions, document(FILE))
    return [[bar.reference for bar in run.bars] for run in made.runs]


def run(*executions: dict[str, Any], file: str = FILE) -> Run:
    (only,) = timeline(executions, document(file)).runs
    return only


def waited(*executions: dict[str, Any]) -> dict[str | None, tuple[str | None, float | None]]:
    """What each execution waited for, and how much later than it could it began."""
    bars = run(*executions).bars
    return {
        bar.reference: (
            None if bar.waited_for is None else bars[bar.waited_for].reference,
            bar.slack,
        )
        for bar in bars
    }


def test_what_ended_last_is_waited_for() -> None:
    found = waited(
        execution("a", "00:00 00:01 00:10"),
        execution("b", "00:00 00:11 00:20"),
        execution("c", "00:00 00:25 00:30"),
    )
    assert found == {"a": (None, 1.0), "b": ("a", 1.0), "c": ("b", 5.0)}


@pytest.mark.parametrize("given_", [{"taskExecutions": []}, execution("a"), "a", b"a"])
def test_what_is_no_list_of_executions(given_: Any) -> None:
    with pytest.raises(TypeError, match="`executions` takes a list of executions, such as"):
        timeline(given_, document(FILE))


@pytest.mark.parametrize(
    ("task", "said"),
    [
        ("a", "only `manual` and `prebuild` start it"),
        ("b", "only `manual` and `prebuild` start it, or what needs it"),
        ("c", "only `prebuild` starts it, or what needs it"),
        ("d", "no trigger starts it"),
    ],
)
def test_which_triggers_start_a_task(task: str, said: str) -> None:
    file = """\
tasks:
  a: {name: A, command: x, dependsOn: [b], triggeredBy: [manual, prebuild, manual]}
  b: {name: B, command: y, triggeredBy: [manual]}
  c: {name: C, command: z}
  d: {name: D, command: w}
  e: {name: E, command: v, dependsOn: [c], triggeredBy: [prebuild]}
"""
    one = execution(task, "00:00 00:01 00:05", trigger="postMachineStart")
    found = timeline([one], document(file)).findings
    (message,) = (each.message for each in found if each.rule == "trigger-mismatch")
    assert message.startswith(f"`postMachineStart` has started `{task}`, but in the file {said} (")


@pytest.mark.parametrize(
    ("first", "second", "phases"),
    [
        (None, None, ["succeeded", "succeeded"]),
        ("7", "9", ["succeeded", "succeeded"]),
        ("9", "7", ["running", "running"]),
        ("7", None, ["succeeded", "succeeded"]),
    ],
)
def test_an_execution_counts_in_its_latest_state(
    first: str | None, second: str | None, phases: list[str]
) -> None:
    before = execution("a", "00:00 00:01 -", phase="RUNNING")
    after = execution("a", "00:00 00:01 00:05")
    for each, version in ((before, first), (after, second)):
        if version is not None:
            each["status"]["statusVersion"] = version
    shown = [run(*both).bars for both in ((before, after), (after, before))]
    assert [bar.phase for bars in shown for bar in bars] == phases


def test_the_critical_path_and_the_slowest() -> None:
    made = run(
        execution("d", "00:00 00:01 00:29"),
        execution("a", "00:00 00:02 00:10"),
        execution("b", "00:00 00:11 00:20"),
        execution("c", "00:00 00:25 00:30"),
    )
    assert [made.bars[each].reference for each in made.critical_path] == ["a", "b", "c"]
    assert made.slowest is not None
    assert made.bars[made.slowest].reference == "d"
    assert made.seconds == 30.0


def test_one_that_has_not_ended_leaves_the_path_open() -> None:
    made = run(
        execution("a", "00:00 00:02 00:10"), execution("d", "00:00 00:02 -", phase="RUNNING")
    )
    assert made.critical_path == ()
    assert made.slowest == 0
    assert made.bars[1].is_open
    assert made.bars[1].seconds is None


def test_what_an_unknown_task_waited_for_is_not_known() -> None:
    made = run(execution("a", "00:00 00:01 00:10"), execution("x", "00:00 00:11 00:20"))
    assert [bar.reference for bar in made.bars] == ["a", None]
    assert made.critical_path == ()


def test_what_ran_in_its_own_plan_is_not_waited_for() -> None:
    found = waited(
        execution("a", "00:00 00:01 00:10"), execution("b", "00:00 00:11 00:20", needs=("a",))
    )
    assert found["b"] == (None, 11.0)


def test_what_began_too_early_has_no_slack() -> None:
    found = waited(execution("a", "00:00 00:01 00:10"), execution("b", "00:00 00:05 00:20"))
    assert found["b"] == (None, None)


def test_what_is_not_in_the_run_may_have_been_waited_for() -> None:
    found = waited(execution("b", "00:00 00:11 00:20"), execution("c", "00:00 00:25 00:30"))
    assert found == {"b": (None, None), "c": ("b", None)}


def test_what_has_not_begun_waits_for_what_has_not_ended() -> None:
    found = waited(
        execution("a", "00:00 00:01 00:10"),
        execution("b", "00:00 00:11 -", phase="RUNNING"),
        execution("c", "00:00 - -", phase="PENDING"),
    )
    assert found == {"a": (None, 1.0), "b": ("a", 1.0), "c": ("b", None)}


def test_executions_of_no_length_that_wait_for_each_other() -> None:
    made = run(
        execution("a", "00:00 00:00 00:00"),
        execution("b", "00:00 00:00 00:00"),
        file="tasks:\n  a: {name: A, command: x, dependsOn: [b]}\n"
        "  b: {name: B, command: y, dependsOn: [a]}\n",
    )
    assert sorted(made.critical_path) == [0, 1]


@pytest.mark.parametrize(
    ("executions", "expected"),
    [
        ([], []),
        ([("a", "00:00 00:01 00:10", {}), ("d", "01:10 01:11 01:20", {})], [["a", "d"]]),
        ([("a", "00:00 00:01 00:10", {}), ("d", "01:11 01:11 01:20", {})], [["a"], ["d"]]),
        # Nothing shows a pause while one of them runs.
        ([("a", "00:00 00:01 -", {}), ("d", "09:11 09:11 09:20", {})], [["a", "d"]]),
        # The same task again is another run.
        (
            [("a", "00:00 00:01 00:10", {}), ("a", "00:20 00:20 00:21", {"number": 1})],
            [["a"], ["a"]],
        ),
        (
            [("a", "00:00 00:01 00:10", {}), ("d", "00:00 00:01 00:10", {"trigger": "prebuild"})],
            [["a"], ["d"]],
        ),
        (
            [
                ("a", "00:00 00:01 00:10", {}),
                ("d", "00:00 00:01 00:10", {"environment": uuid("another")}),
            ],
            [["a"], ["d"]],
        ),
        # Without times each is alone, and they come last.
        ([("a", "", {}), ("b", "", {}), ("d", "00:00", {})], [["d"], ["a"], ["b"]]),
        # What has not begun comes after what has.
        ([("a", "00:00", {}), ("d", "00:01 00:02", {})], [["d", "a"]]),
    ],
)
def test_what_belongs_together(
    executions: list[tuple[str, str, dict[str, Any]]], expected: list[list[str]]
) -> None:
    assert runs(*(execution(task, times, **more) for task, times, more in executions)) == expected


def test_triggers_are_named_as_in_the_file() -> None:
    assert run(execution("a", trigger="post_environment_start")).trigger == "postEnvironmentStart"
    assert run(execution("a", trigger="somebody")).trigger == "somebody"
    assert run(execution("a", trigger=None)).trigger is None


def test_times_are_compared_with_their_offsets() -> None:
    one = execution("a")
    one["metadata"] |= {
        "startedAt": "2026-03-02T09:30:00+02:00",
        "completedAt": "2026-03-02T07:30:01.500000001Z",
    }
    assert run(one).seconds == pytest.approx(1.500000001)


@pytest.mark.parametrize(
    ("started", "completed"),
    [
        ("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59.999999999-23:59"),
        ("2026-03-02T09:30:00Z", "2026-03-02T09:30:00Z"),
        # An end before the beginning is left out; a rule reports it.
        ("2026-03-02T09:30:00Z", "2026-03-02T09:29:00Z"),
        ("2026-02-30T09:30:00Z", "2026-03-02T09:29:00Z"),
    ],
)
def test_times_at_the_limits(started: str, completed: str) -> None:
    one = execution("a")
    one["metadata"] |= {"startedAt": started, "completedAt": completed}
    assert run(one).seconds >= 0


def test_an_execution_given_twice_counts_once() -> None:
    one = execution("a", "00:00 00:01 00:10")
    assert runs(one, one) == [["a"]]


def test_names_by_references_that_are_known() -> None:
    one = execution("a", "00:00")
    del one["spec"]
    assert run(one).bars[0].reference is None
    read = document(FILE)
    (made,) = timeline([one], read, references={uuid("a").upper(): "d"}).runs
    assert (made.bars[0].reference, made.bars[0].name) == ("d", "D")
    (made,) = timeline([one], read, references={uuid("a"): "gone"}).runs
    assert (made.bars[0].reference, made.bars[0].name) == (None, "gone")


def named(file: str, *steps: dict[str, Any]) -> list[str | None]:
    """The references that the steps of an execution have."""
    one = execution("a")
    for number, step in enumerate(steps):
        step["id"] = uuid(str(number))
        step["task"] = {"id": uuid(f"task {number}"), **step.get("task", {})}
    one["spec"]["plan"] = [{"steps": list(steps)}]
    return [step.reference for step in run(one, file=file).bars[0].steps]


def test_steps_have_the_names_of_items_or_their_commands() -> None:
    file = (
        "tasks:\n  a: {name: Same, command: x}\n  b: {name: Same, command: y}\n"
        "  c: {name: C, command: z}\n"
    )
    assert named(file, {"label": "a"}, {"label": "C"}, {"label": " C "}) == ["a", "c", "c"]
    assert named(file, {"label": "Same"}) == [None]
    assert named(file, {"label": "Same", "task": {"spec": {"command": "y\n"}}}) == ["b"]
    assert named(file, {"label": "Same", "task": {"spec": {"command": "z"}}}) == [None]
    assert named(file, {"label": "New", "task": {"spec": {"command": "z"}}}) == ["c"]
    assert named(file, {"label": "New"}, {}) == [None, None]


def test_a_service_is_not_a_task_of_the_same_name() -> None:
    file = "services:\n  a: {name: A, commands: {start: x}}\ntasks:\n  b: {name: B, command: y}\n"
    assert named(file, {"label": "A"}, {"label": "B"}) == [None, "b"]


def test_another_command_is_of_another_version() -> None:
    one = execution("a")
    step = one["spec"]["plan"][0]["steps"][0]
    step["task"]["spec"] = {"command": "x"}
    assert not run(one).bars[0].differs
    step["task"]["spec"] = {"command": "another"}
    assert run(one).bars[0].differs


def test_what_the_schema_rejects_is_left_out() -> None:
    one = execution("a", "00:00 00:01 00:10")
    one["metadata"]["startedAt"] = 7
    one["status"] = {"phase": "NEW"}
    (bar,) = run(one).bars
    assert (bar.started, bar.phase) == (None, None)
    assert [bar.name for bar in timeline([{}, {"id": 3}], document(FILE)).bars] == ["?", "?"]


def test_contradictions_are_findings_with_pointers() -> None:
    early = execution("b", "00:00 00:05 00:20", trigger="prebuild")
    made = timeline([execution("a", "00:00 00:01 00:10", trigger="x"), early], document(FILE))
    assert [(str(each.severity), each.rule, each.pointer) for each in made.findings] == [
        ("error", "started-too-early", "/taskExecutions/1/metadata/startedAt"),
        ("error", "trigger-mismatch", "/taskExecutions/1/metadata/startedBy"),
    ]
    (related,) = made.findings[0].related
    assert related == (None, "`a` ended then", "/taskExecutions/0/metadata/completedAt")
    assert made.findings[0].message == (
        "`b` needs `a` in the file (line 3), but began before `a` had ended"
    )


def as_planned(read: Document) -> list[dict[str, Any]]:
    """An execution of each task of a file, with its plan."""
    found = []
    for item in read.by_reference.values():
        if item.role == "task":
            spec = plan.to_json(plan.of_task(read, item.reference))
            (last,) = spec["plan"][-1]["steps"]
            metadata = {"taskId": last["task"]["id"], "startedAt": "2026-03-02T09:30:00Z"}
            found.append({"id": uuid(item.reference), "metadata": metadata, "spec": spec})
    return found


@given(files(acyclic=True))
def test_a_plan_of_the_file_agrees_with_it(text: str) -> None:
    read = document(text)
    made = timeline(as_planned(read), read)
    assert made.findings == ()
    assert {bar.reference for bar in made.bars} == {
        item.reference for item in read.by_reference.values() if item.role == "task"
    }


@needs_corpus
def test_plans_of_real_files_agree_with_them() -> None:
    seen = 0
    for name, accepted in verdicts().items():
        read = read_document((FOLDER / name).read_bytes()) if accepted else None
        if read is None or not graph.is_acyclic(read.graph):
            continue
        made = timeline(as_planned(read), read)
        # Two items may have the same name, and no command tells them apart.
        assert {each.rule for each in made.findings} <= {"unmatched-execution"}, name
        seen += len(made.bars)
    assert seen > 100


def test_what_no_document_contains() -> None:
    with pytest.raises(TypeError):
        timeline([b"x"], document(FILE))
    with pytest.raises(ValueError, match="more than 10 values"):
        timeline([execution("a")], document(FILE), limits=Limits(max_nodes=10))


def large(size: int) -> tuple[Document, list[dict[str, Any]]]:
    """A task that needs all others, one after another, and an execution with all of them."""
    text = "tasks:\n" + "".join(
        f"  t{n}: {{name: Same, command: x, dependsOn: [{f't{n - 1}' if n else ''}]}}\n"
        for n in range(size)
    )
    read = read_document(text)
    assert read is not None
    one = execution(f"t{size - 1}", "00:00 00:01", needs=tuple(f"t{n}" for n in range(size - 1)))
    return read, [one]


def test_many_executions_of_a_task_that_needs_many() -> None:
    names = [f"t{number}" for number in range(5000)]
    text = "tasks:\n" + "".join(f"  {name}: {{name: {name}, command: x}}\n" for name in names)
    text += f"  a: {{name: A, command: y, dependsOn: [{', '.join(names)}]}}\n"
    executions = [execution("a", "00:00 00:01", number=number) for number in range(2000)]
    begun = time.process_time()
    made = timeline(executions, document(text))
    assert len(made.bars) == 2000
    assert 1000 < len(made.findings) < 100_000
    assert time.process_time() - begun < 60


def test_takes_time_nearly_linear() -> None:
    times = []
    for size in (500, 4000):
        read, executions = large(size)
        begun = time.process_time()
        (made,) = timeline(executions, read).runs
        times.append(time.process_time() - begun)
        assert len(made.bars[0].steps) == size
    assert times[1] < 60 * times[0]


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcd"),
            st.tuples(*[st.sampled_from(["-", "00:00", "00:01", "00:02", "05:00"])] * 3),
            st.sampled_from(["SUCCEEDED", "RUNNING", "PENDING", "UNSPECIFIED"]),
        ),
        max_size=8,
    )
)
def test_any_executions(some: list[tuple[str, tuple[str, ...], str]]) -> None:
    executions = [
        execution(task, " ".join(times), number=number, phase=phase)
        for number, (task, times, phase) in enumerate(some)
    ]
    made = timeline(executions, document(FILE))
    assert len(made.bars) == len(executions)
    for each in made.runs:
        assert each.seconds >= 0
        assert set(each.critical_path) <= set(range(len(each.bars)))
        assert all(bar.slack is None or bar.slack >= 0 for bar in each.bars)
