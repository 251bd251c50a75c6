"""What is lost when a task or a service fails."""

from __future__ import annotations

import networkx
import pytest
from hypothesis import given

from tests.checkout import ROOT
from tests.plans import directed, document, files
from validator.model import plan
from validator.model.failure import blast_radius, loss_in

EXPLAINED = document((ROOT / "fixtures" / "plan" / "explained.yaml").read_text())


def summary(reference: str) -> list[tuple[str | None, list[str], list[str], str | None]]:
    return [
        (
            loss.plan.trigger,
            [step.reference for step in loss.lost],
            [step.reference for step in loss.left],
            loss.prebuild,
        )
        for loss in blast_radius(EXPLAINED, reference).losses
    ]


def test_what_depends_on_it_is_lost() -> None:
    assert summary("index") == [
        ("prebuild", [], ["cache", "search", "fetch", "load"], "fails"),
        ("beforeSnapshot", ["report"], ["cache", "search", "fetch", "load"], "fails"),
        ("manual", ["report"], ["cache", "search", "fetch", "load"], None),
    ]


def test_what_a_prebuild_does_if_a_lost_task_is_required_is_not_documented() -> None:
    assert summary("fetch") == [
        ("prebuild", ["load", "index"], ["cache", "search"], None),
        ("beforeSnapshot", ["load", "index", "report"], ["cache", "search"], None),
        ("manual", ["load", "index", "report"], ["cache", "search"], None),
    ]
    assert summary("report")[0] == (
        "beforeSnapshot",
        [],
        ["cache", "search", "fetch", "load", "index"],
        "warns",
    )


def test_what_nothing_triggers_is_in_no_plan() -> None:
    found = blast_radius(EXPLAINED, "lonely")
    assert (found.automation.reference, found.dependents, found.losses) == ("lonely", (), ())


def test_a_plan_without_it_loses_nothing() -> None:
    assert loss_in(plan.of_trigger(EXPLAINED, "prebuild"), "clean") is None
    loss = loss_in(plan.of_task(EXPLAINED, "load"), "fetch")
    assert loss is not None
    assert [step.reference for step in loss.lost] == ["load"]
    assert loss.prebuild is None


def test_what_never_runs_is_neither_lost_nor_left() -> None:
    read = document(
        "tasks:\n"
        "  a: {name: A, command: x, triggeredBy: [manual]}\n"
        "  b: {name: B, command: x, dependsOn: [a], triggeredBy: [manual]}\n"
        "  c: {name: C, command: x, dependsOn: [a, d], triggeredBy: [manual]}\n"
        "  d: {name: D, command: x, dependsOn: [c]}\n"
    )
    (loss,) = blast_radius(read, "a").losses
    assert [step.reference for step in loss.lost] == ["b"]
    assert loss.left == ()
    assert blast_radius(read, "c").losses == ()


def test_an_unknown_reference_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        blast_radius(EXPLAINED, "missing")


@given(files(acyclic=True))
def test_networkx_finds_the_same(text: str) -> None:
    read = document(text)
    whole = directed(read)
    for reference in read.by_reference:
        found = blast_radius(read, reference)
        above = networkx.ancestors(whole, reference)
        assert set(found.dependents) == above
        assert [each.plan for each in found.losses] == [
            made
            for made in plan.of_document(read)
            if reference in [step.reference for step in made.steps]
        ]
        for loss in found.losses:
            steps = {step.reference for step in loss.plan.steps}
            assert {step.reference for step in loss.lost} == above & steps
            assert {step.reference for step in loss.left} == steps - above - {reference}
