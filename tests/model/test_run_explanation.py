"""Explanations of runs: what starts an automation, what it waits for, and when it does not run."""

from __future__ import annotations

from itertools import chain, pairwise

import networkx
import pytest
from hypothesis import given

from tests.checkout import ROOT
from tests.plans import directed, document, files
from validator import check_text
from validator.model import plan
from validator.model.run_explanation import Explainer, explain_run
from validator.model.settings import settings
from validator.sentences.run import brief, sections

EXPLAINED = document((ROOT / "fixtures" / "plan" / "explained.yaml").read_text())


def with_triggers(*triggers: str) -> str:
    return f"tasks:\n  a: {{name: A, command: x, triggeredBy: [{', '.join(triggers)}]}}\n"


@pytest.mark.parametrize(
    ("triggers", "runs"),
    [
        ((), [False, False, False, False]),
        (("manual",), [False, False, False, False]),
        (("prebuild",), [True, False, False, False]),
        (("beforeSnapshot",), [True, False, False, False]),
        (("postDevcontainerStart",), [False, True, False, True]),
        (("postEnvironmentStart",), [None, True, True, False]),
        (("postMachineStart",), [None, True, None, False]),
        (("prebuild", "postDevcontainerStart"), [True, True, False, True]),
        (("postDevcontainerStart", "postEnvironmentStart"), [None, True, True, True]),
        (("postMachineStart", "postEnvironmentStart"), [None, True, True, False]),
    ],
)
def test_the_occasions_follow_from_the_triggers(
    triggers: tuple[str, ...], runs: list[bool | None]
) -> None:
    """As documented: where it is not, None."""
    explained = explain_run(document(with_triggers(*triggers)), "a")
    assert [each.name for each in explained.occasions] == [
        *("prebuild", "first-start", "resume", "rebuild")
    ]
    assert [each.runs for each in explained.occasions] == runs
    assert [each.trigger for each in explained.starts] == sorted(
        triggers, key=[phase.trigger for phase in plan.LIFE].index
    )


def test_what_starts_it_through_whom() -> None:
    explained = explain_run(EXPLAINED, "fetch")
    assert [each[:3] for each in explained.starts] == [
        ("prebuild", ("index", "load"), ("load",)),
        ("beforeSnapshot", ("report", "index", "load"), ("load",)),
        ("manual", ("report", "index", "load"), ("load",)),
    ]
    assert [each.user_secrets for each in explained.starts] == [False, False, True]
    assert explain_run(EXPLAINED, "index").starts[0][:3] == ("prebuild", (), ())


def test_what_is_started_by_hand_starts_it_too() -> None:
    read = document(
        "tasks:\n"
        "  a: {name: A, command: x, triggeredBy: [prebuild]}\n"
        "  b: {name: B, command: x, dependsOn: [a], triggeredBy: [prebuild]}\n"
        "  c: {name: C, command: x, dependsOn: [a]}\n"
        "  d: {name: D, command: x, dependsOn: [c]}\n"
    )
    assert [explain_run(read, name).by_hand for name in "abcd"] == [("c",), (), ("d",), ()]


def test_what_must_be_there_first() -> None:
    explained = explain_run(EXPLAINED, "index")
    assert [(each.reference, each.until, each.direct) for each in explained.needs] == [
        ("load", "ended", True),
        ("search", "ready", True),
        ("fetch", "ended", False),
        ("cache", "started", False),
    ]
    assert explained.unknown == ()
    assert not explained.never_runs


@pytest.mark.parametrize(
    ("ready", "has_one"),
    [("x", True), ('""', False), ('" "', False), ('"\\n"', False), ("~", False)],
)
def test_a_ready_of_whitespace_is_none_for_explanations_changes_and_rules(
    ready: str, has_one: bool
) -> None:
    text = (
        f"services:\n  s: {{name: S, commands: {{start: x, ready: {ready}}}}}\n"
        "tasks:\n  t: {name: T, command: x, dependsOn: [s]}\n"
    )
    read = document(text)
    (need,) = explain_run(read, "t").needs
    assert need.until == ("ready" if has_one else "started")
    assert ("ready" in settings(read.by_reference["s"])) == has_one
    assert ("ready-missing" in [each.rule for each in check_text(text).findings]) != has_one


def test_only_services_are_waited_for_until_they_are_ready() -> None:
    read = document(
        "tasks:\n"
        "  a: {name: A, command: x, commands: {start: x, ready: x}, triggeredBy: [prebuild]}\n"
    )
    said = "".join(chain(*sections(explain_run(read, "a"))[0].sentences))
    assert said.startswith("During a prebuild")
    assert "ready" not in said


@pytest.mark.parametrize(
    ("reference", "place"),
    [
        ("fetch", ("devcontainer", None)),
        ("lonely", ("docker", "node:22")),
        ("clean", ("machine", None)),
    ],
)
def test_where_it_runs(reference: str, place: tuple[str, str | None]) -> None:
    explained = explain_run(EXPLAINED, reference)
    assert (explained.place, explained.image) == place


@pytest.mark.parametrize(
    ("reference", "outcome"),
    [
        ("index", "fails"),
        ("report", "warns"),
        # `index` requires success and does not run then: what that means is not documented.
        ("fetch", None),
        ("cache", None),
        ("clean", None),
    ],
)
def test_what_a_prebuild_does_when_it_fails(reference: str, outcome: str | None) -> None:
    assert explain_run(EXPLAINED, reference).prebuild_failure == outcome


def test_a_cycle_and_an_unknown_reference() -> None:
    read = document(
        "tasks:\n"
        "  a: {name: A, command: x, dependsOn: [b, missing, missing]}\n"
        "  b: {name: B, command: x, dependsOn: [c]}\n"
        "  c: {name: C, command: x, dependsOn: [b]}\n"
        "  d: {name: D, command: x, dependsOn: [d]}\n"
        "  e: {name: E, command: x}\n"
    )
    explained = [explain_run(read, reference) for reference in read.by_reference]
    assert [each.never_runs for each in explained] == [True, True, True, True, False]
    assert explained[0].unknown == ("missing",)
    assert explained[3].needs == ()
    assert explained[1].dependents == ("a", "c")


def test_what_never_runs_runs_on_no_occasion_and_fails_no_prebuild() -> None:
    read = document(
        "tasks:\n"
        "  a: {name: A, command: x, dependsOn: [b], triggeredBy: [prebuild]}\n"
        "  b: {name: B, command: x, dependsOn: [a]}\n"
    )
    explained = explain_run(read, "a")
    assert [(each.runs, each.triggers) for each in explained.occasions] == [(False, ())] * 4
    assert explained.prebuild_failure is None


@pytest.mark.parametrize(
    "other",
    [
        "[]",
        "{triggeredBy: [startup]}",
        "{triggeredBy: manual}",
        "{name: B, command: x}\nservices: {a: {name: A, triggeredBy: [prebuild]}}",
    ],
)
def test_what_can_not_be_read_leaves_it_incomplete(other: str) -> None:
    read = document(f"tasks:\n  a: {{name: A, command: x}}\n  b: {other}\n")
    assert not explain_run(read, "a").complete


def test_more_may_start_what_something_started_by_hand_needs() -> None:
    read = document(
        "tasks:\n"
        "  a: {name: A, command: x}\n"
        "  b: {name: B, command: x, dependsOn: [a], triggeredBy: [startup]}\n"
    )
    assert ["".join(each) for each in brief(explain_run(read, "a"))] == [
        "It runs from the command line, when somebody starts something that needs it: b.",
        "Something in the file can't be read, so more may start it.",
    ]


def test_nothing_follows_from_what_something_with_errors_lacks() -> None:
    read = document(
        "services:\n"
        "  s: {name: S, commands: {start: x}, ready: x}\n"
        "  z: {name: Z, commands: {start: x}, raedy: x}\n"
        "tasks:\n"
        "  d: {name: D, command: x, dependsOn: [s, z]}\n"
        "  a: {name: A, command: x, dependsOn: [s], triggeredBy: [prebuild], runsOn: machine}\n"
        "  b: {name: B, command: x, triggeredBy: [prebuild], prebuildRequiresSuccess: 'true'}\n"
        "  c: {command: x, triggeredBy: [prebuild], prebuildRequiresSuccess: true, "
        "runsOn: {machine: {}}}\n"
    )
    parts = {name: sections(explain_run(read, name)) for name in "sabcd"}
    said = {
        name: "".join(chain(*chain.from_iterable(each.sentences for each in found)))
        for name, found in parts.items()
    }
    unknown = "It has errors, so it is not known "
    assert f"{unknown}where it runs." in said["s"]
    assert f"{unknown}where it runs." in said["a"]
    assert "it has errors, so it is not known whether it has a ready command." in said["a"]
    assert "they have errors, so it is not known whether each of them has a ready" in said["d"]
    assert f"{unknown}whether a prebuild fails if it does." in said["b"]
    assert unknown not in said["c"]


def test_an_unknown_reference_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        explain_run(EXPLAINED, "missing")


@given(files(acyclic=True))
def test_starts_and_needs_agree_with_the_plans(text: str) -> None:
    read = document(text)
    whole = directed(read)
    explainer = Explainer(read)
    for reference in read.by_reference:
        explained = explainer.explain(reference)
        assert explained == explain_run(read, reference)
        plans = [each for each in plan.of_document(read) if reference in _references(each)]
        assert [each.trigger for each in explained.starts] == [each.trigger for each in plans]
        for start, made in zip(explained.starts, plans, strict=True):
            (step,) = [each for each in made.steps if each.reference == reference]
            assert set(start.needed_by) == set(step.needed_by)
            fired = [each for each in read.automations if each.has_trigger(start.trigger)]
            lengths = [
                networkx.shortest_path_length(whole, each.reference, reference)
                for each in fired
                if networkx.has_path(whole, each.reference, reference)
            ]
            assert len(start.path) == min(lengths)
            for one, next_ in pairwise([*start.path, reference]):
                assert whole.has_edge(one, next_)
        needs = [each.reference for each in explained.needs]
        assert sorted(needs) == sorted(networkx.descendants(whole, reference))
        assert set(explained.dependents) == networkx.ancestors(whole, reference)
        assert {each.reference for each in explained.needs if each.direct} == set(whole[reference])
        direct = explainer.explain(reference, only_direct=True)
        assert all(each.direct for each in direct.needs)
        assert set(direct.dependents) == set(whole.predecessors(reference))


def _references(made: plan.Plan) -> list[str]:
    return [step.reference for step in made.steps]
