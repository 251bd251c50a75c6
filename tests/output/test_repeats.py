"""Repeated findings: shown once as text, but individually in formats for programs."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from validator import check_text, output
from validator.report import Report, Totals

TASK = "  {}:\n    name: x\n    command: x\n    triggeredBy: [manual]\n"


def written(format_: str, report: Report, width: int = 100) -> str:
    pieces: list[str] = []
    made = output.create(format_, pieces.append, color=False, width=width)
    totals = Totals()
    totals.add(report)
    made.report(report)
    made.finish(totals)
    return "".join(pieces)


def file(fields: list[str]) -> str:
    """A file with a task `t0`, `t1`, … for each of the fields."""
    tasks = (TASK.format(f"t{at}") + f"    {field}\n" for at, field in enumerate(fields))
    return "tasks:\n" + "".join(tasks)


def test_one_wrong_field_in_many_tasks_is_shown_once_with_its_places() -> None:
    report = check_text(file(["descripton: x"] * 3), path="a.yaml")
    assert len(report.findings) == 3
    assert written("text", report) == (
        "a.yaml:6:5: error[unknown-field]: [*] `descripton` is not a field of a task\n"
        "6 |     descripton: x\n"
        "  |     ^^^^^^^^^^\n"
        "  = help: did you mean `description`?\n"
        "  = the same at 11:5 and 16:5\n"
        "\n"
        "Found 3 errors (2 repeated) in 1 file."
    ) + ending(report)


def ending(report: Report) -> str:
    """The end of the summary, which is about fixes."""
    safe, unsafe = report.counts.fixable, report.counts.unsafely_fixable
    if safe:
        return f"\n[*] {safe} fixable with `--fix`.\n"
    return f"\n{unsafe} fixable with `--fix --unsafe-fixes`.\n" if unsafe else "\n"


def test_what_differs_only_by_the_name_of_the_item_is_the_same_and_named() -> None:
    text = "tasks:\n  a: {name: x}\n  b-c: {name: x}\n  d: {command: x}\n"
    shown = written("text", check_text(text, path="a.yaml"))
    assert "= the same at 3:3 (`b-c`)\n" in shown
    assert "a.yaml:4:3: error[missing-field]" in shown


@pytest.mark.parametrize(
    "fields",
    [
        ["xxxx: 1", "yyyy: 1"],
        ["description: [x]", "description: {x: x}"],
        ["description: a\n    description: b", "description: a\n    description: b"],
    ],
    ids=["other fields", "other values", "related places"],
)
def test_what_says_something_else_is_shown_by_itself(fields: list[str]) -> None:
    report = check_text(file(fields), path="a.yaml")
    assert len({finding.place for finding in report.findings}) >= 2
    shown = written("text", report)
    assert "the same" not in shown
    assert " repeated)" not in shown


@pytest.mark.parametrize("format_", ["concise", "github", "gitlab", "junit", "sarif", "json"])
def test_what_programs_read_has_each_finding(format_: str) -> None:
    report = check_text(file(["descripton: x"] * 3), path="a.yaml")
    shown = written(format_, report)
    assert shown.count("did you mean `description`?") >= 3
    if format_ == "json":
        (found,) = json.loads(shown)["files"]
        assert [each["place"]["start"]["line"] for each in found["findings"]] == [6, 11, 16]


def test_of_many_places_the_first_are_shown_and_how_many_more_there_are() -> None:
    report = check_text(file(["descripton: x"] * 1000), path="a.yaml")
    shown = written("text", report)
    assert (
        "= the same at 11:5, 16:5, 21:5, 26:5, 31:5, 36:5, 41:5, 46:5, 51:5, 56:5 and 989 more\n"
        in (shown)
    )
    assert "Found 1,000 errors (999 repeated) in 1 file." in shown
    assert written("concise", report).count("`descripton`") == 1000


def test_the_places_fit_into_a_narrow_terminal() -> None:
    shown = written("text", check_text(file(["descripton: x"] * 9), path="a.yaml"), width=40)
    assert max(map(len, shown.splitlines()[:-2])) <= 40
    words = shown.replace(",", " ").split()
    assert [f"{line}:5" in words for line in range(11, 50, 5)] == [True] * 8


@pytest.mark.parametrize(
    "text",
    [
        lambda count: (
            "tasks:\n" + "".join(f"  t{at}: {{name: x, command: x}}\n" for at in range(count))
        ),
        lambda count: "".join(f"field{at}: 1\n" for at in range(count)),
    ],
    ids=["never-triggered", "other-format"],
)
@pytest.mark.parametrize(("count", "left"), [(12, "1 more place"), (50, "39 more places")])
def test_the_number_of_further_places_is_that_of_all(
    text: Callable[[int], str], count: int, left: str
) -> None:
    report = check_text(text(count), path="a.yaml")
    assert len(report.findings[0].related) == count - 1
    assert f"= and {left}\n" in written("text", report)


def test_a_reference_forges_no_line() -> None:
    text = 'tasks:\n  a: {name: x}\n  "b\\n::error::\\e[31m": {name: x, command: 1}\n'
    text += '  "c\\n::error::\\e[31m": {name: x}\n'
    for line in written("text", check_text(text, path="a.yaml")).splitlines():
        assert not line.lstrip().startswith("::")
        assert "\033" not in line
