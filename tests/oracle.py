"""What the platform itself accepts, according to the official SDK's wire contract.

A test dependency only (see `[project.optional-dependencies]`), never used at run time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import protovalidate
from gitpod.v1 import environment_automation_pb2 as automation_pb2
from gitpod.v1 import runner_configuration_pb2, workflow_pb2
from google.protobuf import json_format

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from google.protobuf.message import Message

    # Its type differs between versions of the stubs.
    Descriptor = Any
    Json = Any

# The kinds that are one message of the contract.
MESSAGES: dict[str, type[Message]] = {
    "automation-trigger": automation_pb2.AutomationTrigger,
    "automations-file": automation_pb2.AutomationsFile,
    "environment-class": runner_configuration_pb2.EnvironmentClass,
    "service": automation_pb2.Service,
    "service-list": automation_pb2.ListServicesResponse,
    "task": automation_pb2.Task,
    "task-execution": automation_pb2.TaskExecution,
    "task-execution-list": automation_pb2.ListTaskExecutionsResponse,
    "task-list": automation_pb2.ListTasksResponse,
    "workflow": workflow_pb2.Workflow,
    "workflow-execution": workflow_pb2.WorkflowExecution,
    "workflow-execution-action": workflow_pb2.WorkflowExecutionAction,
    "workflow-execution-action-list": workflow_pb2.ListWorkflowExecutionActionsResponse,
    "workflow-execution-list": workflow_pb2.ListWorkflowExecutionsResponse,
    "workflow-file": workflow_pb2.CreateWorkflowRequest,
    "workflow-list": workflow_pb2.ListWorkflowsResponse,
}

# The lists that an `environment` document combines.
LISTS: dict[str, type[Message]] = {
    "tasks": automation_pb2.ListTasksResponse,
    "services": automation_pb2.ListServicesResponse,
}

KINDS = sorted({*MESSAGES, "environment", "status-history"})


def unchanged(_message: Descriptor, data: Json) -> Json:
    """Return `data` unchanged."""
    return data


def accepts(kind: str, data: Json, adjust: Callable[[Descriptor, Json], Json] = unchanged) -> bool:
    """Whether the platform's contract accepts `data` (plain values) as a document of `kind`.

    `adjust` may change what is about to be read as a message; it must not change it in place.
    """
    try:
        for message, part in _messages(kind, data):
            protovalidate.validate(
                json_format.ParseDict(adjust(message.DESCRIPTOR, part), message())
            )
    except (json_format.ParseError, protovalidate.ValidationError):
        return False
    except TypeError:
        # A top level that can't be iterated; below it the SDK itself raises ParseError.
        return False
    return True


def _messages(kind: str, data: Json) -> Iterator[tuple[type[Message], Json]]:
    """The messages that a document of `kind` consists of.

    `environment` and `status-history` are this project's own, so their outermost level is checked
    here, and the rest by the SDK.
    """
    if kind in MESSAGES:
        # An empty YAML file is null; no API document is.
        yield MESSAGES[kind], {} if data is None and kind == "automations-file" else data
    elif not isinstance(data, dict):
        raise TypeError(data)
    elif kind == "environment":
        if not data or data.keys() - LISTS.keys():
            raise TypeError(data)
        for name, part in data.items():
            yield LISTS[name], {name: part}
    else:
        if data.keys() != {"statuses"} or not isinstance(data["statuses"], list):
            raise TypeError(data)
        for part in data["statuses"]:
            yield automation_pb2.TaskExecutionStatus, part
