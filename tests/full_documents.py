"""For each kind not composed of others, a document in which every field is set."""

from __future__ import annotations

from typing import Any

from tests.strategies import TRIGGER_NAMES, snake_case

IDS = [f"3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e{number}" for number in range(10, 20)]
MOMENT = "2025-03-01T09:30:00.250Z"
DOCKER = {"docker": {"image": "node:22", "environment": ["NODE_ENV=test"]}}
MACHINE: dict[str, object] = {"machine": {}}
CREATOR = {"id": IDS[0], "principal": "PRINCIPAL_USER"}
ENV = [
    {"name": "NODE_ENV", "value": "test"},
    {"name": "API_TOKEN", "valueFrom": {"secretRef": {"id": IDS[1]}}},
]
TRIGGERS = [{"manual": True}, {"postDevcontainerStart": True}]
METADATA = {
    "reference": "install",
    "name": "Install",
    "description": "Installs it.",
    "createdAt": MOMENT,
    "creator": CREATOR,
    "triggeredBy": TRIGGERS,
}
COMMANDS = {"start": "npm run dev", "ready": "curl -sf http://localhost", "stop": "true"}
TASK_SPEC = {"command": "npm ci", "runsOn": DOCKER, "env": ENV, "prebuildRequiresSuccess": True}
OUTPUT = {"url": "http://localhost"}
STATUS = {
    "phase": "TASK_EXECUTION_PHASE_FAILED",
    "failureMessage": "exit code 1",
    "logUrl": "https://logs.example/1",
    "statusVersion": "1024",
    "steps": [
        {
            "id": IDS[2],
            "phase": "TASK_EXECUTION_PHASE_FAILED",
            "failureMessage": "exit code 1",
            "output": OUTPUT,
        },
        {"id": IDS[4], "phase": "TASK_EXECUTION_PHASE_SUCCEEDED"},
    ],
}

IN_API_SPELLING: dict[str, Any] = {
    "automation-trigger": dict.fromkeys(TRIGGER_NAMES) | {"beforeSnapshot": True},
    "automations-file": {
        "services": {
            "db": {
                "name": "Database",
                "description": "Keeps data.",
                "commands": COMMANDS,
                "triggeredBy": ["manual"],
                "role": "editor",
                "runsOn": DOCKER,
                "readinessTimeout": "300s",
            }
        },
        "tasks": {
            "install": {
                "name": "Install",
                "description": "Installs it.",
                "command": "npm ci",
                "dependsOn": ["db"],
                "triggeredBy": ["manual"],
                "runsOn": MACHINE,
                "prebuildRequiresSuccess": True,
            }
        },
    },
    "environment-class": {
        "id": IDS[0],
        "runnerId": IDS[1],
        "displayName": "Large",
        "description": "8 CPUs.",
        "enabled": True,
        "configuration": [{"key": "machineType", "value": "large"}],
    },
    "service": {
        "id": IDS[0],
        "environmentId": IDS[1],
        "metadata": METADATA | {"role": "SERVICE_ROLE_EDITOR"},
        "spec": {
            "commands": COMMANDS,
            "runsOn": MACHINE,
            "env": ENV,
            "readinessTimeout": "300s",
            "desiredPhase": "SERVICE_PHASE_RUNNING",
            "session": "5",
            "specVersion": "7",
        },
        "status": {
            "phase": "SERVICE_PHASE_RUNNING",
            "failureMessage": "",
            "logUrl": "https://logs.example/1",
            "output": OUTPUT,
            "session": "5",
            "statusVersion": "1024",
        },
    },
    "task": {
        "id": IDS[0],
        "environmentId": IDS[1],
        "dependsOn": [IDS[2]],
        "metadata": METADATA,
        "spec": TASK_SPEC,
    },
    "task-execution": {
        "id": IDS[0],
        "metadata": {
            "taskId": IDS[1],
            "environmentId": IDS[3],
            "createdAt": MOMENT,
            "startedAt": MOMENT,
            "completedAt": MOMENT,
            "creator": CREATOR,
            "startedBy": "manual",
        },
        "spec": {
            "desiredPhase": "TASK_EXECUTION_PHASE_STOPPED",
            "plan": [
                {"steps": [{"id": IDS[4], "label": "Database", "serviceId": IDS[5]}]},
                {
                    "steps": [
                        {
                            "id": IDS[2],
                            "dependsOn": [IDS[4]],
                            "label": "Install",
                            "task": {"id": IDS[1], "spec": {"command": "npm ci"}},
                        }
                    ]
                },
            ],
        },
        "status": STATUS,
    },
    "task-list": {"tasks": [], "pagination": {"nextToken": "next"}},
}


def in_sdk_spelling(value: Any) -> Any:
    """The same document, with its fields in the Python SDK's spelling."""
    if isinstance(value, dict):
        return {snake_case(name): in_sdk_spelling(item) for name, item in value.items()}
    if isinstance(value, list):
        return [in_sdk_spelling(item) for item in value]
    return value


# In a file the two spellings of a field have separate schemas; in API documents they share one.
DOCUMENTS = [
    *IN_API_SPELLING.items(),
    ("automations-file", in_sdk_spelling(IN_API_SPELLING["automations-file"])),
]
