import networkx
import pytest
from hypothesis import given, settings

from tests import oracle, schemas
from tests.corpus import FOLDER, needs_corpus, verdicts
from tests.plans import (
    TRIGGERS,
    check_against_networkx,
    dense,
    directed,
    document,
    files,
    sparse,
    text,
)
from tests.work import lines_run
from validator import read_document
from validator.drawing.plans import plan_json, plan_mermaid, plan_text
from validator.model import automations, plan
from validator.model.plan import Plan

SHOP = """\
services:
  db:
    name: Database
    commands: {start: postgres -D data, ready: pg_isready}
    triggeredBy: [postDevcontainerStart]
tasks:
  migrate:
    name: Migrate
    command: ./migrate.sh
    dependsOn: [db, install]
    triggeredBy: [postDevcontainerStart]
  install:
    name: Install
    command: npm ci
    runs_on: {docker: {image: node, environment: [CI=1]}, machine: }
    triggeredBy: [prebuild]
    prebuildRequiresSuccess: yes
  warm-up:
    name: Warm up
    command: ./warm-up.sh
    dependsOn: [install]
    triggeredBy: [before_snapshot]
    runsOn: {}
"""


def names(made: Plan) -> list[list[str]]:
    return [[step.reference for step in group.steps] for group in made.groups]


def test_groups_of_a_trigger() -> None:
    made = plan.of_trigger(document(SHOP), "postDevcontainerStart")
    assert (made.trigger, made.task) == ("postDevcontainerStart", None)
    assert names(made) == [["db", "install"], ["migrate"]]
    db, install, migrate = made.steps
    assert (db.pulled_in_by, install.pulled_in_by, migrate.pulled_in_by) == (None, "migrate", None)
    assert (db.needed_by, db.needs) == (("migrate",), ())
    assert migrate.needs == ("db", "install")


def test_groups_of_a_task() -> None:
    made = plan.of_task(document(SHOP), "warm-up")
    assert (made.trigger, made.task) == (None, "warm-up")
    assert names(made) == [["install"], ["warm-up"]]
    assert [step.pulled_in_by for step in made.steps] == ["warm-up", None]
    assert names(plan.of_task(document(SHOP), "db")) == [["db"]]


def test_the_plans_of_a_document_come_in_the_order_of_life() -> None:
    found = plan.of_document(document(SHOP))
    assert [made.trigger for made in found] == [
        "prebuild",
        "beforeSnapshot",
        "postDevcontainerStart",
    ]
    assert plan.of_document(document("tasks:\n")) == ()


def test_life_has_every_trigger() -> None:
    assert sorted(TRIGGERS) == sorted(automations.TRIGGERS)
    assert [phase.trigger for phase in plan.LIFE if not phase.user_secrets] == TRIGGERS[:2]


def test_a_step_runs_as_early_as_the_longest_chain_below_it_allows() -> None:
    needs = {"a": ["b", "d"], "b": ["c"], "c": ["d"], "d": [], "e": ["d"]}
    read = document(text(needs, {"a": ["manual"], "e": ["manual"]}))
    assert names(plan.of_trigger(read, "manual")) == [["d"], ["c", "e"], ["b"], ["a"]]


def test_what_fires_is_not_pulled_in_even_if_something_needs_it() -> None:
    read = document(text({"a": ["b"], "b": []}, {"a": ["manual"], "b": ["manual"]}))
    assert {step.pulled_in_by for step in plan.of_trigger(read, "manual").steps} == {None}


def test_what_pulls_in_is_on_a_shortest_way() -> None:
    needs = {"a": ["b", "c"], "b": ["c"], "c": ["d"], "d": []}
    made = plan.of_trigger(document(text(needs, {"a": ["manual"]})), "manual")
    assert {step.reference: step.pulled_in_by for step in made.steps} == {
        "a": None,
        "b": "a",
        "c": "a",
        "d": "c",
    }


def test_a_cycle_and_what_waits_for_it_have_no_place() -> None:
    needs = {"a": ["b"], "b": ["c"], "c": ["b", "d"], "d": [], "e": ["e"], "f": ["d"]}
    made = plan.of_trigger(document(text(needs, {n: ["manual"] for n in "aef"})), "manual")
    assert names(made) == [["d"], ["f"]]
    assert [step.reference for step in made.unordered] == ["a", "b", "c", "e"]
    assert made.unordered[3].needs == made.unordered[3].needed_by == ("e",)


def test_unknown_dependencies_are_named_and_not_waited_for() -> None:
    made = plan.of_trigger(document(text({"a": ["x", "b"], "b": []}, {"a": ["manual"]})), "manual")
    assert names(made) == [["b"], ["a"]]
    assert [dependency.reference for dependency in made.unknown] == ["x"]


def test_of_a_repeated_reference_the_first_counts() -> None:
    read = document(
        "services: {a: {name: A, triggeredBy: [manual]}}\ntasks: {a: {name: A, command: x}}\n"
    )
    (step,) = plan.of_trigger(read, "manual").steps
    assert step.automation.role == "service"


def test_what_there_is_not() -> None:
    with pytest.raises(ValueError, match="unknown trigger start"):
        plan.of_trigger(document(SHOP), "start")
    with pytest.raises(KeyError, match="instal"):
        plan.of_task(document(SHOP), "instal")


def test_what_can_not_be_read_has_no_model() -> None:
    for unreadable in ("", "tasks: [", b"\xff\xfe\x00", b" " * 6_000_000):
        assert read_document(unreadable) is None


@settings(max_examples=100, deadline=None)
@given(files(acyclic=True))
def test_plans_are_what_networkx_says(written: str) -> None:
    for trigger in TRIGGERS:
        check_against_networkx(document(written), trigger)


@settings(max_examples=100, deadline=None)
@given(files(acyclic=False))
def test_cyclic_plans_leave_out_what_no_order_has(written: str) -> None:
    read = document(written)
    graph = directed(read)
    cyclic = {n for c in networkx.strongly_connected_components(graph) if len(c) > 1 for n in c}
    cyclic |= set(networkx.nodes_with_selfloops(graph))
    held_up = cyclic.union(*(networkx.ancestors(graph, name) for name in cyclic))
    for trigger in TRIGGERS:
        made = plan.of_trigger(read, trigger)
        fired = [each.reference for each in read.automations if each.has_trigger(trigger)]
        wanted = set(fired).union(*(networkx.descendants(graph, name) for name in fired))
        assert {step.reference for step in made.unordered} == wanted & held_up
        assert sorted(step.reference for step in made.steps) == sorted(wanted - held_up)
        unknown = [
            d
            for n in read.by_reference
            for d in read.by_reference[n].dependencies
            if n in wanted and d.reference == "missing"
        ]
        assert sorted(d.pointer for d in made.unknown) == sorted(d.pointer for d in unknown)


def check_json(made: Plan) -> None:
    """Check the JSON of a plan against our schema, the platform's contract, and the plan itself."""
    spec = plan.to_json(made)
    execution = {"id": "3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11", "spec": spec}
    assert schemas.accepts("task-execution", execution)
    assert oracle.accepts("task-execution", execution)
    seen: set[str] = set()
    for group, written in zip(made.groups, spec["plan"], strict=True):
        assert [len(step.needs) for step in group.steps] == [
            len(step.get("dependsOn", ())) for step in written["steps"]
        ]
        assert seen.issuperset(
            need for step in written["steps"] for need in step.get("dependsOn", ())
        )
        ids = {step["id"] for step in written["steps"]}
        assert len(ids) == len(written["steps"])
        assert not ids & seen
        seen |= ids


def test_json_is_what_the_api_sends() -> None:
    assert plan.to_json(plan.of_trigger(document(SHOP), "postDevcontainerStart")) == {
        "plan": [
            {
                "steps": [
                    {
                        "id": "8a5e8ff6-bdf9-5dc4-869d-97dc609bdb93",
                        "label": "Database",
                        "serviceId": "e1701a96-af80-54bd-b2ec-58d1bad1d49b",
                    },
                    {
                        "id": "91801804-2442-5e89-bd1c-e1a03a5d3c7a",
                        "label": "Install",
                        "task": {
                            "id": "4e68c3f0-09db-51ae-8213-ad69ed461eb0",
                            "spec": {
                                "command": "npm ci",
                                "runsOn": {"docker": {"image": "node", "environment": ["CI=1"]}},
                                "prebuildRequiresSuccess": True,
                            },
                        },
                    },
                ]
            },
            {
                "steps": [
                    {
                        "id": "406fb969-bf88-501f-93dc-77c0f38c1bae",
                        "dependsOn": [
                            "8a5e8ff6-bdf9-5dc4-869d-97dc609bdb93",
                            "91801804-2442-5e89-bd1c-e1a03a5d3c7a",
                        ],
                        "label": "Migrate",
                        "task": {
                            "id": "3fe30c4a-25dc-571f-aa1e-31aa61836454",
                            "spec": {"command": "./migrate.sh"},
                        },
                    }
                ]
            },
        ]
    }


def test_ids_are_the_same_in_every_plan() -> None:
    read = document(SHOP)
    ids = {
        step["task"]["id"]: step["id"]
        for made in (plan.of_trigger(read, "prebuild"), plan.of_task(read, "warm-up"))
        for group in plan.to_json(made)["plan"]
        for step in group["steps"]
    }
    assert len(ids) == 2


@settings(max_examples=25, deadline=None)
@given(files(acyclic=False))
def test_the_platform_reads_the_json(written: str) -> None:
    for made in plan.of_document(document(written)):
        if not made.unordered and not made.unknown:
            check_json(made)


@needs_corpus
@pytest.mark.parametrize("name", [name for name, accepted in verdicts().items() if accepted])
def test_plans_of_real_files_are_what_networkx_says(name: str) -> None:
    read = read_document((FOLDER / name).read_bytes())
    for trigger in TRIGGERS if read else []:
        assert read is not None
        check_against_networkx(read, trigger)
        check_json(plan.of_trigger(read, trigger))


def work(read: automations.Document) -> int:
    """The number of lines of Python run to plan and draw a document's triggers."""

    def all_of_it() -> None:
        plans = plan.of_document(read)
        for lines in (
            plan_json.draw(plans),
            plan_mermaid.draw(plans),
            plan_text.draw(plans, read, color=False, width=100),
        ):
            assert sum(map(len, lines)) > len(plans)

    return lines_run(all_of_it)


@pytest.mark.parametrize("cyclic", [False, True])
def test_work_grows_with_the_tasks(cyclic: bool) -> None:
    once, twice = (work(document(sparse(size, cyclic=cyclic))) for size in (1000, 2000))
    assert 0 < twice < 2.3 * once


@pytest.mark.parametrize("cyclic", [False, True])
def test_work_grows_with_the_dependencies(cyclic: bool) -> None:
    # Twice the tasks are four times the dependencies.
    once, twice = (work(document(dense(size, cyclic=cyclic))) for size in (60, 120))
    assert 0 < twice < 4.5 * once


def test_a_long_chain() -> None:
    names_ = [f"t{number}" for number in range(2000)]
    chain = {name: names_[index + 1 : index + 2] for index, name in enumerate(names_)}
    made = plan.of_trigger(document(text(chain, {"t0": ["manual"]})), "manual")
    assert names(made) == [[name] for name in reversed(names_)]
