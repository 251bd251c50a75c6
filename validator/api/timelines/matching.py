"""Which task or service of a file each step of an execution is of.

The API names tasks and services by ids, a file by references. The id of a task or a service is
that of an item of the file if documents of the API give its reference, or if all steps with the
id have the name or the command of one item.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from validator.api.model import Execution, Step
from validator.model.automations import Automation, Document, Role
from validator.model.plan import label
from validator.parsing.nodes import Scalar


class Matching:
    """The items of a document by the ids that the API gives them.

    `references` are those that are known, by id in lower case.
    """

    def __init__(
        self, document: Document, executions: Iterable[Execution], references: Mapping[str, str]
    ) -> None:
        self.document = document
        self._known = references
        self._names: dict[tuple[Role, str], list[str]] = {}
        self._commands: dict[str, list[str]] = {}
        self._both: dict[tuple[Role, str, str], list[str]] = {}
        for reference, item in document.by_reference.items():
            command = command_of(item)
            for name in {reference, label(item)}:
                self._names.setdefault((item.role, name), []).append(reference)
                self._both.setdefault((item.role, name, command), []).append(reference)
            if command:
                self._commands.setdefault(command, []).append(reference)
        self._differing: dict[int, Step | None] = {}
        self._labels: dict[str, str] = {}
        votes: dict[str, set[str | None]] = {}
        for execution in executions:
            for step in () if execution.plan is None else execution.plan.steps:
                identity = identity_of(step)
                if identity is not None:
                    votes.setdefault(identity, set()).add(self._meant(step))
                    if step.label is not None and step.label.text.strip():
                        self._labels.setdefault(identity, step.label.text)
        self._of_id = {name: next(iter(found)) for name, found in votes.items() if len(found) == 1}

    def reference(self, identity: str | None) -> str | None:
        """The reference of the item with an id, in lower case; None if it is not known."""
        if identity is None:
            return None
        known = self._known.get(identity)
        if known is not None:
            return known if known in self.document.by_reference else None
        return self._of_id.get(identity)

    def of_step(self, step: Step) -> str | None:
        """The reference of the item that a step runs; None if it is not known."""
        return self.reference(identity_of(step))

    def of_execution(self, execution: Execution) -> str | None:
        """The reference of the task that is executed; None if it is not known."""
        if execution.task is not None:
            return self.reference(execution.task.folded)
        step = main_step(execution)
        return None if step is None else self.of_step(step)

    def name_of(self, execution: Execution) -> str:
        """The name of the task that is executed: as in the file, as in the API, or an id."""
        reference = self.of_execution(execution)
        if reference is not None:
            return label(self.document.by_reference[reference])
        step = main_step(execution)
        if step is not None and step.name:
            return step.name
        shown = execution.task or execution.id
        if shown is None:
            return "?"
        return self._known.get(shown.folded) or self._labels.get(shown.folded) or shown.text

    def differing(self, execution: Execution) -> Step | None:
        """A step with another command than in the file, which has changed since, certainly."""
        # Asked for each of its contradictions. The executions exist as long as the matching does.
        key = id(execution)
        if key not in self._differing:
            steps = () if execution.plan is None else execution.plan.steps
            self._differing[key] = next(filter(self._differs, steps), None)
        return self._differing[key]

    def _differs(self, step: Step) -> bool:
        reference = self.of_step(step)
        if reference is None or step.command is None:
            return False
        command = command_of(self.document.by_reference[reference])
        return bool(command) and command != step.command.text.strip()

    def _meant(self, step: Step) -> str | None:
        """The only item that has the name of a step, or its command."""
        role: Role = "service" if step.service is not None else "task"
        name = "" if step.label is None else step.label.text.strip()
        named = self._names.get((role, name), [])
        if len(named) == 1:
            return named[0]
        if step.command is None:
            return None
        command = step.command.text.strip()
        alike = (
            self._both.get((role, name, command), []) if named else self._commands.get(command, [])
        )
        return alike[0] if len(alike) == 1 else None


def identity_of(step: Step) -> str | None:
    """The id of what a step runs, in lower case; None if it is not exactly one."""
    if (step.service is None) == (step.task_id is None):
        return None
    found = step.service or step.task_id
    assert found is not None
    return found.folded


def main_step(execution: Execution) -> Step | None:
    """The step of the task that is executed, not of what it needs; None if it is not known."""
    steps = () if execution.plan is None else execution.plan.steps
    if execution.task is not None:
        own = [each for each in steps if identity_of(each) == execution.task.folded]
    else:
        own = [each for each in steps if each.group == steps[-1].group]
    return own[0] if len(own) == 1 else None


def command_of(item: Automation) -> str:
    """The command of a task, without whitespace around it; "" if it has none."""
    member = item.field("command")
    return member[1].text.strip() if member is not None and isinstance(member[1], Scalar) else ""
