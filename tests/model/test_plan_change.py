"""What a change of a file does to its plans."""

import json
import random
import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plans import TRIGGERS, dense, document, files, sparse, text
from tests.work import lines_run
from validator.model.plan import of_trigger
from validator.model.plan_change import ItemChange, PlanChange, compare_plans

SHOP = """\
services:
  db:
    name: Database
    commands: {start: postgres -D data, ready: pg_isready}
    triggeredBy: [postDevcontainerStart]
tasks:
  install:
    name: Install
    command: npm ci
    triggeredBy: [prebuild]
  build:
    name: Build
    command: npm run build
    dependsOn: [install]
    triggeredBy: [prebuild]
  migrate:
    name: Migrate
    command: npm run migrate
    dependsOn: [db, build]
    triggeredBy: [postDevcontainerStart]
"""


def compared(old: str, new: str) -> PlanChange:
    return compare_plans(document(old), document(new))


def of_shop(*changes: tuple[str, str]) -> dict[str, ItemChange]:
    """What changes in the shop when parts of its text do, by the newest reference."""
    new = SHOP
    for before, after in changes:
        assert new.count(before) == 1, before
        new = new.replace(before, after)
    return {item.newest.reference: item for item in compared(SHOP, new).items}


def renamed(written: str, old: str, new: str) -> str:
    return re.sub(rf"\b{old}\b", new, written)


SAME = {
    "order": yaml.safe_dump(yaml.safe_load(SHOP), sort_keys=True),
    "flow": yaml.safe_dump(yaml.safe_load(SHOP), default_flow_style=True),
    "quotes and comments": SHOP.replace("npm ci", '"npm ci" # all of them'),
    "a block": SHOP.replace("npm ci", "|\n      npm ci\n"),
    "another block": SHOP.replace("npm ci", "|+\n      npm ci\n\n\n"),
    "names": SHOP.replace("name: Install", "name: Install packages\n    description: All"),
    "the other spelling": SHOP.replace("dependsOn", "depends_on").replace(
        "[postDevcontainerStart]", "[post_devcontainer_start]"
    ),
    "anchors": SHOP.replace("[prebuild]", "&p [prebuild]", 1).replace("[prebuild]\n  m", "*p\n  m"),
    "line ends": SHOP.replace("\n", "\r\n"),
    "JSON": json.dumps(yaml.safe_load(SHOP)),
    "twice the same": SHOP.replace("[install]", "[install, install]"),
    "null": SHOP.replace("npm ci", "npm ci\n    runsOn:\n    prebuildRequiresSuccess: false"),
    "the role of the editor": SHOP.replace("name: Database", "name: Database\n    role: editor"),
    "implied": SHOP.replace("[db, build]", "[db, build, install]"),
}


@pytest.mark.parametrize("name", SAME)
def test_what_changes_no_plan(name: str) -> None:
    assert SAME[name] != SHOP
    assert compared(SHOP, SAME[name]) == PlanChange(())
    assert compared(SAME[name], SHOP).keeps_plan


def test_added_and_gone() -> None:
    lint = "\n  lint: {name: Lint, command: x, dependsOn: [install], triggeredBy: [prebuild]}\n"
    change = compared(SHOP, SHOP + lint)
    (item,) = change.items
    assert (item.kind, item.old, item.aspects) == ("added", None, ())
    assert item.new is not None
    assert item.new.reference == "lint"
    assert (item.new.needs, item.new.group) == (("install",), 2)
    assert item.without_user_secrets
    assert not item.waits_longer
    assert not change.keeps_plan
    (back,) = compared(SHOP + lint, SHOP).items
    assert (back.kind, back.old, back.new) == ("gone", item.new, None)
    assert not back.without_user_secrets
    assert not back.not_on_resume


def test_another_trigger() -> None:
    found = of_shop(("[postDevcontainerStart]\ntasks", "[postEnvironmentStart]\ntasks"))
    db = found.pop("db")
    assert found == {}
    assert (db.kind, db.aspects) == ("changed", ("triggers",))
    assert db.every_start
    assert not db.not_on_resume
    assert db.old is not None
    assert db.new is not None
    assert [run.trigger for run in db.old.runs] == ["postDevcontainerStart"]
    # `migrate` still pulls it in.
    assert [(run.trigger, run.pulled_in_by) for run in db.new.runs] == [
        ("postEnvironmentStart", None),
        ("postDevcontainerStart", "migrate"),
    ]


def test_what_is_not_started_on_resume_any_more() -> None:
    new = SHOP.replace("[postDevcontainerStart]\ntasks", "[postEnvironmentStart]\ntasks")
    (item,) = compared(new, SHOP).items
    assert item.not_on_resume
    assert not item.every_start
    # It is not documented whether the machine is started then.
    (item,) = compared(
        new, SHOP.replace("[postDevcontainerStart]\nt", "[postMachineStart]\nt")
    ).items
    assert not item.not_on_resume


def test_what_is_pulled_in_follows() -> None:
    found = of_shop(("[install]\n    triggeredBy: [prebuild]", "[install]"))
    assert list(found) == ["build"]
    found = of_shop(("[db, build]", "[db]"))
    assert {name: item.aspects for name, item in found.items()} == {
        "install": ("triggers",),
        "build": ("triggers",),
        "migrate": ("dependencies", "group"),
    }
    assert found["migrate"].released == ("build",)
    assert found["migrate"].awaited == ()
    assert not found["migrate"].waits_longer


def test_what_waits_longer() -> None:
    found = of_shop(
        ("    command: npm ci\n", "    command: npm ci\n    dependsOn: [tools]\n"),
        ("\ntasks:\n", "\ntasks:\n  tools: {name: Tools, command: x}\n"),
    )
    assert {name: (item.kind, item.aspects) for name, item in found.items()} == {
        "tools": ("added", ()),
        "install": ("changed", ("dependencies", "group")),
        "build": ("changed", ("group",)),
        "migrate": ("changed", ("group",)),
    }
    assert found["install"].awaited == ("tools",)
    assert all(item.waits_longer for name, item in found.items() if name != "tools")


def test_a_dependency_in_place_of_a_longer_path() -> None:
    found = of_shop(("dependsOn: [db, build]", "dependsOn: [db, install]"))
    assert found["migrate"].released == ("build",)
    assert found["migrate"].awaited == ()
    assert not found["migrate"].waits_longer


@pytest.mark.parametrize(
    ("before", "after", "aspects"),
    [
        ("command: npm ci", "command: npm install", ("command",)),
        ("ready: pg_isready", "ready: pg_isready -q", ("ready",)),
        (", ready: pg_isready", "", ("ready",)),
        (", ready: pg_isready", ', ready: ""', ("ready",)),
        ("start: postgres -D data", "start: postgres", ("start",)),
        ("ready: pg_isready", "ready: pg_isready, stop: pkill x", ("stop",)),
        ("command: npm ci", "command: npm ci\n    runsOn: {machine: {}}", ("place",)),
        ("command: npm ci", "command: npm ci\n    runsOn: {docker: {image: a}}", ("place",)),
        (
            "command: npm ci",
            "command: npm ci\n    prebuildRequiresSuccess: true",
            ("prebuildRequiresSuccess",),
        ),
        ("name: Database", "name: Database\n    readinessTimeout: 30s", ("readinessTimeout",)),
    ],
)
def test_how_something_runs(before: str, after: str, aspects: tuple[str, ...]) -> None:
    (item,) = of_shop((before, after)).values()
    assert item.aspects == aspects
    assert item.kind == "changed"


def test_equal_durations_and_variables() -> None:
    def service(more: str) -> str:
        return f"services:\n  a: {{name: A, {more}}}\n"

    assert (
        compared(service("readinessTimeout: 30s"), service("readinessTimeout: 30.0s")).items == ()
    )
    for wrong in ("nans", "snans", "-0s", "''", "5m", "[x]", "30"):
        assert not compared(*[service(f"readinessTimeout: {wrong}")] * 2).items
    docker = service("runsOn: {docker: {image: a, environment: [A=1]}}")
    (item,) = compared(docker, docker.replace("A=1", "A=2")).items
    assert item.aspects == ("environment",)
    (item,) = compared(docker, docker.replace("image: a", "image: b")).items
    assert item.aspects == ("place",)
    assert compared(docker, docker.replace("[A=1]", "[A=1, B=1]")).items[0].aspects == (
        "environment",
    )


def test_a_task_that_becomes_a_service() -> None:
    new = SHOP.replace("tasks:\n", "  install: {name: Install, commands: {start: x}}\ntasks:\n")
    new = re.sub(r"  install:\n.*?  build:", "  build:", new, flags=re.DOTALL)
    (item,) = compared(SHOP, new).items
    # `build` pulls it in where it was started.
    assert item.aspects == ("role", "triggers")


def test_a_new_reference_keeps_the_plan() -> None:
    new = renamed(renamed(SHOP, "install", "packages"), "db", "database")
    change = compared(SHOP, new)
    assert change.keeps_plan
    assert [
        (item.kind, item.old and item.old.reference, item.new and item.new.reference)
        for item in change.items
    ] == [("renamed", "db", "database"), ("renamed", "install", "packages")]


def test_new_references_along_a_chain() -> None:
    new = SHOP
    for name in ("install", "build", "migrate"):
        new = (
            renamed(new, name, f"{name}-all")
            if name != "build"
            else new.replace("build:", "compile:").replace("[db, build]", "[db, compile]")
        )
    new = new.replace("npm run migrate-all", "npm run migrate")
    change = compared(SHOP, new)
    assert change.keeps_plan
    assert len(change.items) == 3


def test_a_new_reference_with_another_command() -> None:
    new = renamed(SHOP, "install", "packages").replace("npm ci", "npm install")
    (item,) = compared(SHOP, new).items
    assert (item.kind, item.aspects) == ("changed", ("reference", "command"))
    (back,) = compared(new, SHOP).items
    assert back == ItemChange(item.new, item.old, item.aspects)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # Another name, a service with this name, and two tasks with it.
        ("name: Install", "name: Packages"),
        ("name: Database", "name: Install"),
        ("name: Build", "name: Install"),
    ],
)
def test_a_new_reference_that_may_be_another_task(before: str, after: str) -> None:
    new = renamed(renamed(SHOP, "install", "packages"), "build", "compile")
    new = new.replace("npm ci", "npm install").replace("npm run compile", "make")
    kinds = {item.kind for item in compared(SHOP, new).items}
    assert kinds == {"changed"}
    new = new.replace(before, after)
    found = {item.newest.reference: item.kind for item in compared(SHOP, new).items}
    assert found.get("packages") == ("changed" if "Database" in before else "added")


def test_of_equal_tasks_those_with_the_same_name_belong_together() -> None:
    def tasks(**names: str) -> str:
        items = (f"  {key}: {{name: {name}, command: x}}\n" for key, name in names.items())
        return f"tasks:\n{''.join(items)}"

    change = compared(tasks(a="A", b="B", c="C"), tasks(x="B", y="A", z="Z"))
    assert {(i.old and i.old.reference, i.new and i.new.reference) for i in change.items} == {
        ("a", "y"),
        ("b", "x"),
        ("c", "z"),
    }


def test_only_what_concerns_one_trigger() -> None:
    found = compared(
        SHOP,
        SHOP.replace("npm ci", "npm install").replace(
            "[postDevcontainerStart]\ntasks", "[postEnvironmentStart]\ntasks"
        ),
    )
    assert [item.newest.reference for item in found.items] == ["db", "install"]
    assert found.of_trigger("prebuild").items[0].newest.reference == "install"
    assert found.of_trigger("beforeSnapshot").items == ()
    (db,) = found.of_trigger("postEnvironmentStart").items
    assert db.every_start
    assert [i.newest.reference for i in found.of_trigger("postDevcontainerStart").items] == [
        "db",
        "install",
    ]
    with pytest.raises(ValueError, match="unknown trigger start"):
        found.of_trigger("start")


def test_only_what_concerns_the_plan_of_a_trigger() -> None:
    old = "tasks: {x: {name: X, command: x}, a: {name: A, command: a, triggeredBy: [manual, %s]}}"
    new = (
        "tasks: {x: {name: X, command: x}, a: {name: A, command: b, dependsOn: [x], "
        "prebuildRequiresSuccess: true, triggeredBy: [manual, %s]}}"
    )
    change = compared(old % "postEnvironmentStart", new % "prebuild")

    def aspects(trigger: str) -> dict[str, tuple[str, ...]]:
        items = change.of_trigger(trigger).items
        assert all(bool(item.awaited) == ("dependencies" in item.aspects) for item in items)
        return {item.newest.reference: item.aspects for item in items}

    # What comes or goes was not there before, or is not there any more, in any other way.
    assert aspects("prebuild") == {"x": ("triggers",), "a": ("triggers",)}
    assert aspects("postEnvironmentStart") == {"a": ("triggers",)}
    assert aspects("manual") == {"x": ("triggers",), "a": ("dependencies", "group", "command")}
    change = compared(old % "prebuild", new % "prebuild")
    assert aspects("prebuild")["a"][-1] == "prebuildRequiresSuccess"


def test_cycles_and_unknown_references_are_compared_too() -> None:
    old = text({"a": ["b"], "b": ["a"], "c": ["x"], "d": []}, {"a": ["manual"]})
    new = text({"a": ["b"], "b": [], "c": [], "d": ["d"]}, {"a": ["manual"]})
    found = {item.newest.reference: item for item in compared(old, new).items}
    assert {name: item.aspects for name, item in found.items()} == {
        "a": ("triggers", "group"),
        "b": ("triggers", "dependencies", "group"),
        "d": ("group",),
    }
    assert found["d"].new is not None
    assert found["d"].new.group is None


@settings(max_examples=100, deadline=None)
@given(files(acyclic=False), st.randoms(use_true_random=False))
def test_the_same_plan_in_another_order_is_no_change(written: str, choose: random.Random) -> None:
    assert compared(written, written) == PlanChange(())
    sections = yaml.safe_load(written)
    for name, items in list(sections.items()):
        if items:
            order = list(items)
            choose.shuffle(order)
            sections[name] = {key: items[key] for key in order}
            for item in items.values():
                choose.shuffle(item.get("dependsOn", []))
                choose.shuffle(item["triggeredBy"])
    other = "# A comment\n" + yaml.safe_dump(sections, sort_keys=False, indent=4)
    assert compared(written, other) == PlanChange(())


@settings(max_examples=100, deadline=None)
@given(files(acyclic=False), files(acyclic=False))
def test_back_is_the_opposite(old: str, new: str) -> None:
    there, back = compared(old, new), compared(new, old)
    assert set(there.items) == {
        ItemChange(item.new, item.old, item.aspects, item.released, item.awaited)
        for item in back.items
    }


@settings(max_examples=50, deadline=None)
@given(files(acyclic=True), files(acyclic=True), st.sampled_from(TRIGGERS))
def test_the_plan_of_a_trigger_changes_only_if_something_is_said(
    old: str, new: str, trigger: str
) -> None:
    def steps(written: str) -> dict[str, tuple[int, bool]]:
        plan = of_trigger(document(written), trigger)
        return {
            step.reference: (number, step.pulled_in_by is None)
            for number, group in enumerate(plan.groups)
            for step in group.steps
        }

    before, after = steps(old), steps(new)
    said = {
        each.reference
        for item in compared(old, new).of_trigger(trigger).items
        for each in (item.old, item.new)
        if each is not None
    }
    names = {*before, *after}
    assert {name for name in names if before.get(name) != after.get(name)} <= said
    assert said <= names


def work(old: str, new: str) -> int:
    return lines_run(lambda: compare_plans(document(old), document(new)))


@pytest.mark.parametrize("cyclic", [False, True])
def test_work_grows_with_the_tasks(cyclic: bool) -> None:
    once, twice = (
        work(sparse(size, cyclic=cyclic), sparse(size - 7, cyclic=cyclic)) for size in (300, 600)
    )
    assert 0 < twice < 2.3 * once


@pytest.mark.parametrize("cyclic", [False, True])
def test_work_grows_with_the_dependencies(cyclic: bool) -> None:
    # Twice the tasks are four times the dependencies.
    once, twice = (
        work(dense(size, cyclic=cyclic), dense(size - 7, cyclic=cyclic)) for size in (60, 120)
    )
    assert 0 < twice < 4.6 * once
