"""Short notation for task executions as the API returns them."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

ENVIRONMENT = "8d0e6b52-1f3a-4b7c-8a9d-0c5e7f2b4d63"


def uuid(name: str) -> str:
    """A UUID for a name, always the same."""
    return str(uuid5(NAMESPACE_URL, name))


def execution(
    task: str,
    times: str = "",
    *,
    trigger: str | None = "manual",
    environment: str | None = ENVIRONMENT,
    number: int = 0,
    needs: tuple[str, ...] = (),
    phase: str = "SUCCEEDED",
) -> dict[str, Any]:
    """An execution of a task, in whose plan `needs` run first.

    `times` are the minutes and seconds, or `-`, at which it was created, started and completed:
    "00:00 00:01 -".
    """
    names = ("createdAt", "startedAt", "completedAt")
    metadata: dict[str, Any] = {
        name: f"2026-03-02T09:{time}Z"
        for name, time in zip(names, times.split(), strict=False)
        if time != "-"
    }
    metadata["taskId"] = uuid(task)
    if environment is not None:
        metadata["environmentId"] = environment
    if trigger is not None:
        metadata["startedBy"] = trigger
    key = f"{task} {number}"

    def step(name: str) -> dict[str, Any]:
        return {"id": uuid(f"{key} {name}"), "label": name, "task": {"id": uuid(name)}}

    last = step(task)
    groups = [{"steps": [last]}]
    if needs:
        last["dependsOn"] = [uuid(f"{key} {name}") for name in needs]
        groups.insert(0, {"steps": [step(name) for name in needs]})
    status = f"TASK_EXECUTION_PHASE_{phase}"
    return {
        "id": uuid(key),
        "metadata": metadata,
        "spec": {"plan": groups},
        "status": {"phase": status},
    }
