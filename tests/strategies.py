"""Documents of every kind for property tests and fuzzing, as plain JSON values.

`VALID[kind]` draws documents that conform to the contract, `NEARLY_VALID[kind]` the same with one
or two mistakes in them (which may happen to leave them valid).
"""

from __future__ import annotations

import copy
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import DrawFn, SearchStrategy

    Values = SearchStrategy[Any]
    Fields = dict[str, Values]
    # An object or a list, and a key or an index of it.
    Container = Any
    Key = Any


def snake_case(name: str) -> str:
    """The SDK's spelling of a field: `dependsOn` is `depends_on`."""
    return re.sub("[A-Z]", lambda capital: f"_{capital[0].lower()}", name)


def camel_case(name: str) -> str:
    """The API's spelling of a field: `depends_on` is `dependsOn`."""
    return re.sub("_([a-z])", lambda found: found[1].upper(), name)


# --- Valid documents -------------------------------------------------------------------------


ABSENT = object()


@st.composite
def spelled(draw: DrawFn, fields: SearchStrategy[dict[str, object]]) -> dict[str, object]:
    """Leave out absent fields, and write each other field in one of its spellings."""
    return {
        name if name == snake_case(name) else draw(st.sampled_from([name, snake_case(name)])): value
        for name, value in draw(fields).items()
        if value is not ABSENT
    }


def objects(required: Fields, optional: Fields) -> Values:
    """Objects with all `required` fields, and `optional` ones that may be absent or null."""
    # Not by `fixed_dictionaries(optional=)`: it leaves out so much that little depth remains.
    return spelled(
        st.fixed_dictionaries(
            {
                name: st.just(ABSENT) | st.none() | values | values
                for name, values in optional.items()
            }
            | required
        )
    )


def lists(values: Values) -> Values:
    """Short lists: two entries show what any number would."""
    return st.lists(values, max_size=2)


def enums(prefix: str, *names: str) -> Values:
    """The names of an enum of the wire contract."""
    return st.sampled_from([f"{prefix}_{name}" for name in names])


TEXTS = st.text(max_size=8)
NAMES = st.text(min_size=1, max_size=8)
REFERENCES = st.from_regex("[a-zA-Z0-9_-]{1,8}", fullmatch=True) | st.just("r" * 128)
UUIDS = st.uuids().map(str) | st.uuids().map(lambda uuid: str(uuid).upper())
TIMESTAMPS = st.builds(
    "{}{}".format,
    # Not the outermost years, which an offset may lead out of.
    st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1)).map(datetime.isoformat),
    st.sampled_from(["Z", "+00:00", "-00:00", "+05:30", "-23:59"]),
)
DURATIONS = st.from_regex(r"[0-9]{1,4}(\.[0-9]{1,9})?s", fullmatch=True) | st.sampled_from(
    ["86399.999999999s", "86400s", "86400.000s", "000300s"]
)
NUMBERS = st.integers(0, 2**64 - 1)
VERSIONS = NUMBERS | NUMBERS.map(str)
URLS = st.sampled_from(["", "https://logs.example/1?follow=true", "HTTP://localhost:8080"])

FILE_TRIGGERS = st.sampled_from(
    [
        "manual",
        "postMachineStart",
        "postEnvironmentStart",
        "postDevcontainerStart",
        "prebuild",
        "beforeSnapshot",
        "post_machine_start",
        "post_environment_start",
        "post_devcontainer_start",
        "before_snapshot",
    ]
)
TRIGGER_NAMES = [
    "manual",
    "postMachineStart",
    "postEnvironmentStart",
    "postDevcontainerStart",
    "prebuild",
    "beforeSnapshot",
]
EXECUTION_PHASES = enums(
    "TASK_EXECUTION_PHASE",
    *("UNSPECIFIED", "PENDING", "RUNNING", "SUCCEEDED", "FAILED", "STOPPED"),
)
SERVICE_PHASES = enums(
    "SERVICE_PHASE",
    *("UNSPECIFIED", "STARTING", "RUNNING", "STOPPING", "STOPPED", "FAILED", "DELETED"),
)
SERVICE_ROLES = enums(
    "SERVICE_ROLE", "UNSPECIFIED", "DEFAULT", "EDITOR", "AI_AGENT", "SECURITY_AGENT"
)
PRINCIPALS = enums(
    "PRINCIPAL",
    *("UNSPECIFIED", "ACCOUNT", "USER", "RUNNER", "ENVIRONMENT", "SERVICE_ACCOUNT"),
    *("RUNNER_MANAGER", "AGENT_EXECUTION"),
)

# Shared by files and API documents.
DOCKER = objects({"image": NAMES}, {"environment": lists(TEXTS)})
MACHINE: Values = st.just({})
RUNS_ON: Values = (
    objects({}, {})
    | objects({}, {"docker": DOCKER})
    | objects({"machine": MACHINE}, {"docker": st.none()})
)
COMMANDS = objects({"start": NAMES}, {"ready": TEXTS, "stop": TEXTS})

# Automations files.
FILE_ITEM: Fields = {
    "description": TEXTS,
    "triggeredBy": lists(FILE_TRIGGERS),
    "runsOn": RUNS_ON,
}
FILE_SERVICES = objects(
    {"name": NAMES},
    FILE_ITEM
    | {
        "commands": COMMANDS,
        "role": st.sampled_from(["", "default", "editor", "ai-agent"]),
        "readinessTimeout": DURATIONS,
    },
)
FILE_TASKS = objects(
    {"name": NAMES, "command": NAMES},
    FILE_ITEM | {"dependsOn": lists(REFERENCES), "prebuildRequiresSuccess": st.booleans()},
)
FILES = objects(
    {},
    {
        "services": st.dictionaries(REFERENCES, FILE_SERVICES, max_size=2),
        "tasks": st.dictionaries(REFERENCES, FILE_TASKS, max_size=2),
    },
)

# API documents.
TRIGGERS = st.sampled_from(TRIGGER_NAMES).flatmap(
    lambda name: objects({name: st.booleans()}, dict.fromkeys(TRIGGER_NAMES, st.none()))
)
SUBJECTS = objects({}, {"id": st.just("") | UUIDS, "principal": PRINCIPALS})
SECRETS = objects({"id": UUIDS}, {})
ENV = lists(
    objects({"name": NAMES}, {"value": TEXTS})
    | objects({"name": NAMES}, {"valueFrom": objects({}, {"secretRef": SECRETS})})
)
OUTPUTS = st.dictionaries(NAMES, TEXTS, max_size=2) | st.just({"k" * 128: "v" * 4096})
METADATA: Fields = {
    "reference": REFERENCES,
    "name": NAMES,
    "description": TEXTS,
    "createdAt": TIMESTAMPS,
    "creator": SUBJECTS,
    "triggeredBy": lists(TRIGGERS),
}
TASK_SPECS = objects(
    {},
    {"command": TEXTS, "runsOn": RUNS_ON, "env": ENV, "prebuildRequiresSuccess": st.booleans()},
)
TASKS = objects(
    {"id": UUIDS},
    {
        "environmentId": UUIDS,
        "dependsOn": lists(UUIDS),
        "metadata": objects({}, METADATA),
        "spec": TASK_SPECS,
    },
)
SERVICES = objects(
    {"id": UUIDS},
    {
        "environmentId": UUIDS,
        "metadata": objects({}, METADATA | {"role": SERVICE_ROLES}),
        "spec": objects(
            {},
            {
                "commands": COMMANDS,
                "runsOn": RUNS_ON,
                "env": ENV,
                "readinessTimeout": DURATIONS,
                "desiredPhase": SERVICE_PHASES,
                "session": TEXTS,
                "specVersion": VERSIONS,
            },
        ),
        "status": objects(
            {},
            {
                "phase": SERVICE_PHASES,
                "failureMessage": TEXTS,
                "logUrl": URLS,
                "output": OUTPUTS,
                "session": TEXTS,
                "statusVersion": VERSIONS,
            },
        ),
    },
)
STEP: Fields = {"dependsOn": lists(UUIDS), "label": TEXTS}
STEPS = objects(
    {"id": UUIDS}, STEP | {"task": objects({"id": UUIDS}, {"spec": TASK_SPECS})}
) | objects({"id": UUIDS}, STEP | {"serviceId": UUIDS})
STEP_STATUSES = objects(
    {"id": UUIDS}, {"phase": EXECUTION_PHASES, "failureMessage": TEXTS, "output": OUTPUTS}
)
STATUSES = objects(
    {},
    {
        "phase": EXECUTION_PHASES,
        "failureMessage": TEXTS,
        "logUrl": URLS,
        "statusVersion": VERSIONS,
        "steps": lists(STEP_STATUSES),
    },
)
EXECUTIONS = objects(
    {"id": UUIDS},
    {
        "metadata": objects(
            {},
            {
                "taskId": UUIDS,
                "environmentId": UUIDS,
                "createdAt": TIMESTAMPS,
                "startedAt": TIMESTAMPS,
                "completedAt": TIMESTAMPS,
                "creator": SUBJECTS,
                "startedBy": TEXTS,
            },
        ),
        "spec": objects(
            {},
            {
                "desiredPhase": EXECUTION_PHASES,
                "plan": lists(objects({}, {"steps": lists(STEPS)})),
            },
        ),
        "status": STATUSES,
    },
)
CLASSES = objects(
    {"id": NAMES, "runnerId": NAMES},
    {
        "displayName": st.text(min_size=3, max_size=8),
        "description": st.text(min_size=3, max_size=8) | st.just("d" * 200),
        "enabled": st.booleans(),
        "configuration": lists(objects({}, {"key": TEXTS, "value": TEXTS})),
    },
)

# AI automations: files, and API documents.
INT32 = st.integers(-(2**31), 2**31 - 1)
INTEGERS = INT32 | INT32.map(str)
FLOATS = (
    st.floats(-1e38, 1e38)
    | st.integers(-5, 5)
    | st.sampled_from(["0.5", "-1e3", "NaN", "Infinity", "-Infinity", 10**38])
)
LONG_DURATIONS = DURATIONS | st.sampled_from(
    ["-1.5s", "315576000000s", "-315576000000s", "315575999999.999999999s"]
)


def one_of(fields: Fields, others: Fields) -> Values:
    """Objects with exactly one of some fields, and others that may be absent or null."""
    return st.sampled_from(sorted(fields)).flatmap(
        lambda name: objects({name: fields[name]}, others)
    )


EMPTY: Values = st.just({})
PROMPTS = NAMES | st.just("p" * 20_000)
WORKFLOW_CONTEXTS = one_of(
    {
        "projects": objects({}, {"projectIds": lists(UUIDS)}),
        "repositories": objects(
            {"environmentClassId": UUIDS},
            {"repositoryUrls": objects({"repoUrls": st.lists(NAMES, min_size=1, max_size=2)}, {})},
        )
        | objects(
            {"environmentClassId": UUIDS},
            {"repoSelector": objects({"repoSearchString": NAMES, "scmHost": NAMES}, {})},
        ),
        "agent": objects({"prompt": PROMPTS}, {}),
        "fromTrigger": EMPTY,
    },
    {},
)
PULL_REQUEST_EVENTS = enums(
    "PULL_REQUEST_EVENT",
    *("UNSPECIFIED", "OPENED", "UPDATED", "APPROVED", "MERGED", "CLOSED"),
    *("READY_FOR_REVIEW", "REVIEW_REQUESTED"),
)
STARTED_BY: Fields = {
    "manual": EMPTY,
    "time": objects({"cronExpression": NAMES | st.just("c" * 100)}, {}),
    "pullRequest": objects(
        {}, {"events": lists(PULL_REQUEST_EVENTS), "webhookId": UUIDS, "integrationId": UUIDS}
    ),
}
WORKFLOW_TRIGGERS = st.sampled_from(sorted(STARTED_BY)).flatmap(
    lambda name: objects({name: STARTED_BY[name], "context": WORKFLOW_CONTEXTS}, {})
)
REPORTED = {"key": st.sampled_from(["a", "some_key", "k" * 50]), "title": NAMES}
OUTPUT_TYPES: Fields = {
    "string": objects({}, {"pattern": TEXTS}),
    "integer": objects({}, {"min": INTEGERS, "max": INTEGERS}),
    "float": objects({}, {"min": FLOATS, "max": FLOATS}),
    "boolean": EMPTY,
}
OUTPUT_SPECS = st.tuples(
    st.sampled_from(sorted(OUTPUT_TYPES)), st.sampled_from(["prompt", "command"])
).flatmap(
    lambda names: objects(
        REPORTED | {names[0]: OUTPUT_TYPES[names[0]], names[1]: PROMPTS},
        {"acceptanceCriteria": TEXTS},
    )
)
WORKFLOW_STEPS = one_of(
    {
        "task": objects({"command": PROMPTS}, {}),
        "agent": objects({"prompt": PROMPTS}, {}),
        "pullRequest": objects(
            {"title": NAMES | st.just("t" * 500), "branch": NAMES | st.just("b" * 255)},
            {"description": TEXTS, "draft": st.booleans()},
        ),
        "report": objects({"outputs": st.lists(OUTPUT_SPECS, min_size=1, max_size=2)}, {}),
    },
    {},
)
RUN_LIMITS = objects({}, {"maxTime": LONG_DURATIONS})
PARALLEL = st.integers(1, 25)
WORKFLOW_LIMITS = objects(
    {
        "maxParallel": PARALLEL | PARALLEL.map(str),
        "maxTotal": st.integers(25, 100) | st.just("100"),
    },
    {"perExecution": RUN_LIMITS},
)
WORKFLOW_ACTIONS = objects(
    {"limits": WORKFLOW_LIMITS, "steps": st.lists(WORKFLOW_STEPS, min_size=1, max_size=2)}, {}
)
CODEX = objects(
    {},
    {
        "model": enums("CODEX_OPEN_AI_MODEL", "UNSPECIFIED", "GPT_5_5", "GPT_5_6_LUNA"),
        "reasoningEffort": enums("CODEX_REASONING_EFFORT", "LOW", "ULTRA"),
        "serviceTier": enums("CODEX_SERVICE_TIER", "UNSPECIFIED", "FAST"),
    },
)
WORKFLOW_FILES = objects(
    {
        "name": NAMES | st.just("n" * 80),
        "triggers": st.lists(WORKFLOW_TRIGGERS, min_size=1, max_size=2),
        "action": WORKFLOW_ACTIONS,
    },
    {
        "description": TEXTS | st.just("d" * 500),
        "report": WORKFLOW_ACTIONS,
        "executor": SUBJECTS,
        "agentId": st.just("") | UUIDS,
        "codexSettings": CODEX,
    },
)
WORKFLOWS = objects(
    {"id": UUIDS},
    {
        "metadata": objects(
            {"name": NAMES},
            {
                "description": TEXTS,
                "creator": SUBJECTS,
                "executor": SUBJECTS,
                "createdAt": TIMESTAMPS,
                "updatedAt": TIMESTAMPS,
            },
        ),
        "spec": objects(
            {},
            {
                "triggers": lists(WORKFLOW_TRIGGERS),
                "action": WORKFLOW_ACTIONS,
                "report": WORKFLOW_ACTIONS,
                "deleting": st.booleans(),
                "disabled": st.booleans(),
                "agentId": TEXTS,
                "codexSettings": CODEX,
            },
        ),
        "webhookUrl": TEXTS,
    },
)
PULL_REQUESTS = objects(
    {},
    {
        **dict.fromkeys(("id", "title", "fromBranch", "toBranch", "url", "author"), TEXTS),
        "repository": objects({}, dict.fromkeys(("cloneUrl", "host", "owner", "name"), TEXTS)),
        "draft": st.booleans(),
        "state": enums("STATE", "UNSPECIFIED", "OPEN", "CLOSED", "MERGED"),
        "headSha": TEXTS,
    },
)
WORKFLOW_ERRORS = objects(
    {},
    {
        "code": enums("WORKFLOW_ERROR_CODE", "UNSPECIFIED", "ENVIRONMENT_ERROR", "AGENT_ERROR"),
        "message": TEXTS,
        "meta": st.dictionaries(NAMES, TEXTS, max_size=2),
        "retry": objects({}, {"retriable": st.booleans(), "retryAfter": LONG_DURATIONS}),
        "reason": TEXTS,
    },
)
PHASES_OF_RUNS = ("UNSPECIFIED", "PENDING", "RUNNING", "STOPPING", "STOPPED", "DELETING", "DELETED")
WORKFLOW_PHASES = enums("WORKFLOW_EXECUTION_PHASE", *PHASES_OF_RUNS, "COMPLETED")
ACTION_PHASES = enums("WORKFLOW_EXECUTION_ACTION_PHASE", *PHASES_OF_RUNS, "DONE")
FAILURES: Fields = {
    "failureMessage": TEXTS,
    "warningMessage": TEXTS,
    "failures": lists(WORKFLOW_ERRORS),
    "warnings": lists(WORKFLOW_ERRORS),
}
STARTS: Fields = {
    "manual": EMPTY,
    "time": objects({}, {"triggeredAt": TIMESTAMPS}),
    "pullRequest": PULL_REQUESTS,
}
WORKFLOW_EXECUTIONS = objects(
    {"id": UUIDS},
    {
        "metadata": objects(
            {"workflowId": UUIDS},
            {
                "startedAt": TIMESTAMPS,
                "finishedAt": TIMESTAMPS,
                "creator": SUBJECTS,
                "executor": SUBJECTS,
            },
        ),
        "spec": objects(
            {},
            {
                "session": TEXTS,
                "desiredPhase": WORKFLOW_PHASES,
                "trigger": st.sampled_from(sorted(STARTS)).flatmap(
                    lambda name: objects({name: STARTS[name], "context": WORKFLOW_CONTEXTS}, {})
                ),
                "action": WORKFLOW_ACTIONS,
                "report": WORKFLOW_ACTIONS,
            },
        ),
        "status": objects(
            {},
            {
                "session": TEXTS,
                "phase": WORKFLOW_PHASES,
                "pendingActionCount": INTEGERS,
                "runningActionCount": INTEGERS,
                "failedActionCount": INTEGERS,
                "doneActionCount": INTEGERS,
                "stoppedActionCount": INTEGERS,
                **FAILURES,
            },
        ),
    },
)
ACTION_CONTEXTS = one_of(
    {
        "projectId": UUIDS,
        "environmentId": UUIDS,
        "contextUrl": objects(
            {"url": st.just("https://a.example/b")} | {"environmentClassId": UUIDS}, {}
        ),
    },
    {"pullRequest": PULL_REQUESTS},
)
WORKFLOW_EXECUTION_ACTIONS = objects(
    {"id": UUIDS},
    {
        "metadata": objects(
            {"workflowExecutionId": UUIDS, "workflowId": UUIDS},
            {"startedAt": TIMESTAMPS, "finishedAt": TIMESTAMPS, "actionName": TEXTS},
        ),
        "spec": objects(
            {},
            {
                "session": TEXTS,
                "desiredPhase": ACTION_PHASES,
                "context": ACTION_CONTEXTS,
                "limits": RUN_LIMITS,
            },
        ),
        "status": objects(
            {},
            {
                "session": TEXTS,
                "phase": ACTION_PHASES,
                "stepStatuses": lists(
                    objects(
                        {},
                        {
                            "stepIndex": INTEGERS,
                            "phase": enums(
                                "STEP_PHASE",
                                *("UNSPECIFIED", "PENDING", "RUNNING"),
                                *("DONE", "FAILED", "CANCELLED"),
                            ),
                            "failureMessage": TEXTS,
                            "startedAt": TIMESTAMPS,
                            "finishedAt": TIMESTAMPS,
                            "step": WORKFLOW_STEPS,
                            "error": WORKFLOW_ERRORS,
                        },
                    )
                ),
                "environmentId": st.just("") | UUIDS,
                "agentExecutionId": TEXTS,
                **FAILURES,
            },
        ),
    },
)

PAGINATION: Fields = {"pagination": objects({}, {"nextToken": TEXTS})}
LISTED_TASKS: Fields = {"tasks": lists(TASKS)}
LISTED_SERVICES: Fields = {"services": lists(SERVICES)}

VALID: dict[str, Values] = {
    "automation-trigger": TRIGGERS,
    "automations-file": FILES,
    "environment": objects(LISTED_TASKS, LISTED_SERVICES) | objects(LISTED_SERVICES, LISTED_TASKS),
    "environment-class": CLASSES,
    "service": SERVICES,
    "service-list": objects({}, LISTED_SERVICES | PAGINATION),
    "status-history": objects({"statuses": lists(STATUSES)}, {}),
    "task": TASKS,
    "task-execution": EXECUTIONS,
    "task-execution-list": objects({}, {"taskExecutions": lists(EXECUTIONS)} | PAGINATION),
    "task-list": objects({}, LISTED_TASKS | PAGINATION),
    "workflow": WORKFLOWS,
    "workflow-execution": WORKFLOW_EXECUTIONS,
    "workflow-execution-action": WORKFLOW_EXECUTION_ACTIONS,
    "workflow-execution-action-list": objects(
        {}, {"workflowExecutionActions": lists(WORKFLOW_EXECUTION_ACTIONS)} | PAGINATION
    ),
    "workflow-execution-list": objects(
        {}, {"workflowExecutions": lists(WORKFLOW_EXECUTIONS)} | PAGINATION
    ),
    "workflow-file": WORKFLOW_FILES,
    "workflow-list": objects(
        {},
        {
            "workflows": lists(WORKFLOWS),
            "count": objects(
                {},
                {
                    "value": INTEGERS,
                    "relation": enums("COUNT_RESPONSE_RELATION", "UNSPECIFIED", "EQ", "GTE"),
                },
            ),
        }
        | PAGINATION,
    ),
}


# --- Nearly valid documents ------------------------------------------------------------------

# Values that are wrong almost everywhere, and those that some reader accepts by mistake.
ODD_VALUES: list[object] = [
    *(None, True, False, 0, 1, -1, 5.0, 1.5, 99, 2**64 - 1, 2**64, 1e30),
    *("", " ", "x", "ab", "abc", "x\n", "\nx", "true", "null", "a b", "é"),
    *("x" * length for length in (50, 51, 80, 81, 100, 101, 127, 128, 129, 200, 201, 255, 256)),
    *("x" * length for length in (500, 501, 4096, 4097, 20_000, 20_001)),
    *([], [None], [""], ["x"], [[]], [{}], {}, {"": ""}, {"x": None}, {"x": "x" * 4097}),
    *({"x" * 128: "x" * 4096}, {"x" * 129: "x"}, {"": "x"}),
    # Numbers.
    *("1", "007", "+5", "-0", "-1", "1_0", "1e3", "5.0", "٣", " 5", "5\n"),
    *(str(2**64), str(2**64 - 1), 2**31, -(2**31), -(2**31) - 1, "2147483648", "-2147483648"),
    *("nan", "NaN", "inf", "Infinity", "-Infinity", "1.", ".5", "-.5", 0.5, "0.5", 1e39, -1e39),
    # Durations.
    *("0s", "5m", "+5s", "5.s", ".5s", "1_0s", "-0s", "-1s", "-0.5s", "300", "86400.1s"),
    *("86400.000000001s", "86400.000000999s", "86400.000001s"),
    *("315576000000.5s", "315576000001s", "-315576000001s", "1000000000000s"),
    *("86401s", "1.0000000001s", "1e3s", "٣s", "5s\n"),
    # Timestamps.
    *("2024-02-29T00:00:00Z", "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z"),
    *("2024-04-31T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:00:60Z"),
    *("2024-01-01", "2024-01-01T00:00:00", "2024-01-01 00:00:00Z", "2024-01-01t00:00:00z"),
    *("2024-1-1T0:0:0Z", "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00.1234567890Z"),
    *("2024-01-01T00:00:00+25:00", "2024-01-01T00:00:00+1:0", "2024-01-01T00:00:00+0100"),
    *("0000-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"),
    # Names of enums, triggers, roles and kinds of address.
    *("manual", "beforeSnapshot", "post_machine_start", "Manual", "editor", "default"),
    *("TASK_EXECUTION_PHASE_RUNNING", "SERVICE_PHASE_RUNNING", "RUNNING", "running"),
    *("PRINCIPAL_AGENT_EXECUTION", "PRINCIPAL_ROBOT", "SERVICE_ROLE_EDITOR"),
    *("PULL_REQUEST_EVENT_OPENED", "some_key", "some__key", "_key", "key_", "Key", "key1"),
    *("logs.example/1", "https://logs.example/1", "https://logs.example/ 1", "https://"),
    *("3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11", "3f1c2a9e5b7d4c1a9e0f2d6b8a4c7e11"),
    {"manual": True},
    {"manual": True, "prebuild": False},
    {"docker": {"image": "node:22"}, "machine": {}},
    {"docker": {"image": "node:22"}, "machine": None},
    {"docker": None, "machine": {}},
    *({"name": "x", "value": "x", other: {}} for other in ("valueFrom", "value_from")),
    *({"name": "x", "value": "x", other: None} for other in ("valueFrom", "value_from")),
    *({"name": "x", "value": None, other: {}} for other in ("valueFrom", "value_from")),
]
# Copied, because a second mistake may change what the first has inserted.
COPIED_ODD_VALUES = st.sampled_from(ODD_VALUES).map(copy.deepcopy)
# Fields that belong elsewhere, to another format, or nowhere.
ODD_NAMES = [
    *("", "x", "name", "command", "commands", "start", "ready", "triggers", "init", "before"),
    *("id", "environmentId", "dependsOn", "depends_on", "triggeredBy", "runsOn", "env", "value"),
    *("valueFrom", "value_from", "task", "serviceId", "service_id", "status", "spec", "metadata"),
    *("tasks", "services", "docker", "machine", "manual", "prebuild", "displayName", "runnerId"),
    *("triggers", "action", "context", "steps", "agent", "report", "pullRequest", "pull_request"),
    *("projects", "prompt", "string", "boolean", "maxTotal", "max_total", "time", "description"),
    *("$schema", "[ext]", "r" * 129, "a b", "NAME"),
]


def places(value: object) -> Iterator[tuple[Container, Key]]:
    """Every place of a value within `value`, the outermost first."""
    keys: list[Any] = []
    if isinstance(value, dict):
        keys = list(value)
    elif isinstance(value, list):
        keys = list(range(len(value)))
    for key in keys:
        yield value, key
        yield from places(value[key])  # type: ignore[index]


def mistakes(value: Any) -> Iterator[object]:
    """`value` with one mistake in it, for each kind of mistake that can be listed."""
    yield from ODD_VALUES
    if isinstance(value, str):
        yield from (f"{value}\n", f"\n{value}", f"{value}x", f"x{value}", value[:-1])
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield value[:index] + value[index + 1 :]
            for mistaken in mistakes(item):
                yield [mistaken]
    elif isinstance(value, dict):
        yield value | {"x": "x"}
        # Only scalar fields are kept at deeper levels, to keep the documents small.
        plain = {name: item for name, item in value.items() if not isinstance(item, (dict, list))}
        for key, item in value.items():
            others = {name: kept for name, kept in value.items() if name != key}
            yield others
            for name in {snake_case(key), camel_case(key), key.upper(), f"{key} "} - {key}:
                yield others | {name: item}
                yield value | {name: item}
                yield value | {name: None}
            for mistaken in mistakes(item):
                yield plain | {key: mistaken}


@st.composite
def edited(draw: DrawFn, text: str) -> str:
    """Change, insert or leave out a character of `text`."""
    at = draw(st.integers(0, len(text)))
    instead = draw(st.sampled_from(["", *"aZ09_-+.:/ \n\tésT{٣"]))
    skipped: int = draw(st.integers(0, 1))
    return f"{text[:at]}{instead}{text[at + skipped :]}"


def replace(draw: DrawFn, container: Container, key: Key) -> None:
    container[key] = draw(COPIED_ODD_VALUES)


def nullify(_draw: DrawFn, container: Container, key: Key) -> None:
    container[key] = None


def drop(_draw: DrawFn, container: Container, key: Key) -> None:
    del container[key]


def rename(draw: DrawFn, container: Container, key: Key) -> None:
    container[draw(st.sampled_from(ODD_NAMES))] = container.pop(key)


def misspell(draw: DrawFn, container: Container, key: Key) -> None:
    container[draw(edited(key))] = container.pop(key)


def double(draw: DrawFn, container: Container, key: Key) -> None:
    """Add a field in its other spelling next to it."""
    other = camel_case(key) if key == snake_case(key) else snake_case(key)
    container[other] = draw(st.sampled_from([None, copy.deepcopy(container[key])]))


def add(draw: DrawFn, container: Container, key: Key) -> None:
    """Add a field to the object at a place."""
    container[key][draw(st.sampled_from(ODD_NAMES))] = draw(COPIED_ODD_VALUES)


def edit(draw: DrawFn, container: Container, key: Key) -> None:
    container[key] = draw(edited(container[key]))


def change(draw: DrawFn, document: object) -> object:
    """Make one mistake somewhere in `document`, of a kind that is possible there."""
    # The document is in a list, so that it is a place like any other.
    whole = [document]
    container, key = draw(st.sampled_from(list(places(whole))))
    sorts = [replace, nullify]
    if container is not whole:
        sorts += [drop]
    if isinstance(container, dict):
        sorts += [rename, misspell, double]
    if isinstance(container[key], dict):
        sorts += [add]
    if isinstance(container[key], str):
        sorts += [edit]
    draw(st.sampled_from(sorts))(draw, container, key)
    return whole[0]


@st.composite
def nearly(draw: DrawFn, documents: Values) -> object:
    """Make one or two mistakes in a document."""
    document = copy.deepcopy(draw(documents))
    for _ in range(draw(st.integers(1, 2))):
        document = change(draw, document)
    return document


NEARLY_VALID: dict[str, Values] = {kind: nearly(documents) for kind, documents in VALID.items()}
