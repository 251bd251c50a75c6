"""Consistent API documents for property tests, as plain JSON values, and mistakes in them.

`DOCUMENTS[kind]` draws documents without findings. Each function in `MISTAKES` makes one mistake in
such a document and returns the pointer of the expected finding; if the mistake is impossible in the
document, it rejects the example.
"""

from __future__ import annotations

import copy
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from hypothesis import assume
from hypothesis import strategies as st

from tests.strategies import snake_case

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import DrawFn, SearchStrategy

    Json = Any

PHASE = "TASK_EXECUTION_PHASE_"
TERMINAL = ("SUCCEEDED", "FAILED", "STOPPED")
TRIGGERS = [
    "manual",
    "postMachineStart",
    "postEnvironmentStart",
    "postDevcontainerStart",
    "prebuild",
]
NOWHERE = "00000000-0000-4000-8000-000000000000"


def respelled(value: Json, *, sdk: bool) -> Json:
    """The document, in the SDK's spelling if requested."""
    if not sdk:
        return value
    if isinstance(value, dict):
        return {snake_case(name): respelled(each, sdk=sdk) for name, each in value.items()}
    return [respelled(each, sdk=sdk) for each in value] if isinstance(value, list) else value


def ids(least: int, most: int) -> SearchStrategy[list[str]]:
    numbers = st.lists(st.integers(1, 2**96 - 1), min_size=least, max_size=most, unique=True)
    return numbers.map(lambda found: [uuid(each) for each in found])


def uuid(number: int) -> str:
    digits = f"{number:032x}"
    parts = digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]
    return "-".join(parts)


def in_some_case(draw: DrawFn, text: str) -> str:
    return text.upper() if draw(st.booleans()) else text


@st.composite
def environments(draw: DrawFn) -> Json:
    """Tasks and services that depend only on earlier ones, in any order."""
    names = draw(ids(1, 7))
    services = names[: draw(st.integers(0, len(names) - 1))]
    environment = {"environmentId": uuid(7)} if draw(st.booleans()) else {}
    tasks: list[Json] = []
    for index, name in enumerate(names):
        triggers = draw(st.lists(st.sampled_from(TRIGGERS), unique=True, max_size=3))
        item: Json = {
            "id": name,
            **environment,
            "metadata": {
                "reference": f"item-{index}",
                "triggeredBy": [{trigger: True} for trigger in triggers],
            },
        }
        if name not in services:
            needs = draw(st.lists(st.sampled_from(names[:index] or [name]), unique=True))
            item["dependsOn"] = [in_some_case(draw, need) for need in needs if need != name]
        tasks.append(item)
    tasks = list(draw(st.permutations(tasks)))
    return {
        "tasks": [each for each in tasks if each["id"] not in services],
        "services": [each for each in tasks if each["id"] in services],
    }


@st.composite
def executions(draw: DrawFn) -> Json:
    """An execution at some point of its progress, with a matching status."""
    names = draw(ids(2, 8))
    execution_id, *steps = names
    groups: list[list[Json]] = [[]]
    earlier: list[str] = []
    for name in steps:
        another = draw(st.booleans())
        if groups[-1] and another:
            earlier += [step["id"] for step in groups[-1]]
            groups.append([])
        needs = draw(st.lists(st.sampled_from(earlier or [name]), unique=True, max_size=3))
        step: Json = {"id": name, "dependsOn": [in_some_case(draw, n) for n in needs if n != name]}
        target = uuid(int(name.replace("-", ""), 16) + 2**100)
        step.update(draw(st.sampled_from([{"task": {"id": target}}, {"serviceId": target}])))
        groups[-1].append(step)
    return _at_some_point(draw, execution_id, groups)


def _at_some_point(draw: DrawFn, name: str, groups: list[list[Json]]) -> Json:
    phase = draw(st.sampled_from(["PENDING", "RUNNING", *TERMINAL]))
    reached = len(groups) if phase == "SUCCEEDED" else draw(st.integers(0, len(groups) - 1))
    statuses: list[Json] = []
    for number, group in enumerate(groups):
        for position, step in enumerate(group):
            own = _step_phase(draw, phase, number - reached, position)
            if own is not None:
                statuses.append({"id": in_some_case(draw, step["id"]), "phase": PHASE + own})
                if own == "FAILED" and draw(st.booleans()):
                    statuses[-1]["failureMessage"] = "it broke"
    start = datetime(2025, 3, 1, tzinfo=timezone.utc)
    metadata = {"createdAt": stamp(draw, start)}
    if phase != "PENDING":
        metadata["startedAt"] = stamp(draw, start + timedelta(seconds=draw(st.integers(0, 9))))
    if phase in TERMINAL:
        metadata["completedAt"] = stamp(draw, start + timedelta(seconds=10))
    spec: Json = {"plan": [{"steps": group} for group in groups]}
    if phase == "STOPPED":
        spec["desiredPhase"] = f"{PHASE}STOPPED"
    status = {
        "phase": PHASE + phase,
        "statusVersion": "7",
        "steps": draw(st.permutations(statuses)),
    }
    return {"id": name, "metadata": metadata, "spec": spec, "status": status}


def _step_phase(draw: DrawFn, phase: str, distance: int, position: int) -> str | None:
    """The phase of a step whose group is `distance` groups after the current one."""
    if distance < 0:
        return "SUCCEEDED"
    if phase == "PENDING" or distance > 0:
        return draw(st.sampled_from(["PENDING", None]))
    if position == 0:
        return phase
    choices = ["SUCCEEDED", phase]
    return draw(st.sampled_from([*choices, "PENDING", None] if phase == "RUNNING" else choices))


def stamp(draw: DrawFn, moment: datetime) -> str:
    """An RFC 3339 timestamp of a moment, with some offset."""
    minutes = draw(st.sampled_from([0, 60, -330, 1439]))
    if minutes == 0:
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    local = moment.astimezone(timezone(timedelta(minutes=minutes)))
    return local.isoformat()


@st.composite
def histories(draw: DrawFn) -> Json:
    """Statuses with rising versions, of an execution that ends at most once."""
    running = draw(st.integers(0, 3))
    phases = ["PENDING"] * draw(st.integers(0, 2)) + ["RUNNING"] * running
    phases += [draw(st.sampled_from(TERMINAL))] * draw(st.integers(0, 2))
    rising = st.lists(st.integers(0, 2**64 - 1), min_size=len(phases), max_size=len(phases))
    versions = sorted(draw(rising))
    return {
        "statuses": [
            {"phase": PHASE + phase, "statusVersion": draw(st.sampled_from([str(v), v]))}
            for phase, v in zip(phases, versions, strict=True)
        ]
    }


DOCUMENTS: dict[str, SearchStrategy[Json]] = {
    "environment": environments(),
    "task-execution": executions(),
    "status-history": histories(),
}


# --- Mistakes --------------------------------------------------------------------------------


def _some(draw: DrawFn, where: list[Json]) -> tuple[int, Json]:
    assume(where)
    index = draw(st.integers(0, len(where) - 1))
    return index, where[index]


def _two(draw: DrawFn, where: list[Json]) -> tuple[int, int]:
    assume(len(where) > 1)
    first = draw(st.integers(0, len(where) - 2))
    return first, draw(st.integers(first + 1, len(where) - 1))


def repeated_reference(draw: DrawFn, document: Json) -> str:
    first, second = _two(draw, document["tasks"])
    tasks = document["tasks"]
    tasks[second]["metadata"]["reference"] = tasks[first]["metadata"]["reference"]
    return f"/tasks/{second}/metadata/reference"


def repeated_id(draw: DrawFn, document: Json) -> str:
    assume(document["tasks"])
    index, service = _some(draw, document["services"])
    service["id"] = document["tasks"][0]["id"].upper()
    # Dependents of the service would now depend on the task.
    for task in document["tasks"]:
        task["dependsOn"] = []
    return f"/services/{index}/id"


def unknown_dependency(draw: DrawFn, document: Json) -> str:
    index, task = _some(draw, document["tasks"])
    task["dependsOn"].append(NOWHERE)
    return f"/tasks/{index}/dependsOn/{len(task['dependsOn']) - 1}"


def self_dependency(draw: DrawFn, document: Json) -> str:
    index, task = _some(draw, document["tasks"])
    task["dependsOn"].append(task["id"].upper())
    return f"/tasks/{index}/dependsOn/{len(task['dependsOn']) - 1}"


def repeated_dependency(draw: DrawFn, document: Json) -> str:
    index, task = _some(draw, [t for t in document["tasks"] if t["dependsOn"]])
    task["dependsOn"].append(task["dependsOn"][0].swapcase())
    index = document["tasks"].index(task)
    return f"/tasks/{index}/dependsOn/{len(task['dependsOn']) - 1}"


def cycle(draw: DrawFn, document: Json) -> str:
    first, second = _two(draw, document["tasks"])
    tasks = document["tasks"]
    for task in tasks:
        task["dependsOn"] = []
    tasks[first]["dependsOn"] = [tasks[second]["id"]]
    tasks[second]["dependsOn"] = [tasks[first]["id"].upper()]
    return f"/tasks/{first}/dependsOn/0"


def snapshot_of_a_service(draw: DrawFn, document: Json) -> str:
    index, service = _some(draw, document["services"])
    triggers = service["metadata"]["triggeredBy"]
    triggers.append({"beforeSnapshot": True})
    return f"/services/{index}/metadata/triggeredBy/{len(triggers) - 1}/beforeSnapshot"


def repeated_trigger(draw: DrawFn, document: Json) -> str:
    index, task = _some(draw, document["tasks"])
    triggers = task["metadata"]["triggeredBy"]
    assume(triggers)
    triggers.append(dict(triggers[0]))
    return f"/tasks/{index}/metadata/triggeredBy/{len(triggers) - 1}"


def no_trigger(draw: DrawFn, document: Json) -> str:
    index, task = _some(draw, document["tasks"])
    triggers = task["metadata"]["triggeredBy"]
    nothing, pointer = draw(
        st.sampled_from([({}, ""), ({"manual": False}, "/manual"), ({"prebuild": None}, "")])
    )
    triggers.append(nothing)
    return f"/tasks/{index}/metadata/triggeredBy/{len(triggers) - 1}{pointer}"


def two_triggers(draw: DrawFn, document: Json) -> str:
    index, task = _some(draw, document["tasks"])
    task["metadata"]["triggeredBy"] = [{"manual": True, "prebuild": draw(st.booleans())}]
    return f"/tasks/{index}/metadata/triggeredBy/0/prebuild"


def _steps(document: Json) -> list[tuple[str, int, Json]]:
    """The steps of the plan: pointer, number of the group, and value."""
    return [
        (f"/spec/plan/{number}/steps/{index}", number, step)
        for number, group in enumerate(document["spec"]["plan"])
        for index, step in enumerate(group["steps"])
    ]


def repeated_step(draw: DrawFn, document: Json) -> str:
    steps = _steps(document)
    _, second = _two(draw, steps)
    first = steps[0][2]["id"]
    pointer, _, step = steps[second]
    step["id"] = first.upper()
    for _, _, each in steps:
        each["dependsOn"] = []
    return f"{pointer}/id"


def unknown_step(draw: DrawFn, document: Json) -> str:
    pointer, _, step = draw(st.sampled_from(_steps(document)))
    step["dependsOn"].append(NOWHERE)
    return f"{pointer}/dependsOn/{len(step['dependsOn']) - 1}"


def unknown_step_status(draw: DrawFn, document: Json) -> str:
    index, step = _some(draw, document["status"]["steps"])
    step["id"] = NOWHERE
    return f"/status/steps/{index}/id"


def repeated_step_status(_draw: DrawFn, document: Json) -> str:
    steps = document["status"]["steps"]
    assume(steps)
    steps.append({**steps[0], "id": steps[0]["id"].swapcase()})
    return f"/status/steps/{len(steps) - 1}/id"


def late_dependency(draw: DrawFn, document: Json) -> str:
    steps = _steps(document)
    first, second = _two(draw, steps)
    pointer, _, step = steps[first]
    step["dependsOn"].append(steps[second][2]["id"])
    return f"{pointer}/dependsOn/{len(step['dependsOn']) - 1}"


def task_and_service(draw: DrawFn, document: Json) -> str:
    pointer, _, step = draw(st.sampled_from(_steps(document)))
    assume("task" in step)
    step["serviceId"] = uuid(1)
    return f"{pointer}/serviceId"


def neither_task_nor_service(draw: DrawFn, document: Json) -> str:
    pointer, _, step = draw(st.sampled_from(_steps(document)))
    assume("task" in step)
    del step["task"]
    return pointer


def early_group(draw: DrawFn, document: Json) -> str:
    plan = document["spec"]["plan"]
    assume(len(plan) > 1 and document["status"]["phase"] == f"{PHASE}RUNNING")
    waiting = plan[0]["steps"][0]
    assume("task" in waiting)
    early = plan[-1]["steps"][0]
    document["status"]["steps"] = [
        {"id": waiting["id"], "phase": PHASE + draw(st.sampled_from(["PENDING", "RUNNING"]))},
        {"id": early["id"], "phase": PHASE + draw(st.sampled_from(["RUNNING", "SUCCEEDED"]))},
    ]
    return "/status/steps/1/phase"


def wrong_phase(draw: DrawFn, document: Json) -> str:
    """A phase that the steps rule out, whatever the others are."""
    status = document["status"]
    phases = {step["phase"].removeprefix(PHASE) for step in status["steps"]}
    tasks = {step["id"] for _, _, step in _steps(document) if "task" in step}
    said = status["phase"].removeprefix(PHASE)
    running = any(
        step["phase"] == f"{PHASE}RUNNING" and step["id"].lower() in tasks
        for step in status["steps"]
    )
    if "FAILED" in phases:
        wrong = ["PENDING", "RUNNING", "SUCCEEDED", "STOPPED"]
    elif running:
        wrong = ["PENDING", "FAILED", "SUCCEEDED", "STOPPED"]
    elif said == "SUCCEEDED":
        wrong = ["PENDING", "RUNNING", "FAILED", "STOPPED"]
    else:
        assume(said == "PENDING" or said == "STOPPED")
        wrong = ["SUCCEEDED"]
    status["phase"] = PHASE + draw(st.sampled_from(wrong))
    return "/status/phase"


def message_on_success(draw: DrawFn, document: Json) -> str:
    status = document["status"]
    steps = [step for step in status["steps"] if step["phase"] == f"{PHASE}SUCCEEDED"]
    if status["phase"] == f"{PHASE}SUCCEEDED" and draw(st.booleans()):
        status["failureMessage"] = "it broke"
        return "/status/failureMessage"
    _, step = _some(draw, steps)
    step["failureMessage"] = "it broke"
    return f"/status/steps/{status['steps'].index(step)}/failureMessage"


def times_backwards(_draw: DrawFn, document: Json) -> str:
    metadata = document["metadata"]
    names = [n for n in ("startedAt", "completedAt") if n in metadata]
    assume(names)
    metadata[names[-1]] = "1999-12-31T23:59:59.999999999Z"
    return f"/metadata/{names[-1]}"


def never_completed(_draw: DrawFn, document: Json) -> str:
    assume("completedAt" in document["metadata"])
    del document["metadata"]["completedAt"]
    return "/metadata"


def completed_early(_draw: DrawFn, document: Json) -> str:
    assume("completedAt" not in document["metadata"])
    document["metadata"]["completedAt"] = "2099-01-01T00:00:00Z"
    return "/metadata/completedAt"


def falling_version(draw: DrawFn, document: Json) -> str:
    statuses = document["statuses"]
    assume(len(statuses) > 1)
    index = len(statuses) - 1
    before = int(statuses[index - 1]["statusVersion"])
    assume(before > 0)
    statuses[index]["statusVersion"] = str(draw(st.integers(0, before - 1)))
    return f"/statuses/{index}/statusVersion"


def life_after_the_end(draw: DrawFn, document: Json) -> str:
    statuses = document["statuses"]
    assume(statuses)
    last = statuses[-1]
    assume(last["phase"].removeprefix(PHASE) in TERMINAL)
    others = [p for p in ("PENDING", "RUNNING", *TERMINAL) if PHASE + p != last["phase"]]
    statuses.append({**last, "phase": PHASE + draw(st.sampled_from(others))})
    return f"/statuses/{len(statuses) - 1}/phase"


MISTAKES: list[tuple[str, str, Callable[[DrawFn, Json], str]]] = [
    ("environment", "ambiguous-trigger", no_trigger),
    ("environment", "ambiguous-trigger", two_triggers),
    ("environment", "dependency-cycle", cycle),
    ("environment", "duplicate-dependency", repeated_dependency),
    ("environment", "duplicate-id", repeated_id),
    ("environment", "duplicate-reference", repeated_reference),
    ("environment", "duplicate-trigger", repeated_trigger),
    ("environment", "self-dependency", self_dependency),
    ("environment", "trigger-not-allowed", snapshot_of_a_service),
    ("environment", "unknown-dependency", unknown_dependency),
    ("status-history", "phase-after-end", life_after_the_end),
    ("status-history", "status-version", falling_version),
    ("task-execution", "ambiguous-step", neither_task_nor_service),
    ("task-execution", "ambiguous-step", task_and_service),
    ("task-execution", "completion-time", completed_early),
    ("task-execution", "completion-time", never_completed),
    ("task-execution", "duplicate-step", repeated_step),
    ("task-execution", "duplicate-step", repeated_step_status),
    ("task-execution", "failed-yet-succeeded", message_on_success),
    ("task-execution", "group-order", early_group),
    ("task-execution", "phase-mismatch", wrong_phase),
    ("task-execution", "step-order", late_dependency),
    ("task-execution", "time-order", times_backwards),
    ("task-execution", "unknown-step", unknown_step),
    ("task-execution", "unknown-step", unknown_step_status),
]


@st.composite
def mistaken(draw: DrawFn, kind: str, mistake: Callable[[DrawFn, Json], str]) -> tuple[Json, str]:
    """A document with a mistake, and the pointer of the expected finding."""
    document = copy.deepcopy(draw(DOCUMENTS[kind]))
    pointer = mistake(draw, document)
    if draw(st.booleans()):
        return respelled(document, sdk=True), snake_case(pointer)
    return document, pointer
