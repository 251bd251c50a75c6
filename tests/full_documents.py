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

WORKFLOW_TRIGGERS = [
    {"manual": {}, "context": {"projects": {"projectIds": [IDS[0]]}}},
    {
        "time": {"cronExpression": "0 9 * * 1"},
        "context": {
            "repositories": {
                "environmentClassId": IDS[1],
                "repositoryUrls": {"repoUrls": ["https://github.com/example/web"]},
            }
        },
    },
    {
        "time": {"cronExpression": "@daily"},
        "context": {
            "repositories": {
                "environmentClassId": IDS[1],
                "repoSelector": {"repoSearchString": "org:example", "scmHost": "github.com"},
            }
        },
    },
    {"manual": {}, "context": {"agent": {"prompt": "Find them."}}},
    {
        "pullRequest": {
            "events": ["PULL_REQUEST_EVENT_OPENED"],
            "webhookId": IDS[2],
            "integrationId": IDS[3],
        },
        "context": {"fromTrigger": {}},
    },
]
OUTPUTS = [
    {"key": "summary", "title": "Summary", "string": {"pattern": "^x$"}, "prompt": "Sum it up."},
    {"key": "count", "title": "Count", "integer": {"min": 0, "max": 5}, "command": "echo 1"},
    {
        "key": "coverage",
        "title": "Coverage",
        "float": {"min": 0.5, "max": 1},
        "command": "echo 1",
        "acceptanceCriteria": "It is high.",
    },
    {"key": "tests_passed", "title": "Passed", "boolean": {}, "command": "npm test"},
]
STEPS = [
    {"task": {"command": "npm ci"}},
    {"agent": {"prompt": "Update it."}},
    {
        "pullRequest": {
            "title": "Update",
            "description": "Updates it.",
            "branch": "update",
            "draft": True,
        }
    },
    {"report": {"outputs": OUTPUTS}},
]
ACTION = {
    "limits": {"maxParallel": 1, "maxTotal": 2, "perExecution": {"maxTime": "3600s"}},
    "steps": STEPS,
}
CODEX = {
    "model": "CODEX_OPEN_AI_MODEL_GPT_5_5",
    "reasoningEffort": "CODEX_REASONING_EFFORT_HIGH",
    "serviceTier": "CODEX_SERVICE_TIER_FAST",
}
PULL_REQUEST = {
    "id": "12",
    "title": "Add a page",
    "fromBranch": "page",
    "toBranch": "main",
    "url": "https://github.com/example/web/pull/12",
    "author": "octocat",
    "repository": {
        "cloneUrl": "https://github.com/example/web.git",
        "host": "github.com",
        "owner": "example",
        "name": "web",
    },
    "draft": False,
    "state": "STATE_OPEN",
    "headSha": "9fceb02",
}
ERROR = {
    "code": "WORKFLOW_ERROR_CODE_AGENT_ERROR",
    "message": "no answer",
    "meta": {"attempt": "2"},
    "retry": {"retriable": True, "retryAfter": "30s"},
    "reason": "timeout",
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
    "workflow": {
        "id": IDS[0],
        "metadata": {
            "name": "Update",
            "description": "Updates it.",
            "creator": CREATOR,
            "executor": CREATOR,
            "createdAt": MOMENT,
            "updatedAt": MOMENT,
        },
        "spec": {
            "triggers": WORKFLOW_TRIGGERS,
            "action": ACTION,
            "report": ACTION,
            "deleting": False,
            "disabled": False,
            "agentId": IDS[1],
            "codexSettings": CODEX,
        },
        "webhookUrl": "https://hooks.example/1",
    },
    "workflow-execution": {
        "id": IDS[0],
        "metadata": {
            "workflowId": IDS[1],
            "startedAt": MOMENT,
            "finishedAt": MOMENT,
            "creator": CREATOR,
            "executor": CREATOR,
        },
        "spec": {
            "session": "5",
            "desiredPhase": "WORKFLOW_EXECUTION_PHASE_STOPPED",
            "trigger": {"pullRequest": PULL_REQUEST, "context": {"fromTrigger": {}}},
            "action": ACTION,
            "report": ACTION,
        },
        "status": {
            "session": "5",
            "phase": "WORKFLOW_EXECUTION_PHASE_STOPPED",
            "pendingActionCount": 0,
            "runningActionCount": 0,
            "failedActionCount": 1,
            "doneActionCount": 1,
            "stoppedActionCount": 1,
            "failureMessage": "it broke",
            "warningMessage": "it was slow",
            "failures": [ERROR],
            "warnings": [ERROR],
        },
    },
    "workflow-execution-action": {
        "id": IDS[0],
        "metadata": {
            "workflowExecutionId": IDS[1],
            "workflowId": IDS[2],
            "startedAt": MOMENT,
            "finishedAt": MOMENT,
            "actionName": "example/web",
        },
        "spec": {
            "session": "5",
            "desiredPhase": "WORKFLOW_EXECUTION_ACTION_PHASE_STOPPED",
            "context": {
                "contextUrl": {
                    "url": "https://github.com/example/web",
                    "environmentClassId": IDS[3],
                },
                "pullRequest": PULL_REQUEST,
            },
            "limits": {"maxTime": "3600s"},
        },
        "status": {
            "session": "5",
            "phase": "WORKFLOW_EXECUTION_ACTION_PHASE_STOPPED",
            "stepStatuses": [
                {
                    "stepIndex": 0,
                    "phase": "STEP_PHASE_FAILED",
                    "failureMessage": "it broke",
                    "startedAt": MOMENT,
                    "finishedAt": MOMENT,
                    "step": STEPS[0],
                    "error": ERROR,
                }
            ],
            "environmentId": IDS[4],
            "agentExecutionId": IDS[5],
            "failureMessage": "it broke",
            "warningMessage": "it was slow",
            "failures": [ERROR],
            "warnings": [ERROR],
        },
    },
    "workflow-file": {
        "name": "Update",
        "description": "Updates it.",
        "triggers": WORKFLOW_TRIGGERS,
        "action": ACTION,
        "report": ACTION,
        "executor": CREATOR,
        "agentId": IDS[1],
        "codexSettings": CODEX,
    },
    "workflow-list": {
        "workflows": [],
        "count": {"value": 0, "relation": "COUNT_RESPONSE_RELATION_EQ"},
        "pagination": {"nextToken": "next"},
    },
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
