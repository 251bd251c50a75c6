"""Generate the pages of fields, and the table of models, from schemas and fixtures.

The fields of a model are read from its schema; the rules that apply to it are those that find
something in their fixtures.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from scripts import fields
from validator import check_text, schemas
from validator.api.rules import all_checks
from validator.contract.spelling import snake_case
from validator.kinds import KINDS
from validator.schemas import Schema

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "models.md"

# The schema of each model, in the order of the page.
MODELS = {
    "AutomationTrigger": "automation-trigger.schema.json",
    "EnvironmentClass": "environment-class.schema.json",
    "Task": "task.schema.json",
    "TaskMetadata": "task.schema.json#/definitions/metadata",
    "TaskSpec": "common.schema.json#/definitions/taskSpec",
    "TaskExecution": "task-execution.schema.json",
    "TaskExecutionMetadata": "task-execution.schema.json#/definitions/metadata",
    "TaskExecutionSpec": "task-execution.schema.json#/definitions/spec",
    "TaskExecutionStatus": "task-execution.schema.json#/definitions/status",
    "Service": "service.schema.json",
    "ServiceMetadata": "service.schema.json#/definitions/metadata",
    "ServiceSpec": "service.schema.json#/definitions/spec",
    "ServiceStatus": "service.schema.json#/definitions/status",
    "Subject": "common.schema.json#/definitions/subject",
    "Workflow": "workflow.schema.json",
    "WorkflowMetadata": "workflow.schema.json#/definitions/metadata",
    "WorkflowSpec": "workflow.schema.json#/definitions/spec",
    "WorkflowExecution": "workflow-execution.schema.json",
    "WorkflowExecutionMetadata": "workflow-execution.schema.json#/definitions/metadata",
    "WorkflowExecutionSpec": "workflow-execution.schema.json#/definitions/spec",
    "WorkflowExecutionTrigger": "workflow-execution.schema.json#/definitions/trigger",
    "WorkflowExecutionStatus": "workflow-execution.schema.json#/definitions/status",
    "WorkflowExecutionAction": "workflow-execution-action.schema.json",
    "WorkflowExecutionActionMetadata": (
        "workflow-execution-action.schema.json#/definitions/metadata"
    ),
    "WorkflowExecutionActionSpec": "workflow-execution-action.schema.json#/definitions/spec",
    "WorkflowExecutionActionStatus": "workflow-execution-action.schema.json#/definitions/status",
    "WorkflowError": "workflow-execution.schema.json#/definitions/error",
    "PullRequest": "workflow-execution.schema.json#/definitions/pullRequest",
}

# The same of the parts of a workflow file, which have a page of their own.
FILE_MODELS = {
    "WorkflowFile": "workflow-file.schema.json",
    "WorkflowTrigger": "workflow-file.schema.json#/definitions/trigger",
    "WorkflowTriggerContext": "workflow-file.schema.json#/definitions/context",
    "WorkflowAction": "workflow-file.schema.json#/definitions/action",
    "WorkflowStep": "workflow-file.schema.json#/definitions/step",
    "CodexSettings": "workflow-file.schema.json#/definitions/codexSettings",
}
_ALL = MODELS | FILE_MODELS
# Another place with the same content as one of these.
_SAME = {"workflow-file.schema.json#/definitions/report": "WorkflowAction"}

_INTRODUCTION = """\
# Models

<!-- Made from the schemas and the fixtures by scripts/generate.py. -->

The fields of the documents of the platform's API: the shared models that the API and its SDKs use.
Fields are in camelCase, as the API sends them, or in snake_case, as the Python SDK prints
them, but not both in one object. A field may be missing unless it is required; null counts
as missing. A field that is not listed is rejected by the rule
[`unknown-field`](../rules/unknown-field.md); other rules check types and limits. Each section names
the rules that check how its fields fit together.

[automations-file.md](automations-file.md) has the fields of the files that people write, and
[workflow-file.md](workflow-file.md) those of the files that describe AI automations.

A timestamp is an RFC 3339 string. A 64-bit number is a string of digits, as in JSON, or a number.

## Documents

These are the document kinds, which `--kind` and `kind=` take; by default the kind is inferred from
the content. `automation-validator schema KIND` prints the schema of a kind in one file.

| kind | schema | |
|---|---|---|
"""


_WORKFLOW_FILE = """\
# AI automations (workflow files)

<!-- Made from the schemas and the fixtures by scripts/generate.py. -->

A workflow file describes an AI automation: what starts it, its limits and its steps. It is kept as
`.ona/automations/NAME.yaml` (also `.ona/ai-automations/` and `ona/ai-automations/`, with the ending
`.yaml` or `.yml`), and registered with `ona ai automation create`. `check` finds these files.
A file elsewhere is recognized by its content: triggers with a `context`, or an `action` with
`steps`.

```yaml
name: Update dependencies
triggers:
  - time:
      cronExpression: 0 9 * * 1
    context:
      projects:
        projectIds: [019d8bf4-1ded-7317-be2f-555e8fb55ff9]
action:
  limits: {maxParallel: 1, maxTotal: 10}
  steps:
    - agent:
        prompt: Update the dependencies that have a newer patch version.
    - task:
        command: npm ci && npm test
    - pullRequest:
        title: Update dependencies
        branch: chore/update-dependencies
```

Fields are in camelCase. The Python SDK's spelling is understood, with the fixable warning
[`noncanonical-spelling`](../rules/noncanonical-spelling.md). The schema decides which fields there
are; the rules below check how they fit together. The command of a task and of an output is a
script, checked by shellcheck if it is [switched on](../guides/scripts.md).
"""


def schema_of(model: str) -> Schema:
    """The schema of a model."""
    return schemas.target(Schema("", {"$ref": _ALL[model]}))


def model_of(schema: Schema) -> str | None:
    """The model of a schema; None if it has none."""
    value = schemas.target(schema).value
    for place, model in _SAME.items():
        if value is schemas.target(Schema("", {"$ref": place})).value:
            return model
    return next((name for name in _ALL if schema_of(name).value is value), None)


def page() -> str:
    """The page's text: the document kinds, and one section per model."""
    return _INTRODUCTION + _kinds() + _sections(MODELS, "workflow-file.md")


def workflow_file_page() -> str:
    """The text of the page of workflow files."""
    return _WORKFLOW_FILE + _sections(FILE_MODELS, "models.md")


def _sections(models: dict[str, str], other: str) -> str:
    """The sections of some models; the other models are on another page."""
    text = "".join(map(_section, models))
    for model in _ALL.keys() - models.keys():
        text = text.replace(f"](#{model.lower()})", f"]({other}#{model.lower()})")
    return text


def _kinds() -> str:
    rows = []
    for kind in KINDS:
        schema = schemas.of_kind(kind).value
        name = f"{kind}.schema.json"
        rows.append(f"| `{kind}` | [`{name}`](../../schema/{name}) | {schema['description']} |\n")
    return "".join(rows)


def _section(model: str) -> str:
    schema = schema_of(model)
    rows = "".join(map(str, _rows(schema, "")))
    file = _ALL[model].partition("#")[0]
    rules = ", ".join(f"[`{rule}`](../rules/{rule}.md)" for rule in rules_of(model)) or "none"
    return (
        f"\n## {model}\n\n{schema.value['description']}\n\n"
        f"```yaml\n{fields.block(fields.example(schema))}```\n\n"
        f"| field | in the SDK | type | example | |\n|---|---|---|---|---|\n{rows}\n"
        f"Schema: [`{file}`](../../schema/{file}). Rules: {rules}.\n"
    )


class Row(NamedTuple):
    """A field of a model, or of an object in it, by its path in the API's spelling."""

    path: str
    type: str
    example: str
    description: str

    def __str__(self) -> str:
        sdk = snake_case(self.path)
        shown = "" if sdk == self.path else f"`{sdk}`"
        example = fields.cell(self.example)
        return f"| `{self.path}` | {shown} | {self.type} | {example} | {self.description} |\n"


def _rows(schema: Schema, prefix: str) -> list[Row]:
    """The fields of an object, including those of inner objects that are not models."""
    required = schemas.required(schema)
    found: list[Row] = []
    for name in fields.names(schema):
        field = fields.field(schema, name)
        type_ = fields.type_of(field, _link) + ", required" * (name in required)
        default = fields.default(field)
        if default:
            type_ += f", by default `{default}`"
        example = fields.short_example(field)
        found.append(Row(prefix + name, type_, example, fields.description(field)))
        found += _nested(field, prefix + name)
    return found


def _nested(field: Schema, path: str) -> list[Row]:
    """The fields of the object that is the value of a field, or of the objects in its list."""
    inside = schemas.target(field)
    if "items" in inside.value:
        return _nested(Schema(inside.file, inside.value["items"]), f"{path}[]")
    return [] if model_of(inside) else _rows(inside, f"{path}.")


def _link(schema: Schema) -> str | None:
    model = model_of(schema)
    return f"[{model}](#{model.lower()})" if model else None


def rules_of(model: str) -> list[str]:
    """The rules that find something in a model, sorted by name."""
    return sorted(rule for rule, models in _models_of_rules().items() if model in models)


@cache
def _models_of_rules() -> dict[str, set[str]]:
    """The models in which the rules on API documents find something in their fixtures."""
    found: dict[str, set[str]] = {}
    for rule in all_checks():
        models = found.setdefault(rule, set())
        for path in sorted((ROOT / "fixtures" / "rules" / rule).glob("bad-*")):
            if path.suffix in (".json", ".yaml"):
                report = check_text(path.read_bytes())
                if report.kind != "automations-file":
                    models |= {_model_at(report.kind, each.pointer) for each in report.findings}
    return found


def _model_at(kind: str, pointer: str) -> str:
    """The innermost model on the path of a pointer."""
    schema = schemas.of_kind(kind)
    innermost = model_of(schema)
    for step in pointer.split("/")[1:]:
        inner = schemas.child(schema, int(step) if step.isdecimal() else step)
        if inner is None:
            break
        schema = inner
        innermost = model_of(schema) or innermost
    assert innermost is not None
    return innermost


def table() -> str:
    """The table of the page for Python: the schema and the rules of each model."""
    rows = []
    for model, place in MODELS.items():
        file = place.partition("#")[0]
        rules = ", ".join(f"`{rule}`" for rule in rules_of(model))
        link = f"[{model}](../reference/models.md#{model.lower()})"
        rows.append(f"| {link} | [`{file}`](../../schema/{file}) | {rules} |\n")
    return "| model | schema | rules |\n|---|---|---|\n" + "".join(rows)
