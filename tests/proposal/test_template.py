"""The template of `init --bare`: valid, and complete."""

from __future__ import annotations

import json
import re

import yaml

from tests import oracle
from tests.checkout import ROOT
from validator import check_text
from validator.proposal.template import TEMPLATE

SCHEMA = json.loads((ROOT / "schema" / "automations-file.schema.json").read_text("utf-8"))


def test_it_has_no_finding_and_is_accepted_by_the_platform() -> None:
    assert check_text(TEMPLATE, kind="automations-file").findings == ()
    assert oracle.accepts("automations-file", yaml.safe_load(TEMPLATE))


def keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set()


def fields_of_schema(value: object) -> set[str]:
    """The names of all fields in the file's own spelling."""
    found: set[str] = set()
    if isinstance(value, dict):
        properties = value.get("properties")
        found |= set(properties) if isinstance(properties, dict) else set()
        for each in value.values():
            found |= fields_of_schema(each)
    elif isinstance(value, list):
        for each in value:
            found |= fields_of_schema(each)
    return {name for name in found if "_" not in name}


def test_each_field_is_there_once() -> None:
    fields = fields_of_schema(SCHEMA)
    assert {"tasks", "readinessTimeout", "image"} <= fields
    used = keys(yaml.safe_load(TEMPLATE))
    # Only one of the places where something runs can be chosen: the other is in a comment.
    assert fields - used == {"machine"}
    assert "`machine: {}`" in TEMPLATE
    for field in fields - {"name", "description", "triggeredBy", "command", "commands", "machine"}:
        assert len(re.findall(rf"(?m)^ *{field}:", TEMPLATE)) == 1, field


def test_each_trigger_and_role_is_named() -> None:
    text = json.dumps(SCHEMA)
    triggers = set(re.findall(r'"((?:post|before)[A-Z]\w+|manual|prebuild)"', text))
    assert len(triggers) == 6
    for word in triggers | {"editor", "ai-agent"}:
        assert re.search(rf"\b{word}\b", TEMPLATE), word
