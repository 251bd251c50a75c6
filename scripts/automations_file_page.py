"""Generate the page of the fields of an automations file, from its schema and the fixtures.

The rules of a field are those that its schema implies, and those that find something in it in the
fixtures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from scripts import fields
from validator import Config, all_rules, check_text, schemas
from validator.contract.spelling import camel_case
from validator.finding import Finding
from validator.kinds import DEFAULT_KIND
from validator.schemas import Schema

_ROOT = Path(__file__).parents[1]
_FILE = "automations-file.schema.json"

_EXAMPLE = (_ROOT / "fixtures" / "reference" / "automations.yaml").read_text(encoding="utf-8")

_INTRODUCTION = f"""\
# Automations file

<!-- Made from the schema and the fixtures by scripts/generate.py. -->

The fields of `.ona/config.yaml`, and of the older `.ona/automations.yaml` and
`.gitpod/automations.yaml`: the tasks and services of a development environment.

```yaml
{_EXAMPLE}```

A field that is not on this page is an error: the platform rejects the whole file
([`unknown-field`](../rules/unknown-field.md)). A field may be missing unless it is required, and
null counts as missing. Types are strict: a number or a boolean is not a string
([`wrong-type`](../rules/wrong-type.md)). The rules on [syntax](../rules/index.md#syntax) apply
everywhere and are not repeated here. `automation-validator schema` prints the schema,
[`{_FILE}`](../../schema/{_FILE}).
"""

_TRIGGERS = """
## Triggers

What starts a task or a service; each may have several. [Plans](../guides/plan-and-graph.md) shows
what a trigger starts, and in which order.

| trigger | fires | for |
|---|---|---|
"""

_OTHER = """
## Dependencies

`dependsOn` of a task names tasks and services, by their keys. Before the task starts, these tasks
have ended and these services are ready. They start with the task even if they have no trigger of
their own, and run again each time it does. Services have no `dependsOn`: one that has to wait for
another does so in its `start` command.

Rules: {references}.

## Prebuilds

A prebuild starts what has the trigger `prebuild`. Once all of its tasks are complete, it starts the
tasks with `beforeSnapshot`, and then takes a snapshot. User secrets are missing in it. A task that
fails only causes a warning, unless it has `prebuildRequiresSuccess: true`.
"""


class Section(NamedTuple):
    """An object of the file: its title on the page, its path there and its place in the schema."""

    title: str
    path: str
    place: str

    @property
    def schema(self) -> Schema:
        """The schema of the object."""
        return schemas.target(Schema("", {"$ref": f"{_FILE}#{self.place}"}))


SECTIONS = (
    Section("File", "", ""),
    Section("Service", "services.REFERENCE", "/definitions/service"),
    Section("Task", "tasks.REFERENCE", "/definitions/task"),
    Section(
        "Commands",
        "services.REFERENCE.commands",
        "/definitions/service/properties/commands",
    ),
    Section("Where it runs", "runsOn", "/definitions/runsOn"),
    Section("Docker container", "runsOn.docker", "/definitions/runsOn/properties/docker"),
)
_TRIGGER = Section("Triggers", "triggeredBy[]", "/definitions/trigger")

_OF_FILES = frozenset({"references", "triggers", "services", "scripts", "security", "structure"})
"""The groups of rules that are about fields."""

_OF_SCRIPTS = frozenset({"script-syntax", "shellcheck", "unchecked-script"})
"""The rules on each script, which the fixtures only show on some."""


def page() -> str:
    """The text of the page."""
    used = set().union(*_rules().values())
    references = _listed(name for name in used if all_rules()[name].group == "references")
    return "".join(
        [
            _INTRODUCTION,
            *map(_section, SECTIONS),
            _TRIGGERS,
            *_triggers(),
            _OTHER.format(references=references),
        ]
    )


def _section(section: Section) -> str:
    schema = section.schema
    title = f"\n## {section.title}\n\n"
    where = f"`{section.path}`: " if section.path else ""
    details = "".join(_field(section, name) for name in fields.names(schema))
    own = _listed(_rules().get((section.title, ""), ()))
    rules = f"\nRules on the whole: {own}.\n" if own else ""
    return f"{title}{where}{schema.value['description']}\n{rules}{details}"


def _field(section: Section, name: str) -> str:
    schema = fields.field(section.schema, name)
    required = name in schemas.required(section.schema)
    default = fields.default(schema)
    other = fields.other_spelling(section.schema, name)
    rows = [
        ("type", fields.type_of(schema, _link) + ", required" * required),
        ("default", fields.cell(default)),
        ("also spelled", f"`{other}`, the Python SDK's spelling (deprecated)" if other else ""),
        ("rules", _listed(rules_of(section, name))),
    ]
    table = "".join(f"| {title} | {value} |\n" for title, value in rows if value)
    return (
        f"\n### {section.title}: `{name}`\n\n{fields.description(schema)}\n"
        f"\n| | |\n|---|---|\n{table}"
        f"\n```yaml\n{fields.block({name: fields.example(schema)})}```\n"
    )


def _triggers() -> Iterator[str]:
    value = _TRIGGER.schema.value
    for name, meaning in zip(value["enum"], value["enumDescriptions"], strict=True):
        if "_" not in name:
            to = "tasks" if name == "beforeSnapshot" else "tasks and services"
            yield f"| `{name}` | {meaning} | {to} |\n"


def _link(schema: Schema) -> str | None:
    value = schemas.target(schema).value
    for section in (*SECTIONS, _TRIGGER):
        if section.schema.value is value:
            anchor = section.title.lower().replace(" ", "-")
            return f"[{schemas.chain(schema)[-1].value['title'].lower()}](#{anchor})"
    return None


def _listed(rules: Iterable[str]) -> str:
    return ", ".join(f"[`{rule}`](../rules/{rule}.md)" for rule in sorted(rules))


def rules_of(section: Section, name: str) -> set[str]:
    """The rules on a field of a section."""
    schema = fields.field(section.schema, name)
    value = schemas.target(schema).value
    found = {"wrong-type"} | _rules().get((section.title, name), set())
    if name in schemas.required(section.schema):
        found.add("missing-field")
    if value.get("minLength"):
        found |= {"empty-value", "blank-value"}
    if "enum" in value:
        found.add("invalid-value")
    if fields.other_spelling(section.schema, name):
        found |= {"conflicting-fields", "noncanonical-spelling"}
    if "contentMediaType" in value:
        found |= _OF_SCRIPTS
    return found


@cache
def _rules() -> dict[tuple[str, str], set[str]]:
    """The rules that find something in the fixtures, by section and field, "" for none."""
    optional = {name: rule.severity for name, rule in all_rules().items() if rule.optional}
    config = Config(severity=optional)
    found: dict[tuple[str, str], set[str]] = {}
    for path in sorted((_ROOT / "fixtures" / "rules").glob("*/bad-*")):
        if path.suffix in (".json", ".yaml"):
            report = check_text(path.read_bytes(), path=path.name, config=config)
            for finding in report.findings if report.kind == DEFAULT_KIND else ():
                if all_rules()[finding.rule].group in _OF_FILES:
                    found.setdefault(_field_of(finding), set()).add(finding.rule)
    return found


def _field_of(finding: Finding) -> tuple[str, str]:
    """The section and the field that a finding is in; "" if it is in no field."""
    by_schema = {id(section.schema.value): section.title for section in SECTIONS}
    schema = schemas.of_kind(DEFAULT_KIND)
    place = ("File", "")
    subject = [finding.subject] if finding.subject else []
    # Values of misspelt fields are checked as those of the fields that were meant.
    for step in [*(finding.meant or finding.pointer).split("/")[1:], *subject]:
        is_list = "items" in schemas.target(schema).value
        inner = schemas.child(schema, int(step) if is_list else camel_case(step))
        if inner is None:
            break
        title = by_schema.get(id(schema.value))
        if title is not None and camel_case(step) in schemas.fields(schema):
            place = (title, camel_case(step))
        schema = inner
        if id(schema.value) in by_schema:
            place = (by_schema[id(schema.value)], "")
    return place
