"""The command `schema`: each schema is self-contained."""

import json
from itertools import islice

import pytest
from jsonschema import Draft7Validator
from referencing import Registry

from tests import schemas, strategies
from tests.command import check_output, run
from tests.full_documents import DOCUMENTS
from validator.cli.schema import NAMES
from validator.schemas import in_one_piece


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [("schema-help", ["schema", "--help"], 0), ("schema-unknown", ["schema", "tasks"], 2)],
)
def test_the_whole_output(name: str, arguments: list[str], code: int) -> None:
    check_output(name, arguments, code, between="--- standard error\n")


def test_without_a_kind_it_is_that_of_automations_files() -> None:
    done = run("schema")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == schemas.SCHEMAS["automations-file"]
    assert json.loads(run("schema", "task").stdout) == in_one_piece("task")


def test_every_schema_can_be_had() -> None:
    files = {path.name.removesuffix(schemas.SUFFIX) for path in schemas.FOLDER.iterdir()}
    assert {*NAMES, "common"} == files


@pytest.mark.parametrize("name", NAMES)
def test_no_other_file_is_needed(name: str) -> None:
    schema = in_one_piece(name)
    Draft7Validator.check_schema(schema)
    resolver = Registry().with_contents([("", schema)]).resolver()
    found = set(references(schema))
    assert all(reference.startswith("#") for reference in found)
    for reference in found:
        resolver.lookup(reference)


def references(value: object) -> list[str]:
    if isinstance(value, list):
        return [each for item in value for each in references(item)]
    if not isinstance(value, dict):
        return []
    own = [value["$ref"]] if "$ref" in value else []
    return own + [each for item in value.values() for each in references(item)]


@pytest.mark.parametrize(("kind", "document"), DOCUMENTS)
def test_it_judges_as_the_files_do(kind: str, document: object) -> None:
    judge = Draft7Validator(in_one_piece(kind))
    judge_of_files = Draft7Validator(schemas.SCHEMAS[kind], registry=schemas.REGISTRY)
    assert judge.is_valid(document)
    refused = 0
    for mistaken in islice(strategies.mistakes(document), 0, None, 23):
        verdict = judge.is_valid(mistaken)
        assert verdict == judge_of_files.is_valid(mistaken)
        refused += not verdict
    assert refused > 10
