"""Names of fields in rules of one's own that no document can have."""

from pathlib import Path

import pytest

from tests.command import run_in
from validator import OwnRule

FILE = "automations-file"


def rule(**given: object) -> OwnRule:
    return OwnRule("acme-a", message="m", **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        (FILE, "tasks"),
        (FILE, "tasks.*"),
        (FILE, "tasks.my_task.command"),
        (FILE, "*.*.command"),
        (FILE, "tasks.*.triggeredBy.*"),
        (FILE, "services.*.runsOn.docker.image"),
        ("task", "spec.command"),
        ("workflow-file", "action.steps.*.task.command"),
    ],
)
def test_paths_to_what_may_be_there(kind: str, path: str) -> None:
    assert rule(kind=kind, on=path, schema={"minLength": 1}).on == (path,)


@pytest.mark.parametrize(
    ("kind", "path", "reason"),
    [
        (FILE, "task", "`task` is not a field there; did you mean `tasks`?"),
        (FILE, "tasks.*.runOn.x", "`runOn` is not a field there; did you mean `runsOn`?"),
        (
            FILE,
            "tasks.*.depends_on",
            "`depends_on` is not a field there; did you mean `dependsOn`?",
        ),
        (FILE, "tasks.*.commands", "`commands` is not a field there; did you mean `command`?"),
        (FILE, "tasks.*.triggeredBy.0", "`0` is in a list; write `*` for its entries"),
        (FILE, "tasks.*.name.first", "`first` is in a value that has no fields"),
        ("workflow-file", "action.steps.*.task.x", "`x` is not a field there; expected `command`"),
    ],
)
def test_paths_to_what_is_never_there(kind: str, path: str, reason: str) -> None:
    with pytest.raises(ValueError, match="acme-a") as error:
        rule(kind=kind, on=path, schema={"minLength": 1})
    assert str(error.value) == f"the rule `acme-a`: {reason}"


@pytest.mark.parametrize(
    "schema",
    [
        {"required": ["description"]},
        {"properties": {"runsOn": {"required": ["docker"]}}},
        {"properties": {"runsOn": {"properties": {"machine": False}}}},
        {"not": {"anyOf": [{"required": ["dependsOn"]}, {"properties": {"name": {"const": "x"}}}]}},
        {"propertyNames": {"pattern": "^[a-z]+$"}},
    ],
)
def test_schemas_of_fields_that_exist(schema: dict[str, object]) -> None:
    assert rule(on="tasks.*", schema=schema).schema == schema


@pytest.mark.parametrize(
    "schema",
    [
        {"required": ["descripton"]},
        {"properties": {"descripton": {"minLength": 3}}},
        {"not": {"anyOf": [{"required": ["name"]}, {"required": ["descripton"]}]}},
        {"if": {"required": ["descripton"]}, "then": {"required": ["name"]}},
    ],
)
def test_schemas_of_a_misspelt_field(schema: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="`descripton` is not a field there; did you mean `desc"):
        rule(on="tasks.*", schema=schema)


def test_references_may_have_any_name() -> None:
    schema = {"required": ["install"], "properties": {"install": {"required": ["name"]}}}
    assert rule(on="tasks", schema=schema).schema == schema


def test_a_configuration_names_the_place(tmp_path: Path) -> None:
    path = tmp_path / "automation-validator.toml"
    path.write_text(
        '[[rules]]\nname = "acme-a"\non = ["tasks.*", "task"]\n'
        'schema = { required = ["descripton"] }\nmessage = "m"\n'
    )
    done = run_in(tmp_path, "check", "--config", path.name)
    assert done.returncode == 2
    first, second = done.stderr.decode().splitlines()[-2:]
    assert first == f"{path.name}:3:18: `task` is not a field there; did you mean `tasks`?"
    assert second == (
        f"{path.name}:4:24: `descripton` is not a field there; did you mean `description`?"
    )
