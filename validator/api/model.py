"""The model of an API document: automations, executions and statuses, with their places.

It contains only what the schema accepts. What is left out is recorded: a rule that concludes
something from a missing value checks whether the enclosing object could be read completely.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from validator.api.values import Value
from validator.api.workflow_runs import Run
from validator.api.workflows import Workflow
from validator.finding import Fix
from validator.model.automations import SPELLINGS, Role
from validator.parsing.nodes import Node
from validator.wording import quoted


@dataclass(frozen=True)
class Trigger:
    """An AutomationTrigger. `on` and `off` are its fields that are `true` and `false`.

    `intact` says whether the schema accepts all of it.
    """

    value: Value
    on: tuple[Value, ...]
    off: tuple[Value, ...]
    intact: bool

    @property
    def name(self) -> str | None:
        """The one trigger that is set, in camelCase; None if it isn't exactly one."""
        if len(self.on) != 1 or self.off:
            return None
        return SPELLINGS.get(self.on[0].name, self.on[0].name)


@dataclass(frozen=True)
class Automation:
    """A task or a service.

    `environment` is the id of its environment in lower case, None if it has none.
    `dependency_list` is the list with the entries `dependencies`.
    """

    role: Role
    value: Value
    id: Value | None
    environment: str | None
    reference: Value | None
    triggers: tuple[Trigger, ...]
    trigger_list: Value | None
    dependencies: tuple[Value, ...]
    dependency_list: Value | None
    phase: Value | None
    failure_message: Value | None

    @property
    def name(self) -> str:
        """Its name in messages: its reference, or its id."""
        shown = self.reference or self.id
        return "" if shown is None else shown.text

    @property
    def title(self) -> str:
        """Its full name in messages: "the task `build`"."""
        return f"the {self.role} {quoted(self.name)}" if self.name else f"this {self.role}"


@dataclass(frozen=True)
class Step:
    """A step of a plan. `group` is the 0-based number of its group.

    `task` is the object that names the task, `service` the id of the service; `empty` says whether
    it certainly has neither. `command` is the command of the task.
    """

    value: Value
    group: int
    id: Value | None
    label: Value | None
    dependencies: tuple[Value, ...]
    dependency_list: Value | None
    task: Value | None
    task_id: Value | None
    service: Value | None
    empty: bool
    command: Value | None = None

    @property
    def name(self) -> str:
        """Its name in messages: its label, or its id."""
        shown = self.label if self.label is not None and self.label.text.strip() else self.id
        return "" if shown is None else shown.text

    @property
    def title(self) -> str:
        """Its full name in messages: "the step `Install`"."""
        return f"the step {quoted(self.name)}" if self.name else "this step"


@dataclass(frozen=True)
class Plan:
    """The plan of an execution: its steps in the order of their groups.

    `readable` says whether all of its steps and their ids could be read.
    """

    steps: tuple[Step, ...]
    readable: bool

    @cached_property
    def by_id(self) -> dict[str, Step]:
        """The steps by their ids in lower case; for a repeated id, the first."""
        found: dict[str, Step] = {}
        for step in self.steps:
            if step.id is not None:
                found.setdefault(step.id.folded, step)
        return found

    @property
    def complete(self) -> bool:
        """Whether all ids are known: if not, a missing one may still exist."""
        return self.readable and len(self.by_id) == len(self.steps)


@dataclass(frozen=True)
class StepStatus:
    """The status of a step."""

    value: Value
    id: Value | None
    phase: Value | None
    failure_message: Value | None


@dataclass(frozen=True)
class Status:
    """The status of an execution.

    `steps` is None if the list is missing; `readable` says whether all of them and their ids could
    be read. `plan` is None if the document has none. `stoppable` says whether the execution may
    have been requested to stop. `version` is a 64-bit number.
    """

    value: Value
    phase: Value | None
    failure_message: Value | None
    version: tuple[Value, int] | None
    steps: tuple[StepStatus, ...] | None
    readable: bool
    plan: Plan | None
    stoppable: bool


@dataclass(frozen=True)
class Execution:
    """A task execution. `incomplete` says whether its metadata certainly has no `completedAt`.

    `task` and `environment` are ids, `trigger` is what started it.
    """

    value: Value
    id: Value | None
    metadata: Value | None
    incomplete: bool
    created: Value | None
    started: Value | None
    completed: Value | None
    plan: Plan | None
    status: Status | None
    task: Value | None = None
    environment: Value | None = None
    trigger: Value | None = None


class Dependent(NamedTuple):
    """A task, or a step of a plan, with the entries of its dependencies.

    `title` is its name in messages, such as "the task `build`".
    """

    title: str
    value: Value
    id: Value | None
    entries: tuple[Value, ...]
    list: Value | None


@dataclass(frozen=True)
class ApiDocument:
    """An API document.

    `text` is the text that the places refer to, "" if there is none. `triggers` are those of all
    automations, and the document if it is one itself. `history` are the statuses of one execution,
    oldest first. `readable` says whether all automations and their ids could be read. `workflows`
    are the AI automations, `runs` their executions and the actions of these.
    """

    kind: str
    text: str
    automations: tuple[Automation, ...]
    triggers: tuple[Trigger, ...]
    executions: tuple[Execution, ...]
    history: tuple[Status, ...]
    readable: bool
    root: Node
    workflows: tuple[Workflow, ...]
    runs: tuple[Run, ...]

    @cached_property
    def statuses(self) -> tuple[Status, ...]:
        """The statuses of all executions."""
        own = (each.status for each in self.executions)
        return (*(status for status in own if status is not None), *self.history)

    @cached_property
    def all_runs(self) -> tuple[Run, ...]:
        """The executions and actions of AI automations, and their steps."""
        return (*self.runs, *(step for run in self.runs for step in run.steps))

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps of all plans."""
        plans = [each.plan for each in self.executions if each.plan is not None]
        return tuple(step for plan in plans for step in plan.steps)

    @cached_property
    def dependents(self) -> tuple[Dependent, ...]:
        """Everything that can have dependencies: the tasks, and the steps of plans."""
        owners: list[Automation | Step] = [
            *(each for each in self.automations if each.role == "task"),
            *self.steps,
        ]
        return tuple(
            Dependent(each.title, each.value, each.id, each.dependencies, each.dependency_list)
            for each in owners
        )

    @cached_property
    def by_id(self) -> dict[str, Automation]:
        """The automations by their ids in lower case; for a repeated id, the first."""
        found: dict[str, Automation] = {}
        for automation in self.automations:
            if automation.id is not None:
                found.setdefault(automation.id.folded, automation)
        return found

    @property
    def whole(self) -> bool:
        """Whether it contains all automations of an environment, each with a unique id.

        A list is only one page of the automations, and contains only tasks or only services.
        """
        known = len(self.by_id) == len(self.automations)
        return self.kind == "environment" and self.readable and known

    def without(self, entries: Value | None, entry: Value) -> tuple[Fix, ...]:
        """The fix that removes an entry of a list."""
        from validator.editing import edits

        if entries is None:
            return ()
        return edits.removal(entries.node, entry.node, self.text)
